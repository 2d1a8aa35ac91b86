package org.etcdmedic.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.ShallowEtagHeaderFilter;

/**
 * Who has read a resource before asks whether it is still the same ({@code If-None-Match}) and is told so by 304. The tag is made of the very
 * bytes that would be sent, so it is right in every language and format.
 */
@Configuration(proxyBeanMethods = false)
class Revisits {
    @Bean
    FilterRegistrationBean<ShallowEtagHeaderFilter> entityTags() {
        var filter = new FilterRegistrationBean<ShallowEtagHeaderFilter>(new Tags());
        filter.setUrlPatterns(List.of(
                "/diagnoses",
                "/diagnoses/*",
                "/instances",
                "/instances/*",
                "/alarms",
                "/sources",
                "/causes",
                "/causes/*",
                "/probes",
                "/accuracy",
                "/replays",
                "/replays/*"));
        return filter;
    }

    private static final class Tags extends ShallowEtagHeaderFilter {
        @Override
        protected boolean shouldNotFilter(HttpServletRequest request) {
            // Nothing of a stream is ever the same, and nothing of it may be held back.
            return !request.getMethod().equals("GET") || request.getRequestURI().endsWith("/events");
        }

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            // Only the reader itself may keep it, and has to ask before it is used again.
            response.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache");
            response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
            response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE);
            super.doFilterInternal(request, response, chain);
        }
    }
}
