package org.etcdmedic.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.etcdmedic.EtcdMedic;
import org.etcdmedic.diagnosis.Diagnoses;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.inventory.Node;
import org.etcdmedic.probe.Capture;
import org.etcdmedic.probe.Prober;
import org.etcdmedic.probe.Question;
import org.etcdmedic.probe.Reach;
import org.etcdmedic.probe.Visit;
import org.etcdmedic.testing.Api;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How far a diagnosis is, told while it runs: over real HTTP and a real database, of nodes that answer when the test lets them. */
@SpringBootTest(classes = EtcdMedic.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import({AlarmsIT.FreshDatabase.class, ProgressIT.AtCommand.class})
class ProgressIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final JsonMapper JSON = new JsonMapper();
    private static final Map<String, Semaphore> GATES = new ConcurrentHashMap<>();

    @TestConfiguration(proxyBeanMethods = false)
    static class AtCommand {
        /** Each step of a node waits for its gate; node n2 lets nobody in. */
        @Bean
        @Primary
        Prober gatedProber() {
            return (Node node, Instant deadline) -> {
                pass(node);
                return new Gated(node);
            };
        }
    }

    private static Semaphore gate(String node) {
        return GATES.computeIfAbsent(node, ignored -> new Semaphore(0));
    }

    private static void pass(Node node) {
        try {
            assertThat(gate(node.id().value()).tryAcquire(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private record Gated(Node node) implements Visit {
        @Override
        public Reach reach() {
            return node.id().value().equals("n2")
                    ? new Reach.NotIn(
                            Instant.EPOCH, Duration.ZERO, Reach.Obstacle.CONNECT_REFUSED, "nobody", Optional.of(true))
                    : new Reach.LoggedIn(Instant.EPOCH, Duration.ZERO, "OpenSSH", "");
        }

        @Override
        public List<Capture> ask(List<Question> questions) {
            pass(node);
            return questions.stream()
                    .<Capture>map(question -> new Capture.Answer(
                            UUID.randomUUID(),
                            node.id(),
                            question,
                            "",
                            Instant.now(),
                            Duration.ZERO,
                            Optional.of(0),
                            "",
                            "",
                            0,
                            false))
                    .toList();
        }

        @Override
        public void close() {}
    }

    /** An event as it came. */
    private record Event(String id, String name, JsonNode data) {
        String state(String node) {
            return data.path("nodes")
                    .valueStream()
                    .filter(n -> n.path("nodeId").stringValue().equals(node))
                    .findFirst()
                    .map(n -> n.path("state").stringValue())
                    .orElse("");
        }

        int answers(String node) {
            return data.path("nodes")
                    .valueStream()
                    .filter(n -> n.path("nodeId").stringValue().equals(node))
                    .mapToInt(n -> n.path("answers").intValue())
                    .sum();
        }
    }

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
        GATES.clear();
        for (String table : List.of("scheduled_tasks", "alarm", "diagnosis", "instance", "audit")) {
            jdbc.sql("delete from " + table).update();
        }
        api.put("/instances/i1", """
                {"nodes": [{"nodeId": "n1", "host": "127.0.0.1"}, {"nodeId": "n2", "host": "127.0.0.1"}]}
                """);
    }

    @Test
    void tellsHowFarEachNodeIsUntilTheVerdict() throws IOException, InterruptedException {
        String id = alarm();
        try (var events = listen(id, "")) {
            Event waiting = events.until(e -> e.state("n1").equals("WAITING"));
            assertThat(waiting.name()).isEqualTo("progress");
            assertThat(waiting.data().path("status").stringValue()).isEqualTo("RUNNING");
            assertThat(waiting.data().path("attempt").intValue()).isEqualTo(1);

            gate("n2").release();
            events.until(e -> e.state("n2").equals("NOT_IN"));
            gate("n1").release();
            assertThat(events.until(e -> e.state("n1").equals("ASKING")).answers("n1"))
                    .isZero();
            gate("n1").release();
            Event asked = events.until(e -> e.answers("n1") > 0);
            assertThat(api.get("/diagnoses/" + id).json().path("progress"))
                    .as("who asks now and then reads the same")
                    .isEqualTo(asked.data());

            gate("n1").release(1000);
            Event over = events.until(e -> e.name().equals("over"));
            assertThat(over.data().path("status").stringValue()).isEqualTo("COMPLETED");
            assertThat(over.data().path("nodes")).isEmpty();
            assertThat(events.next()).as("the end of the stream").isEmpty();
        }
        assertThat(api.get("/diagnoses/" + id).json().has("progress")).isFalse();
        assertThat(jdbc.sql("select count(*) from progress").query(Long.class).single())
                .isZero();
    }

    @Test
    void tellsTheEndToWhoComesLateAndSendsAwayWhoHasHeardIt() throws IOException, InterruptedException {
        String id = alarm();
        gate("n1").release(1000);
        gate("n2").release();
        api.await(id, d -> d.path("status").stringValue("").equals("COMPLETED"), PATIENCE);

        try (var events = listen(id, "")) {
            assertThat(events.next().map(Event::id)).contains("over");
            assertThat(events.next()).isEmpty();
        }
        assertThat(api.get("/diagnoses/" + id + "/events", "Last-Event-ID", "over")
                        .status())
                .isEqualTo(204);
        assertThat(api.get("/diagnoses/" + UUID.randomUUID() + "/events", "Accept", "text/event-stream")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void doesNotRepeatWhatAWatcherWhoComesBackHasHeard() throws IOException, InterruptedException {
        String id = alarm();
        Event last;
        try (var events = listen(id, "")) {
            last = events.until(e -> e.state("n1").equals("WAITING"));
        }
        try (var events = listen(id, last.id())) {
            gate("n2").release();
            assertThat(events.next().map(e -> e.state("n2"))).contains("NOT_IN");
        }
        gate("n1").release(1000);
    }

    @Test
    void tellsThatItWasCalledOff() throws IOException, InterruptedException {
        String id = alarm();
        try (var events = listen(id, "")) {
            events.until(e -> e.state("n1").equals("WAITING"));
            assertThat(api.post("/diagnoses/" + id + "/cancel", "").status()).isEqualTo(200);
            assertThat(events.until(e -> e.name().equals("over"))
                            .data()
                            .path("status")
                            .stringValue())
                    .isEqualTo("CANCELLED");
        }
        gate("n1").release(1000);
        gate("n2").release(1000);
    }

    @Test
    void watchersWhoDoNotReadHoldUpNobody() throws IOException, InterruptedException {
        String id = alarm();
        var deaf = new ArrayList<Socket>();
        try (var events = listen(id, "")) {
            for (int i = 0; i < 20; i++) {
                var socket = new Socket();
                socket.setReceiveBufferSize(1);
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                socket.getOutputStream()
                        .write(("GET /diagnoses/" + id + "/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                deaf.add(socket);
            }
            gate("n1").release(1000);
            gate("n2").release();
            events.until(e -> e.name().equals("over"));
        } finally {
            for (Socket socket : deaf) {
                socket.close();
            }
        }
    }

    @Test
    void onlyTheLatestWorkerNotesProgress() {
        String id = api.post("/diagnoses", "{\"instanceId\": \"i1\", \"nodeId\": \"n1\"}")
                .json()
                .path("diagnosisId")
                .stringValue();
        api.await(id, d -> d.path("progress").path("nodes").size() == 2, PATIENCE);
        var diagnosis = new DiagnosisId(UUID.fromString(id));
        var later = diagnoses.claim(diagnosis, Instant.now()).orElseThrow();

        assertThat(diagnoses.note(later, List.of())).isTrue();
        gate("n2").release(1000);
        gate("n1").release(1000);

        api.await(id, d -> d.path("progress").path("attempt").intValue() == 2, PATIENCE);
        assertThat(api.get("/diagnoses/" + id).json().path("progress").path("nodes"))
                .isEmpty();
        diagnoses.fail(later, "enough", Instant.now());
        assertThat(diagnoses.note(later, List.of())).isFalse();
    }

    private String alarm() {
        return api.post(
                        "/alarms",
                        "{\"instanceId\": \"i1\", \"nodeId\": \"n1\", \"occurredAt\": \"%s\"}".formatted(Instant.now()))
                .json()
                .path("diagnosisId")
                .stringValue();
    }

    private Events listen(String id, String heard) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(api.base() + "/diagnoses/" + id + "/events"))
                .timeout(PATIENCE)
                .header("Accept", "text/event-stream");
        if (!heard.isEmpty()) {
            request.header("Last-Event-ID", heard);
        }
        var client = HttpClient.newHttpClient();
        var response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/event-stream");
        assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
        return new Events(client, new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8)));
    }

    private record Events(HttpClient client, BufferedReader in) implements AutoCloseable {
        Event until(Predicate<Event> wanted) throws IOException {
            while (true) {
                Event event = next().orElseThrow(() -> new AssertionError("the stream ended"));
                if (wanted.test(event)) {
                    return event;
                }
            }
        }

        /** Empty at the end of the stream. */
        Optional<Event> next() throws IOException {
            String id = "";
            String name = "";
            String data = "";
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith("id:")) {
                    id = line.substring(3);
                } else if (line.startsWith("event:")) {
                    name = line.substring(6);
                } else if (line.startsWith("data:")) {
                    data = line.substring(5);
                } else if (line.isEmpty() && !name.isEmpty()) {
                    return Optional.of(new Event(id, name, JSON.readTree(data)));
                }
            }
            return Optional.empty();
        }

        @Override
        public void close() {
            client.shutdownNow();
        }
    }
}
