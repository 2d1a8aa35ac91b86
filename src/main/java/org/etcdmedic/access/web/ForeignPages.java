package org.etcdmedic.access.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Keeps pages of other sites from using a browser that this service trusts: because it sends a stored password along, or
 * because the service is open to its own machine. Requests without a browser's headers pass.
 */
final class ForeignPages extends OncePerRequestFilter {
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> OWN_SITE = Set.of("same-origin", "none");
    private static final Pattern LOCAL_HOST =
            Pattern.compile("(localhost|127(\\.[0-9]{1,3}){3}|\\[::1])(:[0-9]{1,5})?", Pattern.CASE_INSENSITIVE);

    private final AccessDeniedHandler refusals;
    private final boolean open;

    /**
     * The filter.
     *
     * @param open whether callers are let in without a token; then only names of this machine are answered, for a
     *     foreign name that leads here is how a page of another site reaches a service on loopback (DNS rebinding)
     */
    ForeignPages(AccessDeniedHandler refusals, boolean open) {
        this.refusals = refusals;
        this.open = open;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (foreign(request)) {
            refusals.handle(request, response, new AccessDeniedException("sent by a page of another site"));
        } else {
            chain.doFilter(request, response);
        }
    }

    private boolean foreign(HttpServletRequest request) {
        String host = request.getHeader(HttpHeaders.HOST);
        if (open && host != null && !LOCAL_HOST.matcher(host).matches()) {
            return true;
        }
        if (READING.contains(request.getMethod())) {
            return false;
        }
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return !OWN_SITE.contains(site.toLowerCase(Locale.ROOT));
        }
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        return origin != null && !origin.toLowerCase(Locale.ROOT).endsWith("://" + host);
    }
}
