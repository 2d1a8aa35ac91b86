package org.etcdmedic.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.etcdmedic.EtcdMedic;
import org.etcdmedic.diagnosis.Diagnoses;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.diagnosis.RunDiagnosis;
import org.etcdmedic.diagnosis.Symptom;
import org.etcdmedic.evidence.EvidenceReader;
import org.etcdmedic.evidence.EvidenceWindow;
import org.etcdmedic.inventory.InstanceId;
import org.etcdmedic.inventory.Instances;
import org.etcdmedic.inventory.Node;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.knowledge.yaml.YamlKnowledge;
import org.etcdmedic.probe.Reach;
import org.etcdmedic.testing.Api;
import org.etcdmedic.testing.Database;
import org.etcdmedic.verdict.Judgement;
import org.etcdmedic.verdict.NodeTestimony;
import org.etcdmedic.verdict.Reasoner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** Alarms in, over HTTP, on a real database: what is taken, what is refused, and that nothing else is stored. */
@SpringBootTest(classes = EtcdMedic.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(AlarmsIT.FreshDatabase.class)
class AlarmsIT {
    @TestConfiguration(proxyBeanMethods = false)
    static class FreshDatabase {
        @Bean
        JdbcConnectionDetails database() {
            return Database.fresh();
        }
    }

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Diagnoses diagnoses;

    @Autowired
    RunDiagnosis run;

    @Autowired
    Instances instances;

    @Autowired
    TransactionTemplate transaction;

    private Api api;

    @BeforeEach
    void begin() {
        api = new Api("http://127.0.0.1:" + port);
        jdbc.sql("delete from scheduled_tasks").update();
        jdbc.sql("delete from alarm").update();
        jdbc.sql("delete from diagnosis").update();
        jdbc.sql("delete from instance").update();
    }

    private void register(String instance) {
        // Port 1 of loopback refuses at once: a node that is up without an SSH server.
        assertThat(api.put("/instances/" + instance, """
                                {"name": "orders", "nodes": [
                                  {"nodeId": "n1", "host": "127.0.0.1", "sshPort": 1, "login": "ops"},
                                  {"nodeId": "n2", "host": "127.0.0.1", "sshPort": 1, "login": "ops"}]}
                                """).status()).isEqualTo(201);
    }

    private static String alarm(String id, String instance, String node) {
        return """
               {"alarmId": "%s", "instanceId": "%s", "nodeId": "%s", "occurredAt": "%s"}
               """.formatted(id, instance, node, Instant.now());
    }

    private long count(String table) {
        return jdbc.sql("select count(*) from " + table).query(Long.class).single();
    }

    @Test
    void takesAnAlarmAndBringsItToAVerdict() {
        register("i1");

        Api.Answer answer = api.post("/alarms", alarm("A-1", "i1", "n1"));

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().path("joined").booleanValue()).isFalse();
        String id = answer.json().path("diagnosisId").stringValue();
        assertThat(answer.header("Location")).isEqualTo("/diagnoses/" + id);
        assertThat(Integer.parseInt(answer.header("Retry-After"))).isPositive();
        JsonNode over =
                api.await(id, d -> d.path("status").stringValue("").equals("COMPLETED"), Duration.ofSeconds(30));
        assertThat(over.path("verdict").path("cause").stringValue()).isIn("PROBE_ACCESS", "VM_LOGIN_FAILED");
        // A list reads what the database derives from the judgement, and has to say the same.
        JsonNode listed = api.get(
                        "/diagnoses?cause=" + over.path("verdict").path("cause").stringValue())
                .json()
                .path("items")
                .valueStream()
                .filter(d -> d.path("id").equals(over.path("id")))
                .findFirst()
                .orElseThrow();
        assertThat(over.path("verdict").path("repair").size()).isPositive();
        assertThat(listed.path("verdict")).isEqualTo(over.path("verdict"));
        assertThat(api.get("/diagnoses?status=FAILED")
                        .json()
                        .path("items")
                        .valueStream()
                        .map(d -> d.path("status").stringValue()))
                .allMatch("FAILED"::equals);
        assertThat(over.path("classifications").size()).isGreaterThan(20);
        assertThat(over.path("remediation").size()).isPositive();
        assertThat(api.get("/diagnoses?instanceId=i1&limit=1")
                        .json()
                        .path("items")
                        .get(0)
                        .path("id")
                        .stringValue())
                .isEqualTo(id);
    }

    @Test
    void answersTheSameAlarmWithItsDiagnosis() {
        register("i1");
        String body = alarm("A-1", "i1", "n1");
        JsonNode first = api.post("/alarms", body).json();
        api.await(
                first.path("diagnosisId").stringValue(),
                d -> d.path("status").stringValue("").equals("COMPLETED"),
                Duration.ofSeconds(30));

        JsonNode again = api.post("/alarms", body).json();

        assertThat(again.path("diagnosisId")).isEqualTo(first.path("diagnosisId"));
        assertThat(again.path("joined").booleanValue()).isTrue();
        assertThat(again.path("reason").stringValue()).isEqualTo("SAME_ALARM");
        assertThat(count("alarm")).isEqualTo(1);
    }

    @Test
    void judgesWhatAnAlarmTellsThatJoined() throws Exception {
        register("i1");
        String id = openWithoutJob("i1");

        String told = api.post("/alarms", """
                        {"alarmId": "A-2", "instanceId": "i1", "nodeId": "n2", "occurredAt": "%1$s",
                         "vmEvents": [{"type": "HA_FAILOVER", "occurredAt": "%1$s"}]}
                        """.formatted(Instant.now()))
                .json()
                .path("diagnosisId")
                .stringValue();
        run.run(new DiagnosisId(UUID.fromString(id)));

        assertThat(told).isEqualTo(id);
        JsonNode over = api.get("/diagnoses/" + id).json();
        assertThat(over.path("findings").valueStream()).anySatisfy(finding -> {
            assertThat(finding.path("kind").stringValue()).isEqualTo("vm-rebuilt-by-ha");
            assertThat(finding.path("nodeId").stringValue()).isEqualTo("n2");
        });
    }

    @Test
    void concludesNoDiagnosisWithoutWhatHasJoinedMeanwhile() {
        register("i1");
        String id = openWithoutJob("i1");
        var diagnosis = new DiagnosisId(UUID.fromString(id));
        var claim = diagnoses.claim(diagnosis, Instant.now()).orElseThrow();
        int before = diagnoses.told(diagnosis).size();
        api.post("/alarms", """
                {"alarmId": "A-3", "instanceId": "i1", "nodeId": "n1", "occurredAt": "%s", "clusterStatus": ""}
                """.formatted(Instant.now()));
        var judgement = unreachable("i1", "n1");

        assertThat(diagnoses.conclude(claim, before, judgement, Diagnoses.Taken.NOTHING, Instant.now()))
                .isEqualTo(Diagnoses.Conclusion.MORE_TOLD);
        assertThat(diagnoses.told(diagnosis)).hasSize(before + 1);
        assertThat(diagnoses.conclude(claim, before + 1, judgement, Diagnoses.Taken.NOTHING, Instant.now()))
                .isEqualTo(Diagnoses.Conclusion.WRITTEN);
        assertThat(diagnoses.conclude(claim, before + 1, judgement, Diagnoses.Taken.NOTHING, Instant.now()))
                .isEqualTo(Diagnoses.Conclusion.LOST);
    }

    private Judgement unreachable(String instance, String node) {
        var window = EvidenceWindow.around(Instant.now(), Duration.ofMinutes(10), Duration.ofMinutes(2));
        Node machine = instances
                .find(new InstanceId(instance))
                .flatMap(found -> found.node(new NodeId(node)))
                .orElseThrow();
        Reach reach = new Reach.NotIn(
                Instant.now(), Duration.ZERO, Reach.Obstacle.CONNECT_REFUSED, "nobody", Optional.of(true));
        return new Reasoner(YamlKnowledge.shipped())
                .judge(
                        machine.id(),
                        List.of(new NodeTestimony(
                                machine, EvidenceReader.read(machine.id(), reach, List.of(), window))),
                        window);
    }

    /** A diagnosis that no worker takes up: the test does. */
    private String openWithoutJob(String instance) {
        UUID id = UUID.randomUUID();
        jdbc.sql("""
                        insert into diagnosis (id, instance_id, node_id, mode, status, alarmed_at, queued_at)
                        values (:id, :instance, 'n1', 'SSH', 'QUEUED', now(), now())
                        """).param("id", id).param("instance", instance).update();
        return id.toString();
    }

    @Test
    void takesTheSameIdentifierAboutAnotherInstanceForAnotherAlarm() {
        register("i1");
        register("i2");

        JsonNode first = api.post("/alarms", alarm("5012947", "i1", "n1")).json();
        JsonNode second = api.post("/alarms", alarm("5012947", "i2", "n1")).json();

        assertThat(second.path("joined").booleanValue()).isFalse();
        assertThat(second.path("diagnosisId")).isNotEqualTo(first.path("diagnosisId"));
        assertThat(count("alarm")).isEqualTo(2);
    }

    @Test
    void countsTheAlarmsThatADiagnosisLooksAfter() {
        register("i1");
        api.post("/alarms", alarm("A-1", "i1", "n1"));
        String id = api.post("/alarms", alarm("A-2", "i1", "n2"))
                .json()
                .path("diagnosisId")
                .stringValue();

        assertThat(api.get("/diagnoses/" + id).json().path("alarms").intValue()).isBetween(1, 2);
        assertThat(count("alarm")).isEqualTo(2);
    }

    @Test
    void refusesARepresentationThatItDoesNotHaveBeforeItTakesTheAlarm() {
        register("i1");

        assertThat(api.post("/alarms", alarm("A-1", "i1", "n1"), "Accept", "text/plain")
                        .status())
                .isEqualTo(406);
        assertThat(count("alarm")).isZero();
    }

    static Stream<String> badQueries() {
        return Stream.of(
                "cause=%00",
                "cause=x",
                "since=%2B999999999-01-01T00:00:00Z",
                "until=soon",
                "limit=0",
                "limit=201",
                "status=SLEEPING",
                "instanceId=a%20b",
                "cursor=KzEwMDAwMDAtMDEtMDFUMDA6MDA6MDBafDAxYTIwNWZlLWVhNTgtNzViMi05NjQ2LTc0MzgzNjJhNjYwYg");
    }

    @ParameterizedTest
    @MethodSource("badQueries")
    void refusesAQueryThatCannotBeAnswered(String query) {
        assertThat(api.get("/diagnoses?" + query).status()).isEqualTo(400);
    }

    @Test
    void opensOneDiagnosisForManyAlarmsOfOneInstanceAtOnce() throws Exception {
        register("i1");
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Api.Answer>> senders = IntStream.range(0, 40)
                    .<Callable<Api.Answer>>mapToObj(i ->
                            () -> api.post("/alarms", alarm("A-" + i, "i1", i % 2 == 0 ? "n1" : "n2")))
                    .toList();
            List<Api.Answer> answers =
                    pool.invokeAll(senders).stream().map(Future::resultNow).toList();

            assertThat(answers).allSatisfy(a -> assertThat(a.status()).isEqualTo(202));
            assertThat(count("alarm")).isEqualTo(40);
            // A diagnosis that ended meanwhile is followed by another one, never accompanied by it.
            long opened = answers.stream()
                    .filter(a -> !a.json().path("joined").booleanValue())
                    .count();
            assertThat(count("diagnosis")).isEqualTo(opened);
            assertThat(jdbc.sql("select count(*) from alarm where state = 'OPENED'")
                            .query(Long.class)
                            .single())
                    .isEqualTo(opened);
        }
    }

    @Test
    void queuesNoJobForATransactionThatDoesNotCommit() {
        register("i1");
        var symptom = new Symptom(new InstanceId("i1"), new NodeId("n1"), null, Instant.now());

        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    diagnoses.open(symptom, Instant.now());
                    throw new IllegalStateException("after the job was queued");
                }))
                .hasMessage("after the job was queued");

        assertThat(count("diagnosis")).isZero();
        assertThat(count("scheduled_tasks where task_name = 'diagnosis'")).isZero();
    }

    @Test
    void keepsAnAlarmAboutAnUnknownInstanceAndTakesItOnceTheInstanceIsKnown() {
        String body = alarm("A-1", "i1", "n1");

        Api.Answer refused = api.post("/alarms", body);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().path("type").stringValue()).isEqualTo("urn:etcd-medic:problem:unknown-instance");
        JsonNode kept = api.get("/alarms?state=REJECTED").json().path("items");
        assertThat(kept.get(0).path("problem").stringValue()).isEqualTo("UNKNOWN_INSTANCE");
        assertThat(kept.get(0).path("body").stringValue()).isEqualTo(body);
        assertThat(count("diagnosis")).isZero();

        register("i1");
        assertThat(api.post("/alarms", body).status()).isEqualTo(202);
    }

    @Test
    void tellsAnUnknownNodeFromAnUnknownInstance() {
        register("i1");

        assertThat(api.post("/alarms", alarm("A-1", "i1", "n9"))
                        .json()
                        .path("type")
                        .stringValue())
                .isEqualTo("urn:etcd-medic:problem:unknown-node");
    }

    static Stream<Arguments> badAlarms() {
        String shell = "$(touch /tmp/etcd-medic-was-here); `id`";
        return Stream.of(
                arguments("{}", 400, List.of("/instanceId", "/nodeId", "/occurredAt")),
                arguments("not json", 400, List.of("")),
                arguments("", 400, List.of("")),
                arguments("[1, 2]", 400, List.of("")),
                arguments(
                        "{\"instanceId\": 1, \"nodeId\": null, \"occurredAt\": true}",
                        400,
                        List.of("/instanceId", "/nodeId", "/occurredAt")),
                arguments(
                        "{\"instanceId\": \"i1\", \"nodeId\": \"n1\", \"occurredAt\": \"2026-13-41 25:00\"}",
                        400,
                        List.of("/occurredAt")),
                arguments(
                        "{\"instanceId\": \"i1\", \"nodeId\": \"n1\", \"occurredAt\": \"2026-11-22T18:40:03\"}",
                        400,
                        List.of("/occurredAt")),
                arguments(
                        "{\"alarmId\": \"%1$s\", \"instanceId\": \"%1$s\", \"nodeId\": \"%1$s\", \"vmId\": \"%1$s\", \"occurredAt\": \"%1$s\"}"
                                .formatted(shell),
                        400,
                        List.of("/alarmId", "/instanceId", "/nodeId", "/vmId", "/occurredAt")),
                arguments("""
                        {"instanceId": "i1", "nodeId": "n1", "occurredAt": "2026-11-22T18:40:03+08:00",
                         "vmEvents": [{"type": "EXPLOSION", "occurredAt": "soon"}], "labels": {"a": {"b": 1}}}
                        """, 400, List.of("/vmEvents/0/type", "/vmEvents/0/occurredAt", "/labels/a")),
                arguments(
                        "{\"instanceId\": \"i1\", \"nodeId\": \"n1\", \"occurredAt\": \"2026-11-22 18:40:03Z\"}",
                        400,
                        List.of("/occurredAt")),
                arguments(
                        "{\"instanceId\": \"i1\", \"nodeId\": \"n1\", \"occurredAt\": \"2016-12-31T23:59:60Z\"}",
                        400,
                        List.of("/occurredAt")),
                arguments(
                        "{\"instanceId\": \"i1\", \"nodeId\": \"n1\", \"occurredAt\": \"2026-11-22T18:40:03Z\", \"name\": \"a\\u0000b\"}",
                        400,
                        List.of("")),
                arguments(
                        "{\"instanceId\": \"i1\", \"nodeId\": \"n1\", \"occurredAt\": \"2026-11-22T18:40:03Z\", \"labels\": {\"a\\u0000b\": \"c\"}}",
                        400,
                        List.of("")),
                arguments("{\"instanceId\": \"" + "x".repeat(1_000_000) + "\"}", 413, List.of()));
    }

    @ParameterizedTest
    @MethodSource("badAlarms")
    void namesEveryFieldThatIsWrongAndStoresNothingButTheRefusedAlarm(String body, int status, List<String> pointers) {
        Api.Answer answer = api.post("/alarms", body);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json()
                        .path("errors")
                        .valueStream()
                        .map(e -> e.path("pointer").stringValue()))
                .containsExactlyInAnyOrderElementsOf(pointers);
        assertThat(answer.text()).doesNotContain("touch");
        assertThat(count("alarm")).isEqualTo(1);
        assertThat(count("diagnosis")).isZero();
        assertThat(count("scheduled_tasks where task_name = 'diagnosis'")).isZero();
    }

    @Test
    void takesATextThatOnlyWritesOfTheCharacterThatCannotBeKept() {
        register("i1");

        Api.Answer answer = api.post("/alarms", """
                {"instanceId": "i1", "nodeId": "n1", "occurredAt": "2026-11-22T18:40:03Z", "name": "found \\\\u0000 in a name"}
                """);

        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        assertThat(jdbc.sql("select name from alarm").query(String.class).single())
                .isEqualTo("found \\u0000 in a name");
    }

    @ParameterizedTest
    @CsvSource({"16384, true", "16385, false"})
    void tellsOfARefusedBodyWhetherItIsKeptWhole(int characters, boolean whole) {
        api.post("/alarms", "x".repeat(characters));

        assertThat(jdbc.sql("select length(body) || ' ' || whole from alarm")
                        .query(String.class)
                        .single())
                .isEqualTo("16384 " + whole);
    }

    static Stream<Arguments> badInstances() {
        return Stream.of(
                arguments("{}", List.of("/nodes")),
                arguments("{\"nodes\": []}", List.of("/nodes")),
                arguments("{\"nodes\": [{}]}", List.of("/nodes/0/nodeId", "/nodes/0/host")),
                arguments(
                        "{\"nodes\": [{\"nodeId\": \"n1\", \"host\": \"a; reboot\", \"dbUser\": \"x y\", \"sshPort\": 99999}]}",
                        List.of("/nodes/0/host", "/nodes/0/dbUser", "/nodes/0/sshPort")),
                arguments(
                        "{\"nodes\": [{\"nodeId\": \"n1\", \"host\": \"h\", \"pass\": \"x\"}]}",
                        List.of("/nodes/0/pass")),
                arguments(
                        "{\"nodes\": [{\"nodeId\": \"n1\", \"host\": \"h\", \"paths\": {\"gaussHome\": \"../x\"}}]}",
                        List.of("/nodes/0/paths/gaussHome")),
                arguments(
                        "{\"nodes\": [{\"nodeId\": \"n1\", \"host\": \"h\"}, {\"nodeId\": \"n1\", \"host\": \"i\"}]}",
                        List.of("/nodes/1/nodeId")));
    }

    @ParameterizedTest
    @MethodSource("badInstances")
    void namesEveryFieldOfAnInstanceThatIsWrongAndStoresNothing(String body, List<String> pointers) {
        Api.Answer answer = api.put("/instances/i1", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json()
                        .path("errors")
                        .valueStream()
                        .map(e -> e.path("pointer").stringValue()))
                .containsExactlyInAnyOrderElementsOf(pointers);
        assertThat(count("instance")).isZero();
    }

    @Test
    void startsADiagnosisByHandAndJoinsTheOpenOne() {
        register("i1");
        String body = "{\"instanceId\": \"i1\", \"nodeId\": \"n1\"}";

        Api.Answer first = api.post("/diagnoses", body);

        assertThat(first.status()).isEqualTo(202);
        assertThat(api.get("/diagnoses/" + first.json().path("diagnosisId").stringValue())
                        .status())
                .isEqualTo(200);
        assertThat(api.post("/diagnoses", "{\"instanceId\": \"i2\", \"nodeId\": \"n1\"}")
                        .status())
                .isEqualTo(422);
    }

    @Test
    void pagesThroughDiagnosesNewestFirst() {
        for (int i = 0; i < 5; i++) {
            register("p" + i);
            api.post("/alarms", alarm("P-" + i, "p" + i, "n1"));
        }

        JsonNode first = api.get("/diagnoses?limit=3").json();
        JsonNode second = api.get(
                        "/diagnoses?limit=3&cursor=" + first.path("next").stringValue())
                .json();

        assertThat(Stream.concat(
                                first.path("items").valueStream(),
                                second.path("items").valueStream())
                        .map(d -> d.path("instanceId").stringValue()))
                .containsExactly("p4", "p3", "p2", "p1", "p0");
        assertThat(second.has("next")).isFalse();
        assertThat(api.get("/diagnoses?cursor=%21").status()).isEqualTo(400);
    }

    @Test
    void answersInTheReadersLanguage() {
        assertThat(api.get("/diagnoses/" + UUID.randomUUID(), "Accept-Language", "zh-CN,zh;q=0.9")
                        .json()
                        .path("title")
                        .stringValue())
                .isEqualTo("未找到");
        assertThat(api.get("/diagnoses/" + UUID.randomUUID(), "Accept-Language", "de")
                        .json()
                        .path("title")
                        .stringValue())
                .isEqualTo("Not found");
    }

    @Test
    void refusesAnApiVersionThatItDoesNotSpeak() {
        assertThat(api.get("/diagnoses", "API-Version", "1").status()).isEqualTo(200);
        assertThat(api.get("/diagnoses", "API-Version", "7").status()).isEqualTo(400);
    }
}
