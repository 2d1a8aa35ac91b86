package org.etcdmedic.outside.openstack;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.etcdmedic.platform.http.SecretFile;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the infrastructure's compute API is ({@code medic.compute.*}). Without {@code identity-url} nothing is asked.
 *
 * @param identityUrl Keystone's base address, such as {@code https://identity.example/v3}
 * @param computeUrl Nova's base address; found in Keystone's catalogue when empty
 * @param region of the catalogue's entry; the first one when empty
 * @param endpoint which of the catalogue's addresses: {@code public}, {@code internal} or {@code admin}
 * @param user who asks, with a password
 * @param applicationCredential who asks, with an application credential in place of a user
 * @param sslBundle name of one of {@code spring.ssl.bundle.*}, when its certificate is not one that Java trusts
 * @param limit of one exchange
 */
@ConfigurationProperties(prefix = "medic.compute", ignoreUnknownFields = false)
public record ComputeSettings(
        @DefaultValue("") String identityUrl,
        @DefaultValue("") String computeUrl,
        @DefaultValue("") String region,
        @DefaultValue("public") String endpoint,
        @DefaultValue User user,
        @DefaultValue ApplicationCredential applicationCredential,
        @DefaultValue("") String sslBundle,
        @DefaultValue("5s") Duration limit) {

    /**
     * A user with a password.
     *
     * @param name the account
     * @param domain of the account
     * @param password {@code file:/...} that holds its password
     * @param project whose machines are asked about
     * @param projectDomain of that project
     */
    public record User(
            @DefaultValue("") String name,
            @DefaultValue("Default") String domain,
            @DefaultValue("") String password,
            @DefaultValue("") String project,
            @DefaultValue("Default") String projectDomain) {}

    /**
     * An application credential, which knows its project.
     *
     * @param id its identifier
     * @param secret {@code file:/...} that holds its secret
     */
    public record ApplicationCredential(
            @DefaultValue("") String id, @DefaultValue("") String secret) {}

    /** Refuses settings that cannot work, and says everything that is wrong at once, no value repeated. */
    public ComputeSettings {
        List<String> problems = new ArrayList<>();
        if (!identityUrl.isEmpty()) {
            if (!isBase(identityUrl)) {
                problems.add("medic.compute.identity-url is not http(s)://host[:port][/path] without an account");
            }
            if (!computeUrl.isEmpty() && !isBase(computeUrl)) {
                problems.add("medic.compute.compute-url is not http(s)://host[:port][/path] without an account");
            }
            if (user.name().isEmpty() == applicationCredential.id().isEmpty()) {
                problems.add("medic.compute needs either user.name or application-credential.id");
            }
            String secret = user.name().isEmpty() ? applicationCredential.secret() : user.password();
            if (SecretFile.at(secret).isEmpty()) {
                problems.add("medic.compute: the password or secret is not file:/...");
            }
            if (!user.name().isEmpty() && user.project().isEmpty()) {
                problems.add("medic.compute.user.project is missing");
            }
        }
        if (!List.of("public", "internal", "admin").contains(endpoint)) {
            problems.add("medic.compute.endpoint is none of public, internal, admin");
        }
        if (limit.compareTo(Duration.ofMillis(100)) < 0 || limit.compareTo(Duration.ofSeconds(20)) > 0) {
            problems.add("medic.compute.limit is not 100ms to 20s");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    static boolean isBase(String url) {
        try {
            URI base = URI.create(url);
            return ("http".equals(base.getScheme()) || "https".equals(base.getScheme()))
                    && base.getHost() != null
                    && base.getUserInfo() == null
                    && base.getQuery() == null
                    && base.getFragment() == null;
        } catch (IllegalArgumentException notAnAddress) {
            return false;
        }
    }
}
