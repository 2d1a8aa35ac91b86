package org.etcdmedic.access.web;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.etcdmedic.access.AccessSettings.OidcSettings;
import org.etcdmedic.access.Role;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/** The roles that an identity provider's access token stands for; a caller without one of ours may do nothing. */
final class OidcRoles implements Converter<Jwt, AbstractAuthenticationToken> {
    private final OidcSettings settings;

    OidcRoles(OidcSettings settings) {
        this.settings = settings;
    }

    @Override
    public AbstractAuthenticationToken convert(Jwt jwt) {
        List<SimpleGrantedAuthority> authorities = values(jwt).stream()
                .flatMap(value -> Optional.ofNullable(settings.roles().get(value)).stream())
                .map(Role::authority)
                .distinct()
                .map(SimpleGrantedAuthority::new)
                .toList();
        return new JwtAuthenticationToken(jwt, authorities, name(jwt));
    }

    private static String name(Jwt jwt) {
        String preferred = jwt.getClaimAsString("preferred_username");
        return preferred != null ? preferred : String.valueOf(jwt.getSubject());
    }

    private List<String> values(Jwt jwt) {
        @Nullable Object claim = jwt.getClaims();
        for (String step : settings.rolesClaim().split("\\.")) {
            claim = claim instanceof Map<?, ?> map ? map.get(step) : null;
        }
        return switch (claim) {
            case Collection<?> many -> many.stream().map(String::valueOf).toList();
            case String words -> List.of(words.split(" "));
            case null, default -> List.of();
        };
    }
}
