package org.etcdmedic.access.web;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
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
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The signature of a message of Huawei Cloud SMN: fields in the order of their names, each a line and its value a line, signed
 * by the key of a certificate ({@link SmnCertificates}).
 */
final class SmnSignature {
    private static final List<String> NOTIFICATION =
            List.of("message", "message_id", "subject", "timestamp", "topic_urn", "type");
    private static final List<String> SUBSCRIPTION =
            List.of("message", "message_id", "subscribe_url", "timestamp", "topic_urn", "type");
    private static final Duration OLDEST = Duration.ofHours(1);
    private static final JsonMapper JSON = new JsonMapper();

    private final List<String> topics;
    private final SmnCertificates certificates;

    SmnSignature(List<String> topics, SmnCertificates certificates) {
        this.topics = List.copyOf(topics);
        this.certificates = certificates;
    }

    /**
     * Looks at it.
     *
     * @param caller who sent it, by the address it came from
     */
    Worth of(byte[] bytes, String caller, Instant now) {
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
        String topic = body.path("topic_urn").asString("");
        if (!topics.contains(topic) || !recent(body, now)) {
            return Worth.WRONG;
        }
        String address = body.path("signing_cert_url").asString("");
        Optional<X509Certificate> certificate = certificates.named(address, topic, caller);
        if (certificate.isEmpty() || !verified(certificate.get(), text(body), signature, now)) {
            return Worth.WRONG;
        }
        certificates.proved(address, topic, certificate.get());
        return Worth.RIGHT;
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
}
