package org.etcdmedic.access;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.io.Resource;

/**
 * Who is let in ({@code medic.access}).
 *
 * @param tokens API tokens by name
 * @param oidc how the roles of an OpenID Connect access token are told; the issuer stands in Spring's own settings
 * @param requestsPerSecond how many requests one caller may make, but for alarms; ten seconds of it at once
 * @param alarmsPerSecond how many alarms one caller may send; ten seconds of it at once
 * @param signatures how sources of alarms sign what they send, by the source's name
 */
@ConfigurationProperties("medic.access")
public record AccessSettings(
        @DefaultValue Map<String, TokenSettings> tokens,
        @DefaultValue OidcSettings oidc,
        @DefaultValue("100") int requestsPerSecond,
        @DefaultValue("1000") int alarmsPerSecond,
        @DefaultValue Map<String, SignatureSettings> signatures) {
    /** Refuses rates that let nobody in. */
    public AccessSettings {
        tokens = Map.copyOf(tokens);
        signatures = Map.copyOf(signatures);
        List<String> problems = new TreeMap<>(signatures)
                .entrySet().stream()
                        .flatMap(one -> one.getValue().problems(one.getKey()).stream())
                        .toList();
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        if (requestsPerSecond < 1 || alarmsPerSecond < 1) {
            throw new IllegalArgumentException(
                    "medic.access.requests-per-second and medic.access.alarms-per-second are at least 1");
        }
    }

    /**
     * One token.
     *
     * @param roles what it allows
     * @param sha256 its SHA-256 in hexadecimal
     * @param sha256File a file that holds the SHA-256 instead, as {@code sha256sum} writes it
     */
    public record TokenSettings(
            @DefaultValue Set<Role> roles,
            @Nullable String sha256,
            @Nullable Resource sha256File) {}

    /**
     * Roles of an access token.
     *
     * @param rolesClaim the claim that holds the caller's roles or groups; dots lead into nested claims
     * @param roles which of its values stands for which role
     */
    public record OidcSettings(
            @DefaultValue("roles") String rolesClaim,
            @DefaultValue Map<String, Role> roles) {}
}
