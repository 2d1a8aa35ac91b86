package org.etcdmedic.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.etcdmedic.testing.Alertmanager;
import org.etcdmedic.testing.Api;
import org.etcdmedic.testing.GuardedService;
import org.etcdmedic.testing.Polling;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The real Alertmanager sends its alerts to the service, and behaves as it does when something goes wrong. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AlertmanagerIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    static Path folder;

    private GuardedService service;
    private Alertmanager alertmanager;

    @BeforeAll
    @SuppressWarnings("NullAway.Init")
    void start() {
        Alertmanager.assumeInstalled();
        service = GuardedService.start(folder.resolve("service.log"));
        alertmanager = Alertmanager.start(
                folder.resolve("alertmanager"),
                service.api().base() + "/alarms/alertmanager",
                service.as("intake")[1].replace("Bearer ", ""));
        register("orders", "198.51.100.11");
    }

    @AfterAll
    void stop() {
        if (alertmanager != null) {
            alertmanager.close();
        }
        if (service != null) {
            service.close();
        }
    }

    private void register(String instance, String etcd) {
        assertThat(service.api()
                        .put("/instances/" + instance, """
                                {"nodes": [{"nodeId": "%s-1", "host": "127.0.0.1", "sshPort": 1, "login": "ops",
                                  "etcd": {"address": "%s", "clientPort": 2379}}]}
                                """.formatted(instance, etcd), service.as("admin"))
                        .status())
                .isLessThan(300);
    }

    private static String alert(String name, String instance, Instant startsAt, String more) {
        return """
               [{"labels": {"alertname": "%s", "instance": "%s:2379", "severity": "critical"}, "startsAt": "%s"%s,
                 "annotations": {"summary": "lab"}, "generatorURL": "http://prometheus.example/graph"}]
               """.formatted(name, instance, startsAt, more);
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    private List<JsonNode> kept(String name, String... query) {
        Api.Answer answer = service.api()
                .get("/alarms?source=alertmanager&limit=200" + String.join("", query), service.as("admin"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json()
                .path("items")
                .valueStream()
                .filter(alarm ->
                        name.isEmpty() || alarm.path("name").asString("").equals(name))
                .toList();
    }

    private JsonNode awaitKept(String name) {
        Polling.await(name + " is kept", PATIENCE, () -> !kept(name).isEmpty());
        return kept(name).getFirst();
    }

    @Test
    void sendsAnAlertThatOpensADiagnosisAndTakesItBack() {
        // Alertmanager takes no alert that ends before it starts, and the whole way takes less than a second.
        Instant startsAt = now().minusSeconds(5);
        alertmanager.alerts(alert("etcdNoLeader", "198.51.100.11", startsAt, ""));

        JsonNode alarm = awaitKept("etcdNoLeader");
        assertThat(alarm.path("instanceId").stringValue()).isEqualTo("orders");
        assertThat(alarm.path("nodeId").stringValue()).isEqualTo("orders-1");
        assertThat(Instant.parse(alarm.path("occurredAt").stringValue())).isEqualTo(startsAt);
        String diagnosis = alarm.path("diagnosisId").stringValue();
        service.await(diagnosis, it -> it.path("status").stringValue().equals("COMPLETED"), PATIENCE);

        alertmanager.alerts(
                alert("etcdNoLeader", "198.51.100.11", startsAt, ", \"endsAt\": \"" + now().minusSeconds(1) + "\""));

        Polling.await(
                "it is cleared", PATIENCE, () -> kept("etcdNoLeader").getFirst().has("clearedAt"));
        JsonNode told = service.api()
                .get("/diagnoses/" + diagnosis, service.as("admin"))
                .json();
        assertThat(told.path("alarmsClearedAt").stringValue())
                .isEqualTo(kept("etcdNoLeader").getFirst().path("clearedAt").stringValue());
        assertThat(told.path("status").stringValue()).isEqualTo("COMPLETED");
        assertThat(service.api()
                        .get("/diagnoses/" + diagnosis + "/timeline", service.as("admin"))
                        .json()
                        .path("items"))
                .anyMatch(moment -> moment.path("what").stringValue().equals("alarm-cleared"));
    }

    @Test
    void triesAgainWhileTheDatabaseIsAwayAndTheAlertIsKeptOnce() throws SQLException {
        double failed = alertmanager.counter("alertmanager_notification_requests_failed_total");
        service.withoutDatabase(() -> {
            alertmanager.alerts(alert("etcdMembersDown", "198.51.100.11", now(), ""));
            Polling.await(
                    "Alertmanager was told 503",
                    PATIENCE,
                    () -> alertmanager.counter("alertmanager_notification_requests_failed_total") > failed);
        });

        assertThat(awaitKept("etcdMembersDown").path("diagnosisId").isString()).isTrue();
        assertThat(kept("etcdMembersDown")).hasSize(1);
    }

    @Test
    void doesNotTryAgainWhatIsRefusedWhichIsKeptAndCanBeSentAgain() {
        alertmanager.alerts(alert("etcdInsufficientMembers", "203.0.113.99", now(), ""));

        Polling.await(
                "the refused body is kept",
                PATIENCE,
                () -> !kept("", "&state=REJECTED").isEmpty());
        JsonNode refused = kept("", "&state=REJECTED").getFirst();
        assertThat(refused.path("problem").stringValue()).isEqualTo("UNKNOWN_NODE");
        assertThat(refused.at("/errors/0/pointer").stringValue()).isEqualTo("/alerts/0");
        assertThat(refused.at("/errors/0/code").stringValue()).isEqualTo("HOST_UNKNOWN");
        assertThat(refused.path("resendable").booleanValue()).isTrue();
        // A word of Alertmanager's own: refused for good, not to be tried again.
        Polling.await(
                "Alertmanager has given up on it",
                PATIENCE,
                () -> alertmanager.counter("alertmanager_notifications_failed_total") > 0);

        register("billing", "203.0.113.99");
        Api.Answer resent = service.api()
                .post("/alarms/rejected/" + refused.path("id").stringValue() + "/resend", "", service.as("operator"));

        assertThat(resent.status()).as(resent.text()).isEqualTo(200);
        assertThat(resent.json().at("/results/0/instanceId").stringValue()).isEqualTo("billing");
        assertThat(kept("etcdInsufficientMembers")).hasSize(1);
        assertThat(kept("", "&state=REJECTED")).isEmpty();
        assertThat(kept("", "&state=RESENT")).hasSize(1);
    }
}
