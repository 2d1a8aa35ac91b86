package org.etcdmedic.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.etcdmedic.access.SignatureSettings.Encoding;
import org.etcdmedic.access.SignatureSettings.Profile;

/** The signature of a body by a shared secret (HMAC-SHA256), over the very bytes that came. */
public final class BodySignature {
    private final Profile profile;
    private final SignatureSettings settings;

    /**
     * A signature.
     *
     * @param settings how it is made
     */
    public BodySignature(Profile profile, SignatureSettings settings) {
        this.profile = profile;
        this.settings = settings;
    }

    /** What it is worth. */
    public enum Worth {
        /** The sender knows the secret. */
        RIGHT,
        /** It does not, or the signed time is not now. */
        WRONG,
        /** There is no signature. */
        ABSENT
    }

    /**
     * Looks at it.
     *
     * @param headers value of a header
     * @param secret the shared secret
     */
    public Worth of(byte[] body, Function<String, Optional<String>> headers, String secret, Instant now) {
        return switch (profile) {
            case GRAFANA ->
                plain(body, headers, key(secret), now, named("X-Grafana-Alerting-Signature"), "", ":", Encoding.HEX);
            case GITHUB ->
                plain(body, headers, key(secret), now, named("X-Hub-Signature-256"), "sha256=", ":", Encoding.HEX);
            case CUSTOM ->
                plain(
                        body,
                        headers,
                        key(secret),
                        now,
                        settings.header(),
                        settings.prefix(),
                        settings.join(),
                        settings.encoding());
            case STANDARD_WEBHOOKS -> standard(body, headers, secret, now);
            case HUAWEI_SMN -> Worth.ABSENT;
        };
    }

    private String named(String usual) {
        return settings.header().isEmpty() ? usual : settings.header();
    }

    private static byte[] key(String secret) {
        return secret.getBytes(StandardCharsets.UTF_8);
    }

    private Worth plain(
            byte[] body,
            Function<String, Optional<String>> headers,
            byte[] key,
            Instant now,
            String header,
            String prefix,
            String join,
            Encoding encoding) {
        Optional<String> presented = headers.apply(header);
        if (presented.isEmpty()) {
            return Worth.ABSENT;
        }
        byte[] signed = body;
        if (!settings.timestampHeader().isEmpty()) {
            String time = headers.apply(settings.timestampHeader()).orElse("");
            if (!isNow(time, now)) {
                return Worth.WRONG;
            }
            signed = joined(time + join, body);
        }
        String text = presented.get().strip();
        if (!text.startsWith(prefix)) {
            return Worth.WRONG;
        }
        return worth(mac(key, signed), decoded(text.substring(prefix.length()), encoding));
    }

    private Worth standard(byte[] body, Function<String, Optional<String>> headers, String secret, Instant now) {
        Optional<String> presented = headers.apply(named("webhook-signature"));
        if (presented.isEmpty()) {
            return Worth.ABSENT;
        }
        String id = headers.apply("webhook-id").orElse("");
        String time = headers.apply("webhook-timestamp").orElse("");
        byte[] key =
                decoded(secret.startsWith("whsec_") ? secret.substring("whsec_".length()) : secret, Encoding.BASE64);
        if (id.isEmpty() || !isNow(time, now) || key.length == 0) {
            return Worth.WRONG;
        }
        byte[] expected = mac(key, joined(id + "." + time + ".", body));
        // A sender that changes its secret signs with both.
        boolean right = false;
        for (String one : presented.get().split(" ", 10)) {
            right |= one.startsWith("v1,")
                    && worth(expected, decoded(one.substring("v1,".length()), Encoding.BASE64)) == Worth.RIGHT;
        }
        return right ? Worth.RIGHT : Worth.WRONG;
    }

    private boolean isNow(String seconds, Instant now) {
        if (!seconds.matches("[0-9]{1,12}")) {
            return false;
        }
        Duration away = Duration.between(Instant.ofEpochSecond(Long.parseLong(seconds)), now)
                .abs();
        return away.compareTo(settings.tolerance()) <= 0;
    }

    private static Worth worth(byte[] expected, byte[] presented) {
        return MessageDigest.isEqual(expected, presented) ? Worth.RIGHT : Worth.WRONG;
    }

    private static byte[] joined(String before, byte[] body) {
        byte[] first = before.getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[first.length + body.length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(body, 0, all, first.length, body.length);
        return all;
    }

    private static byte[] decoded(String text, Encoding encoding) {
        try {
            return encoding == Encoding.HEX
                    ? HexFormat.of().parseHex(text)
                    : Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static byte[] mac(byte[] key, byte[] text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
