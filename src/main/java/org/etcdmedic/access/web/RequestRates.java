package org.etcdmedic.access.web;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import org.etcdmedic.access.AccessSettings;
import org.etcdmedic.access.TooManyRequestsException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * No caller takes the service away from the others. Alarms have a measure of their own, and one that is exceeded is
 * answered like any other alarm that cannot be taken now.
 */
final class RequestRates extends OncePerRequestFilter {
    private static final int BURST_SECONDS = 10;
    private static final int MOST_CALLERS = 10_000;
    private static final Set<String> SENDING = Set.of("POST", "PUT");

    /** Where senders send; what operators order about alarms is none. */
    private static final Pattern ALARMS = Pattern.compile("/alarms(/[^/]*)?");

    private final HandlerExceptionResolver problems;
    private final LoadingCache<Caller, Bucket> buckets;

    private record Caller(String name, String address, boolean alarms) {}

    RequestRates(HandlerExceptionResolver problems, AccessSettings settings) {
        this.problems = problems;
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MOST_CALLERS)
                .expireAfterAccess(Duration.ofMinutes(1))
                .build(caller -> bucket(caller.alarms() ? settings.alarmsPerSecond() : settings.requestsPerSecond()));
    }

    private static Bucket bucket(int perSecond) {
        return Bucket.builder()
                .addLimit(limit ->
                        limit.capacity((long) perSecond * BURST_SECONDS).refillGreedy(perSecond, Duration.ofSeconds(1)))
                .build();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean alarms = SENDING.contains(request.getMethod())
                && ALARMS.matcher(request.getRequestURI()).matches();
        if (buckets.get(caller(request, alarms)).tryConsume(1)) {
            chain.doFilter(request, response);
        } else {
            problems.resolveException(request, response, null, new TooManyRequestsException(alarms));
        }
    }

    private static Caller caller(HttpServletRequest request, boolean alarms) {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        String name = authentication == null ? "" : authentication.getName();
        return new Caller(name, String.valueOf(request.getRemoteAddr()), alarms);
    }
}
