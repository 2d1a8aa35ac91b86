package org.etcdmedic.access.web;

import java.util.List;
import org.etcdmedic.access.ApiTokens;
import org.etcdmedic.access.Role;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

/**
 * Knows a caller by an API token: as bearer token, or as the password of HTTP Basic with the token's name as user, which is
 * what browsers and some alarm senders can do.
 */
final class TokenAuthentication implements AuthenticationProvider {
    private final ApiTokens tokens;

    TokenAuthentication(ApiTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public Authentication authenticate(Authentication presented) {
        String secret = presented instanceof BearerTokenAuthenticationToken bearer
                ? bearer.getToken()
                : String.valueOf(presented.getCredentials());
        ApiTokens.Token token = tokens.find(secret)
                .filter(found -> presented instanceof BearerTokenAuthenticationToken
                        || found.name().equals(presented.getName()))
                .orElseThrow(() -> new BadCredentialsException("not a token of ours"));
        List<SimpleGrantedAuthority> authorities = token.roles().stream()
                .map(Role::authority)
                .map(SimpleGrantedAuthority::new)
                .toList();
        return UsernamePasswordAuthenticationToken.authenticated(token.name(), null, authorities);
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return BearerTokenAuthenticationToken.class.isAssignableFrom(authentication)
                || UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
