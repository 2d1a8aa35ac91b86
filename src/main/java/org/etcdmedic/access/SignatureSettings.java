package org.etcdmedic.access;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.etcdmedic.platform.http.SecretFile;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a source of alarms signs its bodies ({@code medic.access.signatures.<source>}), in place of a token: a body whose
 * signature is right is let in, to that source and to nothing else.
 *
 * @param profile the way of signing
 * @param secret {@code file:/...} that holds the shared secret; for all but SMN
 * @param header the header with the signature, where it is not the profile's own
 * @param encoding of the signature ({@code CUSTOM} only)
 * @param prefix in front of the signature ({@code CUSTOM} only)
 * @param timestampHeader header with the seconds since 1970 that are signed too
 * @param join stands between these seconds and the body ({@code CUSTOM} only)
 * @param tolerance so old may a signed time be, or so far ahead; one hour for SMN, which tells when it sent for the first time
 * @param topics the topics of SMN that may send here
 * @param hosts hosts that SMN's certificate may be fetched from; <code>{region}</code> stands for the region of the message's topic and
 *     a label {@code *} for any one. A star in the public cloud would be too much: {@code smn.obs.myhuaweicloud.com} is the object
 *     storage of whoever has a bucket of the name smn
 * @param certificate {@code file:/...} with SMN's certificate (PEM), so that nothing is fetched
 * @param sslBundle bundle of {@code spring.ssl.bundle} whose authorities are trusted where the certificate is fetched from; a cloud of
 *     one's own has its own
 */
public record SignatureSettings(
        @Nullable Profile profile,
        @DefaultValue("") String secret,
        @DefaultValue("") String header,
        @DefaultValue("HEX") Encoding encoding,
        @DefaultValue("") String prefix,
        @DefaultValue("") String timestampHeader,
        @DefaultValue(":") String join,
        @DefaultValue("5m") Duration tolerance,
        @DefaultValue List<String> topics,

        @DefaultValue({
            "smn.{region}.myhuaweicloud.com",
            "smn.{region}.myhuaweicloud.cn",
            "smn.{region}.myhuaweicloud.eu"
        })
        List<String> hosts,

        @DefaultValue("") String certificate,
        @DefaultValue("") String sslBundle) {

    /** A way of signing. */
    public enum Profile {
        /** Grafana: hexadecimal HMAC-SHA256, with a time when {@code timestampHeader} is set. */
        GRAFANA,
        /** GitHub and who does alike: {@code X-Hub-Signature-256: sha256=...}. */
        GITHUB,
        /** Standard Webhooks: {@code webhook-id}, {@code webhook-timestamp}, {@code webhook-signature}. */
        STANDARD_WEBHOOKS,
        /** HMAC-SHA256 with everything else as set here. */
        CUSTOM,
        /** Huawei Cloud SMN: by the key of its certificate. */
        HUAWEI_SMN
    }

    /** How a signature is written. */
    public enum Encoding {
        /** Hexadecimal. */
        HEX,
        /** Base64. */
        BASE64
    }

    /** What is wrong with it; empty when nothing is. No value is repeated. */
    List<String> problems(String source) {
        String at = "medic.access.signatures." + source;
        var problems = new ArrayList<String>();
        if (profile == null) {
            problems.add(at + ".profile is missing");
            return problems;
        }
        if (profile == Profile.HUAWEI_SMN) {
            if (topics.isEmpty()) {
                problems.add(at + ".topics names no topic: everybody who has an account there could send");
            }
            if (!certificate.isEmpty() && SecretFile.at(certificate).isEmpty()) {
                problems.add(at + ".certificate is not file:/...");
            }
        } else if (secretFile().isEmpty()) {
            problems.add(at + ".secret is not file:/...");
        }
        if (profile == Profile.CUSTOM && header.isEmpty()) {
            problems.add(at + ".header is missing");
        }
        if (tolerance.isNegative() || tolerance.isZero()) {
            problems.add(at + ".tolerance is not positive");
        }
        return problems;
    }

    /** The shared secret. */
    public Optional<SecretFile> secretFile() {
        return SecretFile.at(secret);
    }
}
