package org.etcdmedic.access.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.etcdmedic.access.BodySignature.Worth;
import org.etcdmedic.access.NotVerifiableException;
import org.etcdmedic.access.SignatureSettings;
import org.etcdmedic.platform.http.Courier;
import org.etcdmedic.platform.http.Exchange.Reply;
import org.etcdmedic.platform.http.Hosts;
import org.etcdmedic.platform.http.SecretFile;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The signature of a message of Huawei Cloud SMN: fields in the order of their names, each a line and its value a line, signed
 * by the key of a certificate that is fetched once from a host that is allowed, or stands in a file.
 */
final class SmnSignature {
    private static final List<String> NOTIFICATION =
            List.of("message", "message_id", "subject", "timestamp", "topic_urn", "type");
    private static final List<String> SUBSCRIPTION =
            List.of("message", "message_id", "subscribe_url", "timestamp", "topic_urn", "type");
    private static final int MOST_BYTES = 64 * 1024;
    private static final Duration OLDEST = Duration.ofHours(1);
    private static final JsonMapper JSON = new JsonMapper();

    private final SignatureSettings settings;
    private final Courier courier;
    private final Cache<URI, X509Certificate> fetched = Caffeine.newBuilder()
            .maximumSize(16)
            .expireAfterWrite(Duration.ofHours(1))
            .build();

    SmnSignature(SignatureSettings settings, Courier courier) {
        this.settings = settings;
        this.courier = courier;
    }

    /** Looks at it. */
    Worth of(byte[] bytes, Instant now) {
        JsonNode body;
        try {
            body = JSON.readTree(bytes);
        } catch (JacksonException e) {
            return Worth.ABSENT;
        }
        String signature = body.path("signature").asString("");
        if (signature.isEmpty()) {
            return Worth.ABSENT;
        }
        if (!settings.topics().contains(body.path("topic_urn").asString("")) || !recent(body, now)) {
            return Worth.WRONG;
        }
        Optional<X509Certificate> certificate =
                certificate(body.path("signing_cert_url").asString(""));
        if (certificate.isEmpty()) {
            return Worth.WRONG;
        }
        return verified(certificate.get(), text(body), signature, now) ? Worth.RIGHT : Worth.WRONG;
    }

    private static boolean recent(JsonNode body, Instant now) {
        try {
            Instant sent = Instant.parse(body.path("timestamp").asString(""));
            return Duration.between(sent, now).abs().compareTo(OLDEST) <= 0;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** What is signed; a field that is empty is left out. */
    static String text(JsonNode body) {
        var text = new StringBuilder();
        for (String field : body.path("type").asString("").equals("Notification") ? NOTIFICATION : SUBSCRIPTION) {
            String value = body.path(field).asString("");
            if (!value.isEmpty()) {
                text.append(field).append('\n').append(value).append('\n');
            }
        }
        return text.toString();
    }

    private static boolean verified(X509Certificate certificate, String text, String signature, Instant now) {
        try {
            certificate.checkValidity(Date.from(now));
            if (certificate.getSigAlgName().toUpperCase(Locale.ROOT).startsWith("MD")) {
                return false;
            }
            Signature verifier = Signature.getInstance(certificate.getSigAlgName());
            verifier.initVerify(certificate.getPublicKey());
            verifier.update(text.getBytes(StandardCharsets.UTF_8));
            return verifier.verify(Base64.getMimeDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    private Optional<X509Certificate> certificate(String address) {
        Optional<SecretFile> file = SecretFile.at(settings.certificate());
        if (file.isPresent()) {
            try {
                return parsed(Files.readAllBytes(file.get().path()));
            } catch (IOException e) {
                throw new NotVerifiableException("its certificate's file cannot be read");
            }
        }
        Optional<URI> allowed = allowed(address);
        if (allowed.isEmpty()) {
            return Optional.empty();
        }
        X509Certificate known = fetched.getIfPresent(allowed.get());
        if (known != null) {
            return Optional.of(known);
        }
        Optional<X509Certificate> fresh = fetch(allowed.get());
        fresh.ifPresent(certificate -> fetched.put(allowed.get(), certificate));
        return fresh;
    }

    private Optional<X509Certificate> fetch(URI address) {
        Reply reply = courier.get(address, MOST_BYTES, headers -> headers.set(HttpHeaders.ACCEPT, MediaType.ALL_VALUE))
                .reply();
        return switch (reply) {
            case Reply.Came came when came.status() == 200 -> parsed(came.body().getBytes(StandardCharsets.UTF_8));
            case Reply.Came came -> throw new NotVerifiableException("status " + came.status());
            case Reply.NotCame(boolean _, String detail) -> throw new NotVerifiableException(detail);
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

    private Optional<URI> allowed(String text) {
        try {
            return Optional.of(URI.create(text)).filter(new Hosts(settings.hosts())::allow);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
