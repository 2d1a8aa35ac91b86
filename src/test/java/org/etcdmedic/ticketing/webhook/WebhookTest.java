package org.etcdmedic.ticketing.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.etcdmedic.ticketing.target.Access;
import org.etcdmedic.ticketing.target.Action;
import org.etcdmedic.ticketing.target.Errand;
import org.etcdmedic.ticketing.target.Manner;
import org.etcdmedic.ticketing.target.Request;
import org.etcdmedic.ticketing.target.SampleLetter;
import org.etcdmedic.ticketing.target.Target;
import org.etcdmedic.ticketing.target.TargetKind;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What we sign is read by the specification's own library. */
class WebhookTest {
    private static final String NEW_KEY = secret(1);
    private static final String OLD_KEY = secret(2);
    private static final String FOREIGN_KEY = secret(3);

    @Test
    void thePublicLibraryVerifiesWhatIsSignedWithAnyOfTheKeys() throws Exception {
        Request request = written(List.of(NEW_KEY, OLD_KEY));
        var headers = new HashMap<String, List<String>>();
        request.headers().forEach((name, value) -> headers.put(name, List.of(value)));
        String body = request.body().orElseThrow();
        assertThatCode(() -> new Webhook(NEW_KEY).verify(body, headers)).doesNotThrowAnyException();
        assertThatCode(() -> new Webhook(OLD_KEY).verify(body, headers)).doesNotThrowAnyException();
        assertThatThrownBy(() -> new Webhook(FOREIGN_KEY).verify(body, headers)).isInstanceOf(Exception.class);
        assertThatThrownBy(() -> new Webhook(NEW_KEY).verify(body + " ", headers))
                .isInstanceOf(Exception.class);
        headers.put("webhook-id", List.of("msg_other"));
        assertThatThrownBy(() -> new Webhook(NEW_KEY).verify(body, headers)).isInstanceOf(Exception.class);
    }

    @Test
    void theBodyIsThinAndNamesItsType() throws Exception {
        Request request = written(List.of(NEW_KEY));
        JsonNode body = new JsonMapper().readTree(request.body().orElseThrow());
        assertThat(body.propertyNames()).containsExactly("type", "timestamp", "data");
        assertThat(body.path("type").stringValue()).isEqualTo("diagnosis.completed");
        assertThat(body.path("data").path("instanceId").stringValue()).isEqualTo("orders-1");
        assertThat(body.path("data").path("owner").stringValue()).isEqualTo("DBA");
        assertThat(request.headers()).containsEntry("webhook-id", "msg_1_1");
        assertThat(request.hidden()).contains(request.headers().get("webhook-signature"));
    }

    @Test
    void refusesAKeyThatIsNoneWithoutRepeatingIt() {
        for (String wrong : List.of("hunter2hunter2", "whsec_c2hvcnQ=", "whsec_***")) {
            assertThatThrownBy(() -> written(List.of(wrong)))
                    .isInstanceOf(Target.Unwritable.class)
                    .hasMessageNotContaining(wrong);
        }
    }

    @Test
    void tellsEachDiagnosisOnceAndNoUpdates() throws Exception {
        Target target = new WebhookKind().target(new TargetKind.Wishes(Map.of(), Map.of(), List.of()));
        assertThat(target.manner()).isEqualTo(Manner.EVENT);
        assertThat(target.write(errand(Action.RESOLVE), access(List.of(NEW_KEY))))
                .isEmpty();
        assertThatThrownBy(() -> new WebhookKind()
                        .target(new TargetKind.Wishes(Map.of("x", "1"), Map.of("open", "{}"), List.of())))
                .isInstanceOfSatisfying(
                        TargetKind.Misconfigured.class,
                        wrong -> assertThat(wrong.mistakes()).hasSize(2));
    }

    private static Request written(List<String> keys) throws Exception {
        return new WebhookKind()
                .target(new TargetKind.Wishes(Map.of(), Map.of(), List.of()))
                .write(errand(Action.OPEN), access(keys))
                .orElseThrow();
    }

    private static Access access(List<String> keys) {
        return new Access(URI.create("https://reader.example/hook"), keys);
    }

    private static Errand errand(Action action) {
        // The library refuses what is older than five minutes by the clock on the wall.
        return new Errand(
                SampleLetter.of(true),
                action,
                Optional.empty(),
                "msg_1_1",
                Instant.ofEpochMilli(System.currentTimeMillis()));
    }

    private static String secret(int seed) {
        byte[] key = new byte[32];
        new Random(seed).nextBytes(key);
        return "whsec_" + new String(Base64.getEncoder().encode(key), StandardCharsets.US_ASCII);
    }
}
