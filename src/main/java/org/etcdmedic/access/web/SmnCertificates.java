package org.etcdmedic.access.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import org.etcdmedic.access.NotVerifiableException;
import org.etcdmedic.access.SignatureSettings;
import org.etcdmedic.platform.http.Courier;
import org.etcdmedic.platform.http.Exchange.Reply;
import org.etcdmedic.platform.http.Hosts;
import org.etcdmedic.platform.http.SecretFile;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/**
 * The certificates of SMN's signatures: one from a file, or each from the address that a message names, when its host is allowed.
 * That address is followed before anybody knows whether the message is SMN's, so nobody may make us ask often: a certificate by
 * which a message proved right is kept for an hour, what came of any attempt for ten seconds, and a caller has few attempts.
 */
final class SmnCertificates {
    /** Attempts that one caller has at once; each second gives one back. */
    static final int ATTEMPTS = 8;

    private static final int MOST_BYTES = 64 * 1024;
    private static final int MOST_CALLERS = 10_000;
    private static final String REGION = "{region}";

    private final SignatureSettings settings;
    private final Courier courier;
    private final Cache<URI, X509Certificate> proven = Caffeine.newBuilder()
            .maximumSize(16)
            .expireAfterWrite(Duration.ofHours(1))
            .build();
    private final Cache<URI, Attempt> attempts = Caffeine.newBuilder()
            .maximumSize(256)
            .expireAfterWrite(Duration.ofSeconds(10))
            .build();
    private final LoadingCache<String, Bucket> allowances = Caffeine.newBuilder()
            .maximumSize(MOST_CALLERS)
            .expireAfterAccess(Duration.ofMinutes(1))
            .build(caller -> Bucket.builder()
                    .addLimit(limit -> limit.capacity(ATTEMPTS).refillGreedy(1, Duration.ofSeconds(1)))
                    .build());

    /** What came of asking: a certificate, or what is none, or nothing and why. */
    private record Attempt(Optional<X509Certificate> certificate, Optional<String> failure) {}

    SmnCertificates(SignatureSettings settings, Courier courier) {
        this.settings = settings;
        this.courier = courier;
    }

    /**
     * The certificate that a message names; empty when it may not be had from there, or is none.
     *
     * @param address what the message says
     * @param topic its topic, of those that may send here
     * @param caller whose attempt it is
     * @throws NotVerifiableException when it cannot be had now
     */
    Optional<X509Certificate> named(String address, String topic, String caller) {
        Optional<SecretFile> file = SecretFile.at(settings.certificate());
        if (file.isPresent()) {
            try {
                return parsed(Files.readAllBytes(file.get().path()));
            } catch (IOException e) {
                throw new NotVerifiableException("its certificate's file cannot be read");
            }
        }
        Optional<URI> allowed = allowed(address, topic);
        if (allowed.isEmpty()) {
            return Optional.empty();
        }
        X509Certificate known = proven.getIfPresent(allowed.get());
        if (known != null) {
            return Optional.of(known);
        }
        Attempt attempt = attempts.get(allowed.get(), uri -> attempt(uri, caller));
        attempt.failure().ifPresent(why -> {
            throw new NotVerifiableException(why);
        });
        return attempt.certificate();
    }

    /** A message is right by this certificate, so that it need not be asked for soon again. */
    void proved(String address, String topic, X509Certificate certificate) {
        allowed(address, topic)
                .filter(uri -> proven.getIfPresent(uri) == null)
                .ifPresent(uri -> proven.put(uri, certificate));
    }

    private Attempt attempt(URI address, String caller) {
        if (!allowances.get(caller).tryConsume(1)) {
            throw new NotVerifiableException("this sender named too many addresses of certificates");
        }
        Reply reply = courier.get(address, MOST_BYTES, headers -> headers.set(HttpHeaders.ACCEPT, MediaType.ALL_VALUE))
                .reply();
        return switch (reply) {
            case Reply.Came came
            when came.status() == 200 ->
                new Attempt(parsed(came.body().getBytes(StandardCharsets.UTF_8)), Optional.empty());
            case Reply.Came came -> new Attempt(Optional.empty(), Optional.of("status " + came.status()));
            case Reply.NotCame(boolean _, String detail) -> new Attempt(Optional.empty(), Optional.of(detail));
        };
    }

    private static Optional<X509Certificate> parsed(byte[] pem) {
        try {
            var certificate =
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
            return certificate instanceof X509Certificate x509 ? Optional.of(x509) : Optional.empty();
        } catch (CertificateException e) {
            return Optional.empty();
        }
    }

    private Optional<URI> allowed(String text, String topic) {
        try {
            return Optional.of(URI.create(text)).filter(hosts(topic)::allow);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Where certificates for messages of a topic may be had. */
    Hosts hosts(String topic) {
        return new Hosts(settings.hosts().stream()
                .map(host -> host.replace(REGION, region(topic)))
                .toList());
    }

    /** Of {@code urn:smn:<region>:<project>:<topic>}; empty, which is no host's, where it is none. */
    private static String region(String topic) {
        String[] parts = topic.split(":", 4);
        return parts.length == 4 ? parts[2] : "";
    }
}
