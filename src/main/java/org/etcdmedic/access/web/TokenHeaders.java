package org.etcdmedic.access.web;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;

/** A token stands in {@code Authorization}, or in {@code X-Api-Key} for senders that may only add headers of their own. */
final class TokenHeaders implements BearerTokenResolver {
    private final BearerTokenResolver usual = new DefaultBearerTokenResolver();

    @Override
    public @Nullable String resolve(HttpServletRequest request) {
        return request.getHeader(HttpHeaders.AUTHORIZATION) == null
                ? request.getHeader("X-Api-Key")
                : usual.resolve(request);
    }
}
