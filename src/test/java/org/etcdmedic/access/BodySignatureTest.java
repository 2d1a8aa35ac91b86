package org.etcdmedic.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.etcdmedic.access.BodySignature.Worth;
import org.etcdmedic.access.SignatureSettings.Encoding;
import org.etcdmedic.access.SignatureSettings.Profile;
import org.junit.jupiter.api.Test;

/** Signatures by a shared secret, with the examples of those who invented them. */
class BodySignatureTest {
    private static SignatureSettings settings(Profile profile, String header, String prefix, String timestampHeader) {
        return new SignatureSettings(
                profile,
                "file:/etc/secret",
                header,
                Encoding.BASE64,
                prefix,
                timestampHeader,
                ".",
                Duration.ofMinutes(5),
                List.of(),
                List.of(),
                "",
                "");
    }

    private static Worth worth(
            SignatureSettings settings, String body, Map<String, String> headers, String secret, String now) {
        Profile profile = Optional.ofNullable(settings.profile()).orElseThrow();
        return new BodySignature(profile, settings)
                .of(
                        body.getBytes(StandardCharsets.UTF_8),
                        name -> Optional.ofNullable(headers.get(name)),
                        secret,
                        Instant.parse(now));
    }

    /** GitHub's own example ("Validating webhook deliveries"). */
    @Test
    void knowsGitHubsExample() {
        SignatureSettings settings = settings(Profile.GITHUB, "", "", "");
        String signature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

        assertThat(worth(
                        settings,
                        "Hello, World!",
                        Map.of("X-Hub-Signature-256", signature),
                        "It's a Secret to Everybody",
                        "2026-11-22T10:40:03Z"))
                .isEqualTo(Worth.RIGHT);
        assertThat(worth(
                        settings,
                        "Hello, World",
                        Map.of("X-Hub-Signature-256", signature),
                        "It's a Secret to Everybody",
                        "2026-11-22T10:40:03Z"))
                .isEqualTo(Worth.WRONG);
        assertThat(worth(
                        settings,
                        "Hello, World!",
                        Map.of("X-Hub-Signature-256", signature.substring(7)),
                        "It's a Secret to Everybody",
                        "2026-11-22T10:40:03Z"))
                .isEqualTo(Worth.WRONG);
        assertThat(worth(settings, "Hello, World!", Map.of(), "It's a Secret to Everybody", "2026-11-22T10:40:03Z"))
                .isEqualTo(Worth.ABSENT);
    }

    /** The example that the libraries of Standard Webhooks are tested with. */
    @Test
    void knowsTheExampleOfStandardWebhooks() {
        SignatureSettings settings = settings(Profile.STANDARD_WEBHOOKS, "", "", "");
        Map<String, String> headers = Map.of(
                "webhook-id",
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                "webhook-timestamp",
                "1614265330",
                "webhook-signature",
                "v1,AAAA v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        String secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

        assertThat(worth(settings, "{\"test\": 2432232314}", headers, secret, "2021-02-25T15:02:10Z"))
                .isEqualTo(Worth.RIGHT);
        assertThat(worth(settings, "{\"test\": 2432232315}", headers, secret, "2021-02-25T15:02:10Z"))
                .isEqualTo(Worth.WRONG);
        assertThat(worth(settings, "{\"test\": 2432232314}", headers, secret, "2021-02-25T15:08:10Z"))
                .isEqualTo(Worth.WRONG);
    }

    @Test
    void aSignedTimeThatIsMissingOrNoneIsWrong() {
        SignatureSettings settings = settings(Profile.CUSTOM, "X-Sig", "v0=", "X-Time");

        assertThat(worth(settings, "{}", Map.of("X-Sig", "v0=AAAA"), "s", "2026-11-22T10:40:03Z"))
                .isEqualTo(Worth.WRONG);
        assertThat(worth(settings, "{}", Map.of("X-Sig", "v0=AAAA", "X-Time", "now"), "s", "2026-11-22T10:40:03Z"))
                .isEqualTo(Worth.WRONG);
    }

    @Test
    void tellsEveryMistakeOfItsSettings() {
        assertThat(new SignatureSettings(
                                Profile.CUSTOM,
                                "secret",
                                "",
                                Encoding.HEX,
                                "",
                                "",
                                ":",
                                Duration.ZERO,
                                List.of(),
                                List.of(),
                                "",
                                "")
                        .problems("mine"))
                .containsExactly(
                        "medic.access.signatures.mine.secret is not file:/...",
                        "medic.access.signatures.mine.header is missing",
                        "medic.access.signatures.mine.tolerance is not positive");
        assertThat(settings(Profile.HUAWEI_SMN, "", "", "").problems("huawei-smn"))
                .singleElement()
                .asString()
                .contains("topics names no topic");
    }
}
