package org.etcdmedic.access.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.etcdmedic.access.BodyLimit;
import org.etcdmedic.access.BodySignature;
import org.etcdmedic.access.BodySignature.Worth;
import org.etcdmedic.access.NotVerifiableException;
import org.etcdmedic.access.Role;
import org.etcdmedic.access.SignatureSettings;
import org.etcdmedic.platform.http.Courier;
import org.etcdmedic.platform.http.SecretFile;
import org.etcdmedic.platform.http.Trust;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Lets senders in by the signature of what they send: to the one source that the signature is for. A wrong signature is refused
 * whatever else is presented; without one a token is asked for as from everybody. What came is signed, so it is read before
 * anything of it is understood. To send the same again is harmless, for alarms are known by their keys.
 */
final class SignedSenders extends OncePerRequestFilter {
    private static final Logger log = LoggerFactory.getLogger(SignedSenders.class);
    private static final Pattern PATH = Pattern.compile("/alarms/([a-z][a-z0-9-]{0,40})");

    private static final Duration FETCH = Duration.ofSeconds(2);

    private final Map<String, Check> checks = new TreeMap<>();
    private final AuthenticationEntryPoint refusals;
    private final HandlerExceptionResolver problems;
    private final Clock clock;

    private interface Check {
        Worth of(byte[] body, HttpServletRequest request, Instant now);
    }

    SignedSenders(
            Map<String, SignatureSettings> settings,
            AuthenticationEntryPoint refusals,
            HandlerExceptionResolver problems,
            SslBundles bundles,
            Clock clock) {
        this.refusals = refusals;
        this.problems = problems;
        this.clock = clock;
        settings.forEach((source, one) -> checks.put(source, check(source, one, bundles)));
    }

    private Check check(String source, SignatureSettings settings, SslBundles bundles) {
        SignatureSettings.Profile profile =
                Optional.ofNullable(settings.profile()).orElseThrow();
        if (profile == SignatureSettings.Profile.HUAWEI_SMN) {
            var courier = new Courier(FETCH, Trust.of(bundles, settings.sslBundle()), clock);
            var signature = new SmnSignature(settings.topics(), new SmnCertificates(settings, courier));
            return (body, request, now) -> signature.of(body, String.valueOf(request.getRemoteAddr()), now);
        }
        var signature = new BodySignature(profile, settings);
        return (body, request, now) -> {
            Optional<String> secret = settings.secretFile().flatMap(SecretFile::read);
            if (secret.isEmpty()) {
                log.error(
                        "source {}: the file with its secret cannot be read; nothing that is signed is let in", source);
                return Worth.WRONG;
            }
            return signature.of(body, name -> Optional.ofNullable(request.getHeader(name)), secret.get(), now);
        };
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Matcher path = PATH.matcher(request.getRequestURI());
        boolean sends = "POST".equals(request.getMethod()) || "PUT".equals(request.getMethod());
        Check check = sends && path.matches() ? checks.get(path.group(1)) : null;
        if (check == null) {
            chain.doFilter(request, response);
            return;
        }
        byte[] body = request.getInputStream().readNBytes(BodyLimit.BYTES + 1);
        Worth worth;
        try {
            worth = check.of(body, request, clock.instant());
        } catch (NotVerifiableException e) {
            log.error("source {}: the certificate of its signature cannot be had: {}", path.group(1), e.getMessage());
            problems.resolveException(request, response, null, e);
            return;
        }
        switch (worth) {
            case WRONG -> refusals.commence(request, response, new BadCredentialsException("wrong signature"));
            case RIGHT -> {
                var context = SecurityContextHolder.createEmptyContext();
                context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(
                        "signed:" + path.group(1), null, List.of(new SimpleGrantedAuthority(Role.INTAKE.authority()))));
                SecurityContextHolder.setContext(context);
                chain.doFilter(new ReadAgain(request, body), response);
            }
            case ABSENT -> chain.doFilter(new ReadAgain(request, body), response);
        }
    }

    /** The request with what was read of it in front again. */
    private static final class ReadAgain extends HttpServletRequestWrapper {
        private final byte[] beginning;

        ReadAgain(HttpServletRequest request, byte[] beginning) {
            super(request);
            this.beginning = beginning;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            InputStream all = new SequenceInputStream(new ByteArrayInputStream(beginning), super.getInputStream());
            return new ServletInputStream() {
                private boolean finished;

                @Override
                public int read() throws IOException {
                    int read = all.read();
                    finished |= read < 0;
                    return read;
                }

                @Override
                public int read(byte[] into, int offset, int length) throws IOException {
                    int read = all.read(into, offset, length);
                    finished |= read < 0;
                    return read;
                }

                @Override
                public boolean isFinished() {
                    return finished;
                }

                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public void setReadListener(ReadListener listener) {
                    // Only a controller that reads without blocking would ask for it, and here is none; were one
                    // written, its first
                    // request fails loudly instead of waiting for ever.
                    throw new UnsupportedOperationException("bodies are read at once");
                }
            };
        }
    }
}
