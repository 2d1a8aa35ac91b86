package org.etcdmedic.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.etcdmedic.practice.HealthyNodes;
import org.etcdmedic.testing.Api;
import org.etcdmedic.testing.Collector;
import org.etcdmedic.testing.Collector.Kept;
import org.etcdmedic.testing.Database;
import org.etcdmedic.testing.ServiceProcess;
import org.etcdmedic.testing.TargetStandIn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One case is one trace, and its log lines name it: over the queue, over threads, and over the death of a worker. */
class TracesIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SENDER = "00f067aa0ba902b7";
    private static final JsonMapper JSON = new JsonMapper();

    /** All that may stand in a span: none of it is a command, an answer or a secret. */
    private static final List<String> ATTRIBUTES = List.of(
            "error",
            "error.type",
            "exception",
            "http.request.method",
            "http.response.status_code",
            "http.url",
            "medic.cause",
            "medic.diagnosis",
            "medic.node",
            "medic.ticket",
            "method",
            "outcome",
            "probe",
            "result",
            "server.address",
            "server.port",
            "side",
            "status",
            "target",
            "uri");

    @TempDir
    Path directory;

    @Test
    void leadFromTheAlarmToTheVerdictWithALineOfJsonForEachLineOfTheLog() throws IOException {
        Path log = directory.resolve("service.log");
        try (var collector = new Collector();
                HealthyNodes nodes = HealthyNodes.start(directory.resolve("practice"))) {
            String id;
            try (ServiceProcess service = ServiceProcess.start(
                    Database.fresh(),
                    log,
                    settings(
                            nodes.settings(),
                            collector,
                            "logging.structured.format.console=ecs",
                            // What is noted on the thread of a node's visit is a line of the log.
                            "medic.ssh.host-keys=trust-on-first-use",
                            "medic.ssh.known-hosts=file:" + Files.createFile(directory.resolve("known_hosts"))))) {
                Api api = service.api();
                assertThat(api.put("/instances/practice", nodes.document()).status())
                        .isIn(200, 201);
                id = alarm(api, "practice", "practice-node-3");
                api.await(id, diagnosis -> status(diagnosis).equals("COMPLETED"), PATIENCE);

                List<Kept> spans =
                        collector.await(TRACE, all -> named(all, "diagnosis").size() == 1);
                assertIsOneCase(spans, id);
                assertThat(api.get("/diagnoses/" + id).status()).isEqualTo(200);
                assertThat(alarmUnknown(api).json().path("traceId").stringValue())
                        .as("a problem tells by which trace it is found")
                        .isEqualTo(TRACE);
            }
            assertThat(collector.spans())
                    .as("reading without a caller's trace is not traced")
                    .noneMatch(span -> span.name().startsWith("http get"));
            assertNamedInTheLog(log, id);
        }
    }

    private void assertIsOneCase(List<Kept> spans, String id) {
        Map<String, Kept> byId = spans.stream().collect(Collectors.toMap(Kept::id, span -> span));
        Kept intake = named(spans, "http post /alarms").getFirst();
        Kept run = named(spans, "diagnosis").getFirst();
        assertThat(intake.parent()).isEqualTo(SENDER);
        assertThat(intake.attributes()).containsEntry("medic.diagnosis", id);
        assertThat(run.parent())
                .as("the job stands below the request that queued it")
                .isEqualTo(intake.id());
        assertThat(run.attributes()).containsEntry("medic.diagnosis", id).containsKey("medic.cause");
        assertThat(named(spans, "wait in the queue"))
                .singleElement()
                .extracting(Kept::parent)
                .isEqualTo(intake.id());
        assertThat(named(spans, "visit"))
                .hasSize(3)
                .allSatisfy(visit -> assertThat(visit.parent()).isEqualTo(run.id()))
                .extracting(visit -> visit.attributes().get("medic.node"))
                .containsExactlyInAnyOrder("practice-node-1", "practice-node-2", "practice-node-3");
        assertThat(named(spans, "connect"))
                .hasSize(3)
                .allSatisfy(
                        connect -> assertThat(byId.get(connect.parent()).name()).isEqualTo("visit"));
        List<Kept> probes =
                spans.stream().filter(span -> span.name().startsWith("probe ")).toList();
        assertThat(probes)
                .hasSizeGreaterThan(30)
                .allSatisfy(probe -> assertThat(byId.get(probe.parent()).name()).isEqualTo("visit"))
                .allSatisfy(probe -> assertThat(probe.attributes().get("medic.node"))
                        .isEqualTo(byId.get(probe.parent()).attributes().get("medic.node")));
        for (String step : List.of("judge", "conclude")) {
            assertThat(named(spans, step))
                    .singleElement()
                    .extracting(Kept::parent)
                    .isEqualTo(run.id());
        }
        assertThat(spans)
                .allSatisfy(span ->
                        assertThat(ATTRIBUTES).containsAll(span.attributes().keySet()));
    }

    private static void assertNamedInTheLog(Path log, String id) throws IOException {
        List<JsonNode> lines =
                Files.readAllLines(log).stream().map(JSON::readTree).toList();
        assertThat(lines).hasSizeGreaterThan(10);
        List<JsonNode> ours = lines.stream()
                .filter(line -> line.path("diagnosis").stringValue("").equals(id))
                .toList();
        assertThat(ours)
                .anySatisfy(
                        line -> assertThat(line.path("message").stringValue()).contains("concluded after"))
                .allSatisfy(
                        line -> assertThat(line.path("instance").stringValue()).isEqualTo("practice"))
                .allSatisfy(
                        line -> assertThat(line.path("traceId").stringValue()).isEqualTo(TRACE));
        assertThat(ours.stream().map(line -> line.path("node").stringValue("")).filter(node -> !node.isEmpty()))
                .as("lines that were written on the threads of the visits")
                .containsExactlyInAnyOrder("practice-node-1", "practice-node-2", "practice-node-3");
        assertThat(lines)
                .filteredOn(line -> line.path("message").stringValue("").contains(id))
                .as("lines of the job, each with the diagnosis as a field")
                .isNotEmpty()
                .allSatisfy(line ->
                        assertThat(line.path("diagnosis").stringValue("")).isEqualTo(id));
    }

    @Test
    void surviveAKilledWorker() throws Exception {
        Replica.prepare(directory);
        JdbcConnectionDetails database = Database.fresh();
        Path log = directory.resolve("first.log");
        // A node that takes the connection and says nothing keeps the diagnosis running until its deadline.
        try (var collector = new Collector();
                var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String[] settings = settings(Arrays.asList(Replica.settings(directory)), collector);
            String id;
            ServiceProcess first = ServiceProcess.start(database, log, settings);
            try {
                Replica.register(first.api(), "i1", silent.getLocalPort());
                id = alarm(first.api(), "i1", "n1");
                collector.await(TRACE, all -> !named(all, "http post /alarms").isEmpty());
                first.api().await(id, diagnosis -> status(diagnosis).equals("RUNNING"), PATIENCE);
            } finally {
                first.kill();
            }
            // This one is told by the environment, in the words that every program with OpenTelemetry knows.
            try (ServiceProcess second = ServiceProcess.launch(
                    database,
                    directory.resolve("second.log"),
                    Map.of("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", collector.address()),
                    Replica.settings(directory))) {
                second.awaitUp();
                second.api().await(id, diagnosis -> status(diagnosis).equals("COMPLETED"), PATIENCE);
                List<Kept> spans =
                        collector.await(TRACE, all -> !named(all, "diagnosis").isEmpty());
                assertThat(named(spans, "diagnosis"))
                        .as("the second worker's run, below the request that the first one took")
                        .singleElement()
                        .extracting(Kept::parent)
                        .isEqualTo(named(spans, "http post /alarms").getFirst().id());
            }
            assertThat(Files.readString(directory.resolve("second.log")))
                    .as("the plain pattern names the case too")
                    .containsPattern("\\[" + id + " i1 " + TRACE + "] ");
        }
    }

    @Test
    void leadOnToTheDeliveryWithoutTheKeysThatAreInATargetsAddress() throws Exception {
        Replica.prepare(directory);
        List<String> secrets = List.of("PathOfTheRobot", "TokenOfTheRobot", "SECkeyOfTheRobot");
        Path log = directory.resolve("delivery.log");
        Path address = directory.resolve("address");
        try (var collector = new Collector();
                var robot = new TargetStandIn()) {
            var asked = new AtomicInteger();
            robot.answers(request -> new TargetStandIn.Reply(
                    asked.getAndIncrement() == 0 ? 503 : 200, "{\"errcode\": 0, \"errmsg\": \"ok\"}", Map.of()));
            Files.writeString(address, robot.url() + "/" + secrets.get(0) + "/send?access_token=" + secrets.get(1));
            String[] settings = settings(
                    Arrays.asList(Replica.settings(directory)),
                    collector,
                    "logging.structured.format.console=ecs",
                    "medic.tickets.targets.robot.preset=dingtalk",
                    "medic.tickets.targets.robot.url=file:" + address,
                    "medic.tickets.targets.robot.secret=file:"
                            + Files.writeString(directory.resolve("key"), secrets.get(2)),
                    "medic.tickets.rules[0].outcomes=CONFIRMED,LIKELY,UNDETERMINED,NO_FAULT_FOUND,FAILED",
                    "medic.tickets.rules[0].to=robot");
            try (ServiceProcess service = ServiceProcess.start(Database.fresh(), log, settings)) {
                Replica.register(service.api(), "i1", 1);
                String id = alarm(service.api(), "i1", "n1");
                List<Kept> spans =
                        collector.await(TRACE, all -> named(all, "deliver").size() == 2);
                assertIsDelivered(spans, id, robot.url());
                assertThat(robot.received())
                        .hasSize(2)
                        .allSatisfy(request -> assertThat(request.path()).contains(secrets.get(0), secrets.get(1)))
                        .allSatisfy(request -> assertThat(request.headers())
                                .as("nothing of the trace goes to the target")
                                .doesNotContainKey("traceparent"));
                assertThat(collector.text()).contains("deliver").doesNotContain(secrets);
                assertThat(tags(service.api(), "medic.delivery"))
                        .containsExactlyInAnyOrder("error", "result", "target");
                assertThat(tags(service.api(), "medic.exchange"))
                        .containsExactlyInAnyOrder("error", "method", "status");
                assertThat(Files.readAllLines(log).stream().map(JSON::readTree))
                        .as("the lines of the delivery name the case and the trace")
                        .filteredOn(line -> line.path("message").stringValue("").contains("is not delivered"))
                        .singleElement()
                        .satisfies(line -> {
                            assertThat(line.path("diagnosis").stringValue("")).isEqualTo(id);
                            assertThat(line.path("traceId").stringValue("")).isEqualTo(TRACE);
                        });
            }
            assertThat(Files.readString(log)).doesNotContain(secrets);
        }
    }

    private static void assertIsDelivered(List<Kept> spans, String id, String url) {
        Map<String, Kept> byId = spans.stream().collect(Collectors.toMap(Kept::id, span -> span));
        assertThat(named(spans, "deliver"))
                .as("each attempt stands below the step that made the ticket with the verdict")
                .allSatisfy(one -> assertThat(byId.get(one.parent()).name()).isEqualTo("conclude"))
                .allSatisfy(one -> assertThat(one.attributes())
                        .containsEntry("medic.diagnosis", id)
                        .containsEntry("target", "robot")
                        .containsKey("medic.ticket"))
                .extracting(one -> one.attributes().get("result"))
                .containsExactlyInAnyOrder("later", "accepted");
        assertThat(named(spans, "POST"))
                .as("named as OpenTelemetry names what an HTTP client does")
                .allSatisfy(one -> assertThat(byId.get(one.parent()).name()).isEqualTo("deliver"))
                .allSatisfy(one -> assertThat(one.attributes())
                        .containsEntry("http.request.method", "POST")
                        .containsEntry("server.address", URI.create(url).getHost())
                        .containsEntry(
                                "server.port", Integer.toString(URI.create(url).getPort())))
                .extracting(
                        one -> one.attributes().get("http.response.status_code"),
                        one -> one.attributes().get("error.type"))
                .containsExactlyInAnyOrder(tuple("503", "503"), tuple("200", null));
        assertThat(spans)
                .allSatisfy(span ->
                        assertThat(ATTRIBUTES).containsAll(span.attributes().keySet()));
    }

    private static List<String> tags(Api api, String metric) {
        return api.get("/actuator/metrics/" + metric)
                .json()
                .path("availableTags")
                .valueStream()
                .map(tag -> tag.path("tag").stringValue())
                .toList();
    }

    private static String[] settings(List<String> settings, Collector collector, String... further) {
        List<String> names = Stream.of(further)
                .map(one -> one.substring(0, one.indexOf('=')))
                .toList();
        var all = new ArrayList<>(settings.stream()
                .filter(one -> names.stream().noneMatch(name -> one.startsWith(name + "=")))
                .toList());
        all.addAll(Arrays.asList(collector.settings()));
        all.addAll(Arrays.asList(further));
        return all.toArray(String[]::new);
    }

    private static List<Kept> named(List<Kept> spans, String name) {
        return spans.stream().filter(span -> span.name().equals(name)).toList();
    }

    private static String status(JsonNode diagnosis) {
        return diagnosis.path("status").stringValue("");
    }

    private static String alarm(Api api, String instance, String node) {
        Api.Answer answer = api.post(
                "/alarms",
                """
                {"alarmId": "a1", "instanceId": "%s", "nodeId": "%s", "occurredAt": "%s"}
                """.formatted(instance, node, Instant.now()),
                "traceparent",
                "00-" + TRACE + "-" + SENDER + "-01");
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return answer.json().path("diagnosisId").stringValue();
    }

    private static Api.Answer alarmUnknown(Api api) {
        return api.post("/alarms", """
                {"alarmId": "a2", "instanceId": "nobody", "nodeId": "n1", "occurredAt": "%s"}
                """.formatted(Instant.now()), "traceparent", "00-" + TRACE + "-" + SENDER + "-01");
    }
}
