package org.etcdmedic.access.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Answers who is not let in the way every other problem is answered. */
final class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler {
    private final HandlerExceptionResolver problems;

    Refusals(HandlerExceptionResolver problems) {
        this.problems = problems;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException e) {
        // A browser asks its user only for Basic; programs are told what they should send.
        String accept = String.valueOf(request.getHeader(HttpHeaders.ACCEPT));
        boolean browser = accept.contains(MediaType.TEXT_HTML_VALUE);
        response.setHeader(
                HttpHeaders.WWW_AUTHENTICATE,
                browser ? "Basic realm=\"etcd-medic\", charset=\"UTF-8\"" : "Bearer realm=\"etcd-medic\"");
        problems.resolveException(request, response, null, e);
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException e) {
        problems.resolveException(request, response, null, e);
    }
}
