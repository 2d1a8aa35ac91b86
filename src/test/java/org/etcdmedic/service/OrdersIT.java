package org.etcdmedic.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.etcdmedic.EtcdMedic;
import org.etcdmedic.bundle.Bundles;
import org.etcdmedic.diagnosis.Diagnoses;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.testing.Api;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What an operator orders about a diagnosis, over HTTP and on a real database: to call it off, to run it again. */
@SpringBootTest(classes = EtcdMedic.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(AlarmsIT.FreshDatabase.class)
class OrdersIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Diagnoses diagnoses;

    private Api api;

    @BeforeEach
    void begin() {
        api = new Api("http://127.0.0.1:" + port);
        for (String table : List.of("request_key", "scheduled_tasks", "alarm", "diagnosis", "instance", "audit")) {
            jdbc.sql("delete from " + table).update();
        }
        // Port 1 of loopback refuses at once, and the login is not configured: the verdict is about our own access.
        assertThat(api.put("/instances/i1", """
                                {"nodes": [{"nodeId": "n1", "host": "127.0.0.1", "sshPort": 1, "login": "ops"}]}
                                """).status()).isEqualTo(201);
    }

    @Test
    void callsAWaitingDiagnosisOffOnceAndPutsItOnRecord() {
        String id = waiting();
        jdbc.sql("insert into scheduled_tasks (task_name, task_instance, execution_time, picked, version)"
                        + " values ('diagnosis', :id, now() + interval '1 hour', false, 1)")
                .param("id", id)
                .update();

        Api.Answer first = api.post("/diagnoses/" + id + "/cancel", "");
        Api.Answer again = api.post("/diagnoses/" + id + "/cancel", "");

        assertThat(first.status()).as(first.text()).isEqualTo(200);
        assertThat(first.json().path("status").stringValue()).isEqualTo("CANCELLED");
        assertThat(again.text()).isEqualTo(first.text());
        JsonNode over = api.get("/diagnoses/" + id).json();
        assertThat(over.path("status").stringValue()).isEqualTo("CANCELLED");
        assertThat(over.path("completedAt").isString()).isTrue();
        assertThat(jdbc.sql("select count(*) from scheduled_tasks where task_name = 'diagnosis'")
                        .query(Long.class)
                        .single())
                .as("its job")
                .isZero();
        assertThat(recorded("DIAGNOSIS_CANCELLED")).singleElement().satisfies(entry -> {
            assertThat(entry.path("target").stringValue()).isEqualTo(id);
            assertThat(entry.path("actor").stringValue()).isEqualTo("local");
            assertThat(entry.path("before").path("status").stringValue()).isEqualTo("QUEUED");
        });
    }

    @Test
    void lateResultsOfACalledOffDiagnosisOverwriteNothing() {
        var id = new DiagnosisId(UUID.fromString(waiting()));
        var claim = diagnoses.claim(id, Instant.now()).orElseThrow();
        assertThat(diagnoses.holds(claim)).isTrue();

        api.post("/diagnoses/" + id + "/cancel", "");

        assertThat(diagnoses.holds(claim)).isFalse();
        diagnoses.fail(claim, "too late", Instant.now());
        assertThat(diagnoses.claim(id, Instant.now())).isEmpty();
        assertThat(jdbc.sql("select status || coalesce(failure, '') from diagnosis")
                        .query(String.class)
                        .list())
                .containsExactly("CANCELLED");
        assertThat(recorded("DIAGNOSIS_CANCELLED"))
                .singleElement()
                .satisfies(
                        entry -> assertThat(entry.path("before").path("status").stringValue())
                                .isEqualTo("RUNNING"));
    }

    @Test
    void refusesToCallOffWhatIsOverOrUnknown() {
        String id = completed();

        Api.Answer over = api.post("/diagnoses/" + id + "/cancel", "");

        assertThat(over.status()).isEqualTo(409);
        assertThat(over.json().path("type").stringValue()).isEqualTo("urn:etcd-medic:problem:diagnosis-over");
        assertThat(api.get("/diagnoses/" + id).json().path("status").stringValue())
                .isEqualTo("COMPLETED");
        assertThat(api.post("/diagnoses/" + UUID.randomUUID() + "/cancel", "").status())
                .isEqualTo(404);
        assertThat(api.post("/diagnoses/i1/cancel", "").status()).isEqualTo(400);
        assertThat(recorded("DIAGNOSIS_CANCELLED")).isEmpty();
    }

    @Test
    void runsADiagnosisAgainAndSaysWhetherItsCauseIsGone() {
        String before = completed();

        Api.Answer answer = api.post("/diagnoses/" + before + "/rerun", "");

        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        String id = answer.json().path("diagnosisId").stringValue();
        assertThat(id).isNotEqualTo(before);
        assertThat(answer.header("Location")).isEqualTo("/diagnoses/" + id);
        assertThat(answer.json().path("rerunOf").stringValue()).isEqualTo(before);
        assertThat(answer.json().path("joined").booleanValue()).isFalse();
        JsonNode over = over(id);
        JsonNode rerun = over.path("rerun");
        assertThat(rerun.path("of").stringValue()).isEqualTo(before);
        assertThat(rerun.path("since"))
                .isEqualTo(api.get("/diagnoses/" + before).json().path("completedAt"));
        assertThat(rerun.path("comparison").stringValue()).isEqualTo("CAUSE_STILL_THERE");
        assertThat(rerun.path("cause").stringValue()).isEqualTo("PROBE_ACCESS");
        assertThat(rerun.path("text").stringValue()).contains("still there");
        assertThat(api.get("/diagnoses/" + id, "Accept-Language", "zh-CN")
                        .json()
                        .path("rerun")
                        .path("text")
                        .stringValue())
                .contains("依然存在");
        assertThat(recorded("DIAGNOSIS_RERUN")).singleElement().satisfies(entry -> {
            assertThat(entry.path("target").stringValue()).isEqualTo(before);
            assertThat(entry.path("after").path("diagnosisId").stringValue()).isEqualTo(id);
        });
    }

    @Test
    void letsLinesTestifyFromTheRepairOnWhenItsTimeIsTold() {
        String before = completed();
        Instant repaired = Instant.parse("2026-01-02T03:04:05Z");

        String id = api.post("/diagnoses/" + before + "/rerun", "{\"since\": \"2026-01-02T11:04:05+08:00\"}")
                .json()
                .path("diagnosisId")
                .stringValue();

        assertThat(over(id).path("rerun").path("since").stringValue()).isEqualTo(repaired.toString());
        assertThat(api.post("/diagnoses/" + before + "/rerun", "{\"since\": \"yesterday\"}")
                        .status())
                .isEqualTo(400);
        assertThat(api.post("/diagnoses/" + before + "/rerun", "{\"until\": 1}").status())
                .isEqualTo(400);
    }

    @Test
    void runsNothingAgainThatIsOpenOrWhoseInstanceIsGone() {
        String open = waiting();

        Api.Answer early = api.post("/diagnoses/" + open + "/rerun", "");

        assertThat(early.status()).isEqualTo(409);
        assertThat(early.json().path("type").stringValue()).isEqualTo("urn:etcd-medic:problem:diagnosis-open");
        api.post("/diagnoses/" + open + "/cancel", "");
        assertThat(api.delete("/instances/i1").status()).isEqualTo(204);
        assertThat(api.post("/diagnoses/" + open + "/rerun", "").status()).isEqualTo(422);
        assertThat(api.post("/diagnoses/" + UUID.randomUUID() + "/rerun", "").status())
                .isEqualTo(404);
        assertThat(recorded("DIAGNOSIS_RERUN")).isEmpty();
    }

    @Test
    void joinsTheOpenDiagnosisOfTheInstanceInsteadOfASecondOne() {
        String before = completed();
        String open = waiting();

        JsonNode answer = api.post("/diagnoses/" + before + "/rerun", "").json();

        assertThat(answer.path("diagnosisId").stringValue()).isEqualTo(open);
        assertThat(answer.path("joined").booleanValue()).isTrue();
        assertThat(answer.path("reason").stringValue()).isEqualTo("OPEN_DIAGNOSIS_OF_INSTANCE");
        assertThat(api.get("/diagnoses/" + open).json().has("rerun")).isFalse();
    }

    @Test
    void judgesABundleAgainAsItWasKept() {
        var form = new ByteArrayOutputStream();
        form.writeBytes(Bundles.bytes("""
                --b\r
                Content-Disposition: form-data; name="bundle"; filename="etcd.log"\r
                \r
                2026-11-22 18:00:00.112936 I | etcdmain: etcd Version: 3.4.23
                2026-11-22 18:30:00.112936 C | etcdserver: raft save state and entries error: write /a/0.wal: no space left on device
                \r
                --b--\r
                """));
        String before = api.form("/diagnoses", form.toByteArray(), "b")
                .json()
                .path("diagnosisId")
                .stringValue();
        JsonNode first = over(before);

        String id = api.post("/diagnoses/" + before + "/rerun", "")
                .json()
                .path("diagnosisId")
                .stringValue();

        JsonNode second = over(id);
        assertThat(second.path("mode").stringValue()).isEqualTo("OFFLINE");
        assertThat(second.path("verdict").path("cause").stringValue()).isEqualTo("ETCD_DISK_FULL");
        assertThat(second.path("bundle")).isEqualTo(first.path("bundle"));
        assertThat(second.path("rerun").path("comparison").stringValue()).isEqualTo("CAUSE_STILL_THERE");
        assertThat(api.get("/diagnoses/" + id + "/evidence")
                        .json()
                        .path("items")
                        .size())
                .isEqualTo(1);
    }

    @Test
    void whatAnAlarmTellsOfTheNodesIsNotToldToABundle() {
        String live = waiting();
        UUID bundle = UUID.randomUUID();
        jdbc.sql("insert into diagnosis (id, instance_id, node_id, mode, status, alarmed_at, queued_at)"
                        + " values (:id, 'i1', 'n1', 'OFFLINE', 'QUEUED', now(), now())")
                .param("id", bundle)
                .update();

        api.post("/alarms", """
                {"instanceId": "i1", "nodeId": "n1", "occurredAt": "%s", "clusterStatus": ""}
                """.formatted(Instant.now()));

        assertThat(diagnoses.told(new DiagnosisId(UUID.fromString(live)))).hasSize(2);
        assertThat(diagnoses.told(new DiagnosisId(bundle))).hasSize(1);
    }

    @Test
    void theSameRequestUnderTheSameKeyDoesNothingTwice() {
        String wish = "{\"instanceId\": \"i1\", \"nodeId\": \"n1\"}";
        Api.Answer first = api.post("/diagnoses", wish, "Idempotency-Key", "\"wish 1\"");
        assertThat(first.status()).as(first.text()).isEqualTo(202);
        String id = first.json().path("diagnosisId").stringValue();
        over(id);

        Api.Answer again = api.post("/diagnoses", wish, "Idempotency-Key", "\"wish 1\"");
        assertThat(again.status()).isEqualTo(202);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.header("Location")).isEqualTo("/diagnoses/" + id);

        Api.Answer other =
                api.post("/diagnoses", "{\"instanceId\": \"i1\", \"nodeId\": \"n2\"}", "Idempotency-Key", "\"wish 1\"");
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.json().path("type").stringValue()).isEqualTo("urn:etcd-medic:problem:key-reused");

        Api.Answer rerun = api.post("/diagnoses/" + id + "/rerun", "", "Idempotency-Key", "rerun-1");
        over(rerun.json().path("diagnosisId").stringValue());
        assertThat(api.post("/diagnoses/" + id + "/rerun", "", "Idempotency-Key", "rerun-1")
                        .text())
                .isEqualTo(rerun.text());
        assertThat(api.post("/diagnoses/" + id + "/rerun", "", "Idempotency-Key", "rerun-2")
                        .json()
                        .path("diagnosisId"))
                .isNotEqualTo(rerun.json().path("diagnosisId"));
        assertThat(recorded("DIAGNOSIS_STARTED")).hasSize(1);
        assertThat(recorded("DIAGNOSIS_RERUN")).hasSize(2);
    }

    @Test
    void ofTheSameRequestSentByManyAtOnceOneIsFulfilled() throws Exception {
        String over = completed();
        try (var senders = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Api.Answer>> answers = IntStream.range(0, 12)
                    .mapToObj(i -> senders.submit(
                            () -> api.post("/diagnoses/" + over + "/rerun", "", "Idempotency-Key", "at-once")))
                    .toList();
            var texts = new HashSet<String>();
            for (Future<Api.Answer> answer : answers) {
                assertThat(answer.get().status()).isEqualTo(202);
                texts.add(answer.get().json().path("diagnosisId").stringValue());
            }
            assertThat(texts).hasSize(1);
            over(texts.iterator().next());
        }
        assertThat(jdbc.sql("select count(*) from request_key")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
        assertThat(recorded("DIAGNOSIS_RERUN")).hasSize(1);
    }

    @Test
    void forgetsKeysAfterADayAndWishesThatWereRefusedAtOnce() {
        assertThat(api.post("/diagnoses", "{\"instanceId\": \"i9\", \"nodeId\": \"n1\"}", "Idempotency-Key", "k")
                        .status())
                .isEqualTo(422);
        String wish = "{\"instanceId\": \"i1\", \"nodeId\": \"n1\"}";
        String id = api.post("/diagnoses", wish, "Idempotency-Key", "k")
                .json()
                .path("diagnosisId")
                .stringValue();
        over(id);
        jdbc.sql("update request_key set created_at = created_at - interval '25 hours'")
                .update();

        String next = api.post("/diagnoses", wish, "Idempotency-Key", "k")
                .json()
                .path("diagnosisId")
                .stringValue();

        assertThat(next).isNotEqualTo(id);
        over(next);
        assertThat(jdbc.sql("select count(*) from request_key")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
        assertThat(api.post("/diagnoses", wish, "Idempotency-Key", "a\"b").status())
                .isEqualTo(400);
        assertThat(api.post("/diagnoses", wish, "Idempotency-Key", "x".repeat(129))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void anAlarmWithoutAnIdentifierTakesTheKeyAsIt() {
        String alarm = "{\"instanceId\": \"i1\", \"nodeId\": \"n1\", \"occurredAt\": \"2026-11-22T18:40:03+08:00\"}";
        Api.Answer first = api.post("/alarms", alarm, "Idempotency-Key", "A-7");
        over(first.json().path("diagnosisId").stringValue());

        Api.Answer again = api.post("/alarms", alarm, "Idempotency-Key", "A-7");

        assertThat(first.json().path("alarmId").stringValue()).isEqualTo("A-7");
        assertThat(again.json().path("reason").stringValue()).isEqualTo("SAME_ALARM");
        assertThat(api.post("/alarms", alarm, "Idempotency-Key", "\"A 7\"").status())
                .isEqualTo(400);
    }

    @Test
    void tellsWhoComesBackThatNothingHasChanged() {
        String id = completed();
        for (String path : List.of(
                "/diagnoses/" + id,
                "/diagnoses/" + id + "/findings",
                "/diagnoses?instanceId=i1",
                "/instances/i1",
                "/causes",
                "/probes")) {
            Api.Answer first = api.get(path, "Accept-Language", "en");
            String tag = first.header("ETag");
            assertThat(first.header("Cache-Control")).as(path).isEqualTo("private, no-cache");

            Api.Answer again = api.get(path, "Accept-Language", "en", "If-None-Match", tag);

            assertThat(again.status()).as(path).isEqualTo(304);
            assertThat(again.text()).isEmpty();
        }
        Api.Answer english = api.get("/diagnoses/" + id, "Accept-Language", "en");
        assertThat(api.get("/diagnoses/" + id, "Accept-Language", "zh-CN", "If-None-Match", english.header("ETag"))
                        .status())
                .as("another language is another text")
                .isEqualTo(200);
    }

    @Test
    void changesAnInstanceOnlyIfItIsAsItsEditorHasReadIt() {
        String tag = api.get("/instances/i1").header("ETag");
        String one = "{\"nodes\": [{\"nodeId\": \"n1\", \"host\": \"127.0.0.1\", \"sshPort\": 1, \"login\": \"one\"}]}";
        String two = one.replace("one", "two");

        Api.Answer first = api.put("/instances/i1", one, "If-Match", tag);
        Api.Answer late = api.put("/instances/i1", two, "If-Match", tag);

        assertThat(first.status()).isEqualTo(200);
        assertThat(first.header("ETag")).isNotEqualTo(tag);
        assertThat(late.status()).isEqualTo(412);
        assertThat(late.json().path("type").stringValue()).isEqualTo("urn:etcd-medic:problem:precondition-failed");
        assertThat(api.get("/instances/i1").header("ETag")).isEqualTo(first.header("ETag"));
        assertThat(api.put("/instances/i1", two, "If-None-Match", "*").status()).isEqualTo(412);
        assertThat(api.put("/instances/i2", two, "If-Match", "*").status()).isEqualTo(412);
        assertThat(api.put("/instances/i2", two, "If-None-Match", "*").status()).isEqualTo(201);
        assertThat(api.delete("/instances/i1", "If-Match", tag).status()).isEqualTo(412);
        assertThat(api.delete("/instances/i1", "If-Match", first.header("ETag")).status())
                .isEqualTo(204);
    }

    @Test
    void ofEditorsWhoWriteAtOnceOneIsFirst() throws Exception {
        String tag = api.get("/instances/i1").header("ETag");
        try (var editors = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> answers = IntStream.range(0, 12)
                    .mapToObj(i -> editors.submit(() -> api.put(
                                    "/instances/i1",
                                    "{\"nodes\": [{\"nodeId\": \"n%d\", \"host\": \"127.0.0.1\"}]}".formatted(i),
                                    "If-Match",
                                    tag)
                            .status()))
                    .toList();
            var statuses = new ArrayList<Integer>();
            for (Future<Integer> answer : answers) {
                statuses.add(answer.get());
            }
            assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 412);
        }
    }

    /** A diagnosis that no worker takes up. */
    private String waiting() {
        UUID id = UUID.randomUUID();
        jdbc.sql("insert into diagnosis (id, instance_id, node_id, mode, status, alarmed_at, queued_at)"
                        + " values (:id, 'i1', 'n1', 'SSH', 'QUEUED', now(), now())")
                .param("id", id)
                .update();
        return id.toString();
    }

    private String completed() {
        String id = api.post("/diagnoses", "{\"instanceId\": \"i1\", \"nodeId\": \"n1\"}")
                .json()
                .path("diagnosisId")
                .stringValue();
        over(id);
        return id;
    }

    private JsonNode over(String id) {
        return api.await(id, d -> d.path("status").stringValue("").equals("COMPLETED"), PATIENCE);
    }

    private List<JsonNode> recorded(String action) {
        return api.get("/audit?action=" + action)
                .json()
                .path("items")
                .valueStream()
                .toList();
    }
}
