package org.etcdmedic.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.message.MessageWriter;
import io.cloudevents.http.HttpMessageFactory;
import io.cloudevents.jackson.JsonFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;
import org.etcdmedic.EtcdMedic;
import org.etcdmedic.diagnosis.DiagnosisCleared;
import org.etcdmedic.testing.Api;
import org.etcdmedic.testing.SmnCloud;
import org.etcdmedic.testing.SmnStandIn;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/**
 * Bodies as other systems send them, over HTTP. Grafana, SMN and TPOPS are stand-ins here, made after their public descriptions;
 * the real Alertmanager has a test of its own. No job runs, so that every diagnosis stays where its alarms have put it.
 */
@SpringBootTest(
        classes = EtcdMedic.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "db-scheduler.enabled=false",
            "medic.sources.my-monitor.each=/events",
            "medic.sources.my-monitor.zone=Asia/Shanghai",
            "medic.sources.my-monitor.mapping.key[0].from=/id",
            "medic.sources.my-monitor.mapping.state[0].from=/on",
            "medic.sources.my-monitor.mapping.state[0].values.true=RAISED",
            "medic.sources.my-monitor.mapping.state[0].values.false=CLEARED",
            "medic.sources.my-monitor.mapping.instance[0].from=/db",
            "medic.sources.my-monitor.mapping.at[0].from=/when",
            "medic.sources.cloudevents.origins=events.example"
        })
@Import({AlarmsIT.FreshDatabase.class, SourcesIT.Heard.class, SourcesIT.NoWorkers.class})
class SourcesIT {
    private static final String GRAFANA_SECRET = "grafana-secret-0123456789";

    @TempDir
    static Path folder;

    private static SmnStandIn smn;
    private static SmnCloud cloud;

    /** Jobs are queued, and nobody takes them. */
    @TestConfiguration(proxyBeanMethods = false)
    static class NoWorkers {
        @Bean
        SchedulerClient scheduler(DataSource database) {
            return SchedulerClient.Builder.create(new TransactionAwareDataSourceProxy(database))
                    .build();
        }
    }

    /** Who listens for diagnoses whose alarms are all cleared, as ticketing does. */
    static class Heard {
        final List<DiagnosisCleared> cleared = new CopyOnWriteArrayList<>();

        @EventListener
        void hear(DiagnosisCleared event) {
            cleared.add(event);
        }
    }

    @DynamicPropertySource
    static void files(DynamicPropertyRegistry registry) throws IOException {
        smn = new SmnStandIn(folder);
        cloud = new SmnCloud(folder.resolve("cloud"));
        registry.add(
                "spring.ssl.bundle.pem.cloud.truststore.certificate",
                () -> cloud.authority().toUri().toString());
        for (String source : List.of("own-cloud", "own-cloud-at-once", "own-cloud-unknown")) {
            registry.add("medic.sources." + source + ".preset", () -> "huawei-smn");
            registry.add("medic.sources." + source + ".confirm.hosts", () -> "localhost");
            registry.add("medic.access.signatures." + source + ".profile", () -> "huawei-smn");
            registry.add("medic.access.signatures." + source + ".topics", () -> SmnStandIn.TOPIC);
            registry.add("medic.access.signatures." + source + ".hosts", () -> "localhost");
        }
        for (String source : List.of("own-cloud", "own-cloud-at-once")) {
            registry.add("medic.sources." + source + ".confirm.ssl-bundle", () -> "cloud");
            registry.add("medic.access.signatures." + source + ".ssl-bundle", () -> "cloud");
        }
        registry.add("medic.sources.own-cloud-at-once.confirm.automatic", () -> "true");
        Path secret = Files.writeString(folder.resolve("grafana.secret"), GRAFANA_SECRET + "\n");
        registry.add("medic.access.signatures.grafana.profile", () -> "grafana");
        registry.add(
                "medic.access.signatures.grafana.secret", () -> secret.toUri().toString());
        registry.add("medic.access.signatures.grafana.timestamp-header", () -> "X-Grafana-Alerting-Timestamp");
        registry.add("medic.access.signatures.huawei-smn.profile", () -> "huawei-smn");
        registry.add("medic.access.signatures.huawei-smn.topics", () -> SmnStandIn.TOPIC);
        registry.add(
                "medic.access.signatures.huawei-smn.certificate",
                () -> smn.certificate().toUri().toString());
        for (String role : List.of("intake", "operator", "admin")) {
            registry.add("medic.access.tokens." + role + ".roles", () -> role);
            registry.add("medic.access.tokens." + role + ".sha256", () -> sha256(secret(role)));
        }
    }

    @AfterAll
    static void end() {
        cloud.close();
    }

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Heard heard;

    private Api api;

    @BeforeEach
    void begin() {
        api = new Api("http://127.0.0.1:" + port);
        for (String table : List.of("scheduled_tasks", "alarm", "diagnosis", "instance")) {
            jdbc.sql("delete from " + table).update();
        }
        heard.cleared.clear();
        assertThat(api.put("/instances/orders-in14", """
                                {"nodes": [
                                  {"nodeId": "n1", "vmId": "vm-1", "host": "192.0.2.11", "etcd": {"address": "198.51.100.11", "clientPort": 2379}},
                                  {"nodeId": "n2", "vmId": "vm-2", "host": "192.0.2.12", "etcd": {"address": "198.51.100.12", "clientPort": 2379}}]}
                                """, as("admin")).status()).isEqualTo(201);
    }

    private static String secret(String token) {
        return "secret-of-" + token + "-0123456789abcdef0123456789";
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String[] as(String token, String... more) {
        var headers = new ArrayList<>(List.of("Authorization", "Bearer " + secret(token)));
        headers.addAll(List.of(more));
        return headers.toArray(String[]::new);
    }

    private static String alert(String status, String host, String fingerprint) {
        return """
               {"status": "%s", "labels": {"alertname": "etcdNoLeader", "instance": "%s"}, "fingerprint": "%s",
                "startsAt": "2026-11-22T10:40:03Z", "endsAt": "2026-11-22T10:44:03Z"}""".formatted(status, host, fingerprint);
    }

    private static String alerts(String... alerts) {
        return "{\"version\": \"4\", \"alerts\": [" + String.join(",", alerts) + "]}";
    }

    private Api.Answer send(String source, String body) {
        return api.post("/alarms/" + source, body, as("intake"));
    }

    private static List<String> outcomes(Api.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return answer.json()
                .path("results")
                .valueStream()
                .map(result -> result.path("outcome").stringValue()
                        + (result.has("note") ? " " + result.path("note").stringValue() : ""))
                .toList();
    }

    private List<JsonNode> alarms(String query) {
        return api.get("/alarms?" + query, as("admin"))
                .json()
                .path("items")
                .valueStream()
                .toList();
    }

    private String status(String diagnosis) {
        return jdbc.sql("select status from diagnosis where id = :id")
                .param("id", UUID.fromString(diagnosis))
                .query(String.class)
                .single();
    }

    @Test
    void takesABatchElementByElement() {
        String body = alerts(
                alert("firing", "198.51.100.11:2379", "f1"),
                alert("firing", "192.0.2.12:9100", "f2"),
                alert("firing", "203.0.113.9:2379", "f3"),
                alert("resolved", "198.51.100.11:2379", "f4"),
                "{\"status\": \"firing\", \"labels\": {\"alertname\": \"DiskFull\"}}");

        Api.Answer answer = send("alertmanager", body);

        assertThat(outcomes(answer))
                .containsExactly("OPENED", "JOINED", "REJECTED", "IGNORED CLEARS_NO_KNOWN_ALARM", "IGNORED NOT_MEANT");
        String diagnosis = answer.json().at("/results/0/diagnosisId").stringValue();
        assertThat(answer.header("Location")).isEqualTo("/diagnoses/" + diagnosis);
        assertThat(answer.json().at("/results/1/nodeId").stringValue()).isEqualTo("n2");
        assertThat(answer.json().at("/results/2/errors/0/pointer").stringValue())
                .isEqualTo("/alerts/2");
        // Once more, as after an answer that was lost: nothing is taken twice, and the refused body stands once.
        assertThat(outcomes(send("alertmanager", body))).startsWith("REPEATED", "REPEATED", "REJECTED");
        assertThat(alarms("source=alertmanager&state=REJECTED")).singleElement().satisfies(refused -> {
            assertThat(refused.path("repeats").intValue()).isEqualTo(1);
            assertThat(refused.path("body").stringValue()).isEqualTo(body);
        });
        assertThat(jdbc.sql("select count(*) from diagnosis").query(Long.class).single())
                .isOne();
    }

    @Test
    void callsADiagnosisOffWhenAllItsAlarmsAreClearedBeforeItWasBegun() {
        String diagnosis = send(
                        "alertmanager",
                        alerts(alert("firing", "192.0.2.11", "f1"), alert("firing", "192.0.2.12", "f2")))
                .json()
                .at("/results/0/diagnosisId")
                .stringValue();

        assertThat(outcomes(send("alertmanager", alerts(alert("resolved", "192.0.2.11", "f1")))))
                .containsExactly("CLEARED");
        assertThat(status(diagnosis)).isEqualTo("QUEUED");
        assertThat(heard.cleared).isEmpty();

        assertThat(outcomes(send("alertmanager", alerts(alert("resolved", "192.0.2.12", "f2")))))
                .containsExactly("CLEARED");
        assertThat(status(diagnosis)).isEqualTo("CANCELLED");
        assertThat(heard.cleared)
                .singleElement()
                .satisfies(event -> assertThat(event.at()).isEqualTo(Instant.parse("2026-11-22T10:44:03Z")));
        assertThat(api.get("/audit?limit=1", as("admin")).text()).contains("CLEARED_BEFORE_BEGUN");
        assertThat(api.get("/diagnoses/" + diagnosis, as("admin"))
                        .json()
                        .path("alarmsClearedAt")
                        .stringValue())
                .isEqualTo("2026-11-22T10:44:03Z");
        // Twice is harmless, and tells nobody again.
        assertThat(outcomes(send("alertmanager", alerts(alert("resolved", "192.0.2.12", "f2")))))
                .containsExactly("CLEARED CLEARED_BEFORE");
        assertThat(heard.cleared).hasSize(1);
    }

    /** What somebody ordered by hand is his to call off, whatever alarms joined it. */
    @Test
    void leavesADiagnosisThatNoAlarmOpenedInTheQueue() {
        String byHand = UUID.randomUUID().toString();
        jdbc.sql("""
                        insert into diagnosis (id, instance_id, node_id, mode, status, alarmed_at, queued_at)
                        values (:id, 'orders-in14', 'n1', 'SSH', 'QUEUED', now(), now())
                        """).param("id", UUID.fromString(byHand)).update();
        assertThat(outcomes(send("alertmanager", alerts(alert("firing", "192.0.2.11", "f9")))))
                .containsExactly("JOINED");

        assertThat(outcomes(send("alertmanager", alerts(alert("resolved", "192.0.2.11", "f9")))))
                .containsExactly("CLEARED");

        assertThat(status(byHand)).isEqualTo("QUEUED");
        assertThat(heard.cleared).hasSize(1);
    }

    /** Two clears at once: neither leaves the last word to the other, and it is told once. */
    @RepeatedTest(5)
    void tellsOnceThatAllIsClearedWhenTheLastTwoAlarmsAreClearedAtOnce() throws Exception {
        String diagnosis = send(
                        "alertmanager",
                        alerts(alert("firing", "192.0.2.11", "f1"), alert("firing", "192.0.2.12", "f2")))
                .json()
                .at("/results/0/diagnosisId")
                .stringValue();

        try (var senders = Executors.newFixedThreadPool(2)) {
            var answers = senders.invokeAll(List.<Callable<Api.Answer>>of(
                    () -> send("alertmanager", alerts(alert("resolved", "192.0.2.11", "f1"))),
                    () -> send("alertmanager", alerts(alert("resolved", "192.0.2.12", "f2")))));
            for (var answer : answers) {
                assertThat(outcomes(answer.get())).containsExactly("CLEARED");
            }
        }

        assertThat(status(diagnosis)).isEqualTo("CANCELLED");
        assertThat(heard.cleared).hasSize(1);
    }

    @Test
    void letsADiagnosisGoOnThatHasBegunWhenItsAlarmsAreCleared() {
        String diagnosis = send("alertmanager", alerts(alert("firing", "192.0.2.11", "f1")))
                .json()
                .at("/results/0/diagnosisId")
                .stringValue();
        jdbc.sql("update diagnosis set status = 'RUNNING', started_at = now()").update();

        assertThat(outcomes(send("alertmanager", alerts(alert("resolved", "192.0.2.11", "f1")))))
                .containsExactly("CLEARED");

        assertThat(status(diagnosis)).isEqualTo("RUNNING");
        assertThat(heard.cleared).hasSize(1);
    }

    @Test
    void understandsASenderByItsConfigurationAndSaysWhenANodeIsAssumed() {
        String on =
                "{\"events\": [{\"id\": 7, \"on\": true, \"db\": \"orders-in14\", \"when\": \"2026-11-22 18:40:03\"}]}";

        assertThat(outcomes(send("my-monitor", on))).containsExactly("OPENED NODE_ASSUMED");
        assertThat(outcomes(send("my-monitor", on.replace("true", "false")))).containsExactly("CLEARED");
        assertThat(alarms("source=my-monitor").getFirst().path("occurredAt").stringValue())
                .isEqualTo("2026-11-22T10:40:03Z");
    }

    @Test
    void showsInADryRunWhatABodyWouldBecomeAndChangesNothing() {
        Api.Answer tried = api.post("/alarms/my-monitor/dry-run", """
                {"body": {"alerts": [{"nr": 7, "box": "vm-2", "at": 1763808003}, {"nr": 8}]},
                 "document": {"each": "/alerts", "mapping": {
                   "key": [{"from": ["/nr"]}], "vm": [{"from": ["/box"]}], "at": [{"from": ["/at"]}], "state": []}}}
                """, as("operator"));

        assertThat(tried.status()).as(tried.text()).isEqualTo(200);
        JsonNode first = tried.json().at("/elements/0");
        assertThat(first.path("becomes").stringValue()).isEqualTo("ALARM");
        assertThat(first.path("nodeId").stringValue()).isEqualTo("n2");
        assertThat(first.at("/fields/vm/value").stringValue()).isEqualTo("vm-2");
        assertThat(first.at("/fields/vm/from").stringValue()).isEqualTo("/box");
        JsonNode second = tried.json().at("/elements/1");
        assertThat(second.path("becomes").stringValue()).isEqualTo("REJECTED");
        assertThat(second.path("missing").toString()).contains("vm", "at");
        assertThat(alarms("limit=10")).isEmpty();
        assertThat(api.post(
                                "/alarms/my-monitor/dry-run",
                                "{\"body\": {}, \"document\": {\"zone\": \"Mars\"}}",
                                as("operator"))
                        .text())
                .contains("zone is no time zone");
        assertThat(api.post("/alarms/my-monitor/dry-run", "{\"body\": {}}", as("intake"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void keepsARefusedBodyUntilItCanBeSentAgain() {
        String body =
                "{\"events\": [{\"id\": 7, \"on\": true, \"db\": \"billing-in14\", \"when\": \"2026-11-22 18:40:03\"}]}";
        assertThat(send("my-monitor", body).status()).isEqualTo(422);
        assertThat(send("my-monitor", "{\"events\": [{\"id\": 7}]}").status()).isEqualTo(400);
        assertThat(send("my-monitor", "<events/>").status()).isEqualTo(400);
        assertThat(alarms("state=REJECTED")).hasSize(3);
        String id = alarms("state=REJECTED").getLast().path("id").stringValue();
        String resend = "/alarms/rejected/" + id + "/resend";

        assertThat(api.post(resend, "", as("intake")).status()).isEqualTo(403);
        assertThat(api.post(resend, "", as("operator")).status()).isEqualTo(422);
        assertThat(api.put(
                                "/instances/billing-in14",
                                "{\"nodes\": [{\"nodeId\": \"b1\", \"host\": \"192.0.2.21\"}]}",
                                as("admin"))
                        .status())
                .isEqualTo(201);
        Api.Answer again = api.post(resend, "", as("operator"));

        assertThat(again.status()).as(again.text()).isEqualTo(200);
        String diagnosis = again.json().path("diagnosisId").stringValue();
        assertThat(again.json().at("/results/0/outcome").stringValue()).isEqualTo("OPENED");
        assertThat(api.post(resend, "", as("operator"))
                        .json()
                        .path("diagnosisId")
                        .stringValue())
                .isEqualTo(diagnosis);
        assertThat(jdbc.sql("select count(*) from diagnosis").query(Long.class).single())
                .isOne();
        assertThat(alarms("state=RESENT")).singleElement().satisfies(it -> {
            assertThat(it.path("diagnosisId").stringValue()).isEqualTo(diagnosis);
            assertThat(it.path("state").stringValue()).isEqualTo("RESENT");
        });
        assertThat(alarms("state=REJECTED")).hasSize(2);
    }

    @Test
    void sendsAnAlarmInOurOwnWordsAgainToo() {
        String body =
                "{\"alarmId\": \"A-1\", \"instanceId\": \"billing-in14\", \"nodeId\": \"b1\", \"occurredAt\": \"2026-11-22T18:40:03+08:00\"}";
        assertThat(api.post("/alarms", body, as("intake")).status()).isEqualTo(422);
        assertThat(api.post("/alarms", "{\"alarmId\": \"A-2\"}", as("intake")).status())
                .isEqualTo(400);
        List<JsonNode> refused = alarms("state=REJECTED");
        String resend = "/alarms/rejected/" + refused.getLast().path("id").stringValue() + "/resend";
        assertThat(api.post(resend, "", as("operator")).status()).isEqualTo(422);
        assertThat(api.put(
                                "/instances/billing-in14",
                                "{\"nodes\": [{\"nodeId\": \"b1\", \"host\": \"192.0.2.21\"}]}",
                                as("admin"))
                        .status())
                .isEqualTo(201);

        Api.Answer again = api.post(resend, "", as("operator"));

        assertThat(again.status()).as(again.text()).isEqualTo(200);
        assertThat(again.json().at("/results/0/outcome").stringValue()).isEqualTo("OPENED");
        assertThat(api.post(resend, "", as("operator")).json().path("diagnosisId"))
                .isEqualTo(again.json().path("diagnosisId"));
        // What was no alarm is none today.
        assertThat(api.post(
                                "/alarms/rejected/"
                                        + refused.getFirst().path("id").stringValue() + "/resend",
                                "",
                                as("operator"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void takesTheTemplateOfTpops() {
        String body = """
                {"alarmId": "5012947", "alarmName": "云数据库 GaussDB ETCD服务异常", "severity": "严重", "instanceId": "orders-in14",
                 "hostName": "gauss-1", "hostIp": "192.0.2.12", "firstTimeUtc": "2026-11-22 10:40:03", "clearTimeUtc": "", "status": "激活"}
                """;

        Api.Answer answer = send("tpops", body);

        assertThat(outcomes(answer)).containsExactly("OPENED");
        assertThat(answer.json().at("/results/0/nodeId").stringValue()).isEqualTo("n2");
        assertThat(outcomes(send(
                        "tpops",
                        body.replace("激活", "已清除")
                                .replace("\"clearTimeUtc\": \"\"", "\"clearTimeUtc\": \"2026-11-22 10:52:00\""))))
                .containsExactly("CLEARED");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, 0, right, 202",
        "PUT, 0, right, 202",
        "POST, 299, right, 202",
        "POST, 400, right, 401",
        "POST, -400, right, 401",
        "POST, 0, wrong, 401",
    })
    void letsGrafanaInByItsSignature(String method, long secondsAgo, String secret, int expected) {
        String body = alerts(alert("firing", "192.0.2.11", "g1"));
        String time = String.valueOf(Instant.now().getEpochSecond() - secondsAgo);
        String signature = hmac(secret.equals("right") ? GRAFANA_SECRET : secret, time + ":" + body);

        Api.Answer answer = api.send(
                method,
                "/alarms/grafana",
                body,
                "X-Grafana-Alerting-Signature",
                signature,
                "X-Grafana-Alerting-Timestamp",
                time);

        assertThat(answer.status()).as(answer.text()).isEqualTo(expected);
    }

    @Test
    void aSignatureOpensNothingButItsOwnSourceAndAnotherBodyIsNotSigned() {
        String body = alerts(alert("firing", "192.0.2.11", "g1"));
        String time = String.valueOf(Instant.now().getEpochSecond());
        String[] signed = {
            "X-Grafana-Alerting-Signature",
            hmac(GRAFANA_SECRET, time + ":" + body),
            "X-Grafana-Alerting-Timestamp",
            time
        };

        assertThat(api.post("/alarms/alertmanager", body, signed).status()).isEqualTo(401);
        assertThat(api.post("/alarms/grafana", body + " ", signed).status()).isEqualTo(401);
        assertThat(api.post("/alarms/grafana", body).status()).isEqualTo(401);
        // A wrong one is refused whatever else is presented; without one a token is as good.
        assertThat(api.post("/alarms/grafana", body, as("intake", "X-Grafana-Alerting-Signature", "00"))
                        .status())
                .isEqualTo(401);
        assertThat(api.post("/alarms/grafana", body, "X-Api-Key", secret("intake"))
                        .status())
                .isEqualTo(202);
        // Sent again by somebody who listened, it is known.
        assertThat(outcomes(api.post("/alarms/grafana", body, signed))).containsExactly("REPEATED");
    }

    private static final String EVENT = """
            {"version": "v1", "data": {"MetricName": "ETCD", "IsAlarm": true, "AlarmLevel": "重要", "PrivateIp": "192.0.2.11",
             "AlarmTime": "2025/06/02 22:56:15 GMT+08:00"}}""";

    @Test
    void letsSmnInByTheKeyOfItsCertificateAndItsTopic() {
        String message = EVENT.replace("\"data\": {", "\"data\": {\"AlarmRecordID\": \"ah1\", ");
        String signed = smn.signed("Notification", "0f1e", message, Map.of("subject", "[重要告警]"));

        assertThat(outcomes(api.post("/alarms/huawei-smn", signed))).containsExactly("OPENED");
        assertThat(api.post("/alarms/huawei-smn", signed.replace("192.0.2.11", "192.0.2.12"))
                        .status())
                .isEqualTo(401);
        assertThat(api.post(
                                "/alarms/huawei-smn",
                                smn.signed("Notification", "0f1f", message, Map.of("topic_urn", "urn:smn:x:y:other")))
                        .status())
                .isEqualTo(401);
        assertThat(api.post(
                                "/alarms/huawei-smn",
                                smn.signed(
                                        "Notification", "0f1f", message, Map.of("timestamp", "2025-06-02T14:56:20Z")))
                        .status())
                .isEqualTo(401);
        assertThat(outcomes(api.post(
                        "/alarms/huawei-smn",
                        smn.signed("Notification", "0f20", message.replace("true", "false"), Map.of()))))
                .containsExactly("CLEARED");
    }

    @Test
    void leavesTheConfirmationOfASubscriptionToAnOperator() {
        String asks = smn.signed(
                "SubscriptionConfirmation",
                "0f30",
                "You are invited",
                Map.of("subscribe_url", "https://elsewhere.example/confirm?token=t"));

        assertThat(outcomes(api.post("/alarms/huawei-smn", asks))).isEmpty();
        JsonNode waits = alarms("state=REJECTED").getFirst();
        assertThat(waits.at("/errors/0/code").stringValue()).isEqualTo("UNCONFIRMED_SUBSCRIPTION");
        // Only hosts that are allowed are ever asked.
        Api.Answer refused =
                api.post("/alarms/rejected/" + waits.path("id").stringValue() + "/resend", "", as("operator"));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("/subscribe_url");
        assertThat(outcomes(
                        api.post("/alarms/huawei-smn", smn.signed("UnsubscribeConfirmation", "0f31", "bye", Map.of()))))
                .containsExactly("IGNORED UNSUBSCRIBED");
    }

    @Test
    void fetchesTheCertificateOfItsSignaturesOnceFromAHostThatIsAllowed() {
        cloud.asked();
        String source = "/alarms/own-cloud";

        // An address of its own, for the other tests fetch the certificate, too.
        Map<String, String> once = Map.of("signing_cert_url", cloud.url("/certificate.pem?once"));
        assertThat(outcomes(api.post(source, cloud.signed("Notification", "1a01", EVENT, once))))
                .containsExactly("OPENED");
        assertThat(outcomes(api.post(source, cloud.signed("Notification", "1a02", EVENT, once))))
                .containsExactly("JOINED");
        assertThat(cloud.asked()).containsExactly("/certificate.pem?once");
        // Another host is not asked, whoever signed; a redirect is not followed.
        assertThat(api.post(
                                source,
                                cloud.signed(
                                        "Notification",
                                        "1a03",
                                        EVENT,
                                        Map.of(
                                                "signing_cert_url",
                                                cloud.url("/certificate.pem").replace("localhost", "127.0.0.1"))))
                        .status())
                .isEqualTo(401);
        assertThat(api.post(
                                source,
                                cloud.signed(
                                        "Notification", "1a04", EVENT, Map.of("signing_cert_url", cloud.url("/moved"))))
                        .status())
                .isEqualTo(503);
        assertThat(cloud.asked()).containsExactly("/moved");
        // Whose authority is not known is not believed.
        assertThat(api.post("/alarms/own-cloud-unknown", cloud.signed("Notification", "1a05", EVENT, Map.of()))
                        .status())
                .isEqualTo(503);
        assertThat(cloud.asked()).isEmpty();
    }

    @Test
    void confirmsASubscriptionWhenAnOperatorSaysSo() {
        assertThat(outcomes(api.post("/alarms/own-cloud", subscription("1b01", "/confirm?token=t1"))))
                .isEmpty();
        cloud.asked();
        String id = alarms("state=REJECTED").getFirst().path("id").stringValue();

        Api.Answer confirmed = api.post("/alarms/rejected/" + id + "/resend", "", as("operator"));

        assertThat(confirmed.status()).as(confirmed.text()).isEqualTo(200);
        assertThat(cloud.asked()).containsExactly("/confirm?token=t1");
        // Once, however often it is said.
        assertThat(api.post("/alarms/rejected/" + id + "/resend", "", as("operator"))
                        .status())
                .isEqualTo(200);
        assertThat(cloud.asked()).isEmpty();
    }

    @Test
    void aConfirmationGoesNowhereElse() {
        assertThat(outcomes(api.post("/alarms/own-cloud", subscription("1c01", "/moved?token=t2"))))
                .isEmpty();
        cloud.asked();
        String id = alarms("state=REJECTED").getFirst().path("id").stringValue();

        Api.Answer refused = api.post("/alarms/rejected/" + id + "/resend", "", as("operator"));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("it was answered with status 302");
        assertThat(cloud.asked()).containsExactly("/moved?token=t2");
    }

    @Test
    void confirmsASubscriptionByItselfWhereThatIsSaidAndItIsSigned() {
        String asks = subscription("1d01", "/confirm?token=t3");
        cloud.asked();

        // A token lets in, and confirms nothing.
        String unsigned = asks.replaceFirst("\"signature\":\"[^\"]*\"", "\"signature\":\"\"");
        assertThat(outcomes(api.post("/alarms/own-cloud-at-once", unsigned, as("intake"))))
                .isEmpty();
        assertThat(cloud.asked()).isEmpty();
        assertThat(alarms("state=REJECTED")).hasSize(1);

        assertThat(outcomes(api.post("/alarms/own-cloud-at-once", asks))).isEmpty();
        assertThat(cloud.asked()).endsWith("/confirm?token=t3");
        assertThat(alarms("state=REJECTED")).hasSize(1);
    }

    private static String subscription(String id, String path) {
        return cloud.signed(
                "SubscriptionConfirmation", id, "You are invited", Map.of("subscribe_url", cloud.url(path)));
    }

    @Test
    void answersTheHandshakeOfCloudEventsToThoseWhoMaySend() throws IOException, InterruptedException {
        assertThat(handshake("events.example").headers().firstValue("WebHook-Allowed-Origin"))
                .contains("events.example");
        assertThat(handshake("elsewhere.example").headers().firstValue("WebHook-Allowed-Origin"))
                .isEmpty();
    }

    private HttpResponse<String> handshake(String origin) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(api.base() + "/alarms/cloudevents"))
                            .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                            .header("WebHook-Request-Origin", origin)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Test
    void takesCloudEventsInAllThreeModes() {
        String[] binary = as(
                "intake",
                "ce-specversion",
                "1.0",
                "ce-id",
                "1",
                "ce-source",
                "/m",
                "ce-type",
                "etcd.raised",
                "ce-time",
                "2026-11-22T10:40:03Z");
        String data = "{\"alarmId\": \"A-7\", \"instanceId\": \"orders-in14\", \"nodeId\": \"n1\"}";

        assertThat(outcomes(api.post("/alarms/cloudevents", data, binary))).containsExactly("OPENED");
        assertThat(outcomes(api.post("/alarms/cloudevents", data, binary))).containsExactly("REPEATED");
        assertThat(outcomes(api.send(
                        "POST",
                        "/alarms/cloudevents",
                        """
                        {"specversion": "1.0", "id": "2", "source": "/m", "type": "etcd.cleared", "time": "2026-11-22T10:41:03Z", "data": {"alarmId": "A-7"}}
                        """,
                        as("intake", "Content-Type", "application/cloudevents+json"))))
                .containsExactly("CLEARED");
        assertThat(outcomes(api.send(
                        "POST",
                        "/alarms/cloudevents",
                        """
                        [{"specversion": "1.0", "id": "3", "source": "/m", "type": "etcd.raised", "time": "2026-11-22T10:41:03Z", "data": {"host": "192.0.2.11"}},
                         {"specversion": "1.0", "id": "4", "source": "/m", "type": "etcd.raised", "time": "2026-11-22T10:41:03Z", "data": {"host": "203.0.113.1"}}]
                        """,
                        as("intake", "Content-Type", "application/cloudevents-batch+json"))))
                .containsExactly("OPENED", "REJECTED");
        assertThat(api.send(
                                "POST",
                                "/alarms/cloudevents",
                                "Obj",
                                as("intake", "Content-Type", "application/cloudevents+avro"))
                        .status())
                .isEqualTo(415);
    }

    /** The public library of CloudEvents as the sender: what it writes in both modes is understood. */
    @ParameterizedTest
    @ValueSource(strings = {"binary", "structured"})
    void takesWhatTheLibraryOfCloudEventsWrites(String mode) {
        CloudEvent event = CloudEventBuilder.v1()
                .withId("sdk-" + mode)
                .withSource(URI.create("/monitoring"))
                .withType("com.example.etcd.raised")
                .withTime(OffsetDateTime.parse("2026-11-22T18:40:03+08:00"))
                .withSubject("orders-in14")
                .withData(
                        "application/json",
                        "{\"instanceId\": \"orders-in14\", \"nodeId\": \"n2\"}".getBytes(StandardCharsets.UTF_8))
                .build();
        var headers = new ArrayList<>(List.of(as("intake")));
        var body = new StringBuilder();
        MessageWriter<?, ?> writer = HttpMessageFactory.createWriter(
                (name, value) -> headers.addAll(List.of(name, value)),
                bytes -> body.append(new String(bytes, StandardCharsets.UTF_8)));
        if (mode.equals("binary")) {
            writer.writeBinary(event);
        } else {
            writer.writeStructured(event, new JsonFormat());
        }

        Api.Answer answer = api.send("POST", "/alarms/cloudevents", body.toString(), contentTypeAsIs(headers));

        assertThat(outcomes(answer)).containsExactly("OPENED");
        assertThat(answer.json().at("/results/0/nodeId").stringValue()).isEqualTo("n2");
        assertThat(alarms("source=cloudevents").getFirst().path("occurredAt").stringValue())
                .isEqualTo("2026-11-22T10:40:03Z");
    }

    /** The test's client looks for the name as HTTP's own texts write it. */
    private static String[] contentTypeAsIs(List<String> headers) {
        return headers.stream()
                .map(word -> word.equalsIgnoreCase("Content-Type") ? "Content-Type" : word)
                .toArray(String[]::new);
    }

    @Test
    void tellsWhichSourcesThereAre() {
        JsonNode sources = api.get("/sources", as("admin")).json().path("items");

        assertThat(sources.valueStream().map(it -> it.path("name").stringValue()))
                .contains("alertmanager", "cloudevents", "grafana", "huawei-smn", "manageone", "my-monitor", "tpops");
        assertThat(sources.toString()).doesNotContain(GRAFANA_SECRET);
        assertThat(api.post("/alarms/nobody", "{}", as("intake")).status()).isEqualTo(404);
    }

    private static String hmac(String secret, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
