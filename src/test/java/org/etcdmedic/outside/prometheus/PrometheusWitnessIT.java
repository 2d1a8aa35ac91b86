package org.etcdmedic.outside.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.etcdmedic.evidence.Metric;
import org.etcdmedic.evidence.OutsideReader;
import org.etcdmedic.evidence.Reading;
import org.etcdmedic.inventory.Node;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.inventory.OsUser;
import org.etcdmedic.outside.Teller;
import org.etcdmedic.outside.Witness.Span;
import org.etcdmedic.platform.http.Courier;
import org.etcdmedic.probe.Capture;
import org.etcdmedic.probe.Question;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Prometheus' HTTP API (v1), spoken with a real HTTP server that can be as unpleasant as a test wants. */
class PrometheusWitnessIT {
    private static final String ANSWER = """
            {"status":"success","data":{"resultType":"matrix","result":[
              {"metric":{"device":"vdb","instance":"192.0.2.1:9100"},
               "values":[[1795430403,"0.002"],[1795430418.5,"NaN"],[1795430433,"+Inf"],[1795430448,"3.5e-1"]]}]}}
            """;
    private static final Node NODE = new Node(
            new NodeId("n1"),
            "vm-1",
            "192.0.2.1",
            22,
            "ops",
            null,
            new OsUser("Ruby"),
            new Node.StatedEtcd("198.51.100.1", 2379, 2380),
            Node.StatedPaths.NOTHING);

    @TempDir
    Path directory;

    private static PrometheusSettings settings(String url, String token, Map<String, String> queries) {
        return new PrometheusSettings(
                url,
                token,
                "",
                "",
                "",
                new PrometheusSettings.Selector("instance", "{host}:9100"),
                new PrometheusSettings.EtcdSelector("instance", "{etcdAddress}:{etcdClientPort}"),
                queries,
                new PrometheusSettings.Times(
                        Duration.ofMinutes(30), Duration.ofSeconds(15), Duration.ofMinutes(1), Duration.ofSeconds(2)));
    }

    private static PrometheusWitness witness(PrometheusSettings settings) {
        return new PrometheusWitness(
                settings,
                MetricQueries.with(settings.queries()),
                new Courier(settings.times().limit(), Optional.empty(), Clock.systemUTC()),
                Clock.systemUTC());
    }

    private static Span span() {
        Instant now = Instant.now();
        return new Span(now.minusSeconds(600), now, now.plusSeconds(20));
    }

    private static Question question(PrometheusWitness witness, String metric) {
        return witness.questions(NODE, span()).stream()
                .filter(q -> metric.equals(q.arguments().get("metric")))
                .findFirst()
                .orElseThrow();
    }

    private static Capture ask(Teller teller) {
        PrometheusWitness witness = witness(settings(teller.url(), "", Map.of()));
        return witness.ask(NODE, question(witness, "disk-write-latency"), span());
    }

    private static Reading.Unknown<Metric> gap(Capture capture) {
        return (Reading.Unknown<Metric>) OutsideReader.metric(capture);
    }

    @Test
    void readsTheNumbersOfARange() {
        try (var teller = new Teller(exchange -> Teller.send(exchange, 200, ANSWER))) {
            Metric metric = OutsideReader.metric(ask(teller)).known().orElseThrow();

            assertThat(metric.id()).isEqualTo("disk-write-latency");
            assertThat(metric.resolution()).isEqualTo(Duration.ofSeconds(75));
            assertThat(metric.series().getFirst().label("device")).isEqualTo("vdb");
            assertThat(metric.series().getFirst().points())
                    .containsExactly(
                            new Metric.Point(Instant.ofEpochSecond(1_795_430_403), 0.002),
                            new Metric.Point(Instant.ofEpochSecond(1_795_430_448), 0.35));
            assertThat(teller.asked().getFirst().target())
                    .startsWith("/api/v1/query_range?query=")
                    .contains("instance%3D%22192.0.2.1%3A9100%22", "step=15s")
                    .doesNotContain("{{");
        }
    }

    @Test
    void putsNothingOfTheInventoryIntoAQueryAsPromQl() {
        var settings = new PrometheusSettings(
                "http://127.0.0.1:1",
                "",
                "",
                "",
                "",
                new PrometheusSettings.Selector("nodename", "{host}\"} or vector(1) #\\"),
                new PrometheusSettings.EtcdSelector("instance", "x"),
                Map.of(),
                new PrometheusSettings.Times(
                        Duration.ofMinutes(30), Duration.ofSeconds(15), Duration.ofMinutes(1), Duration.ofSeconds(2)));

        assertThat(question(witness(settings), "memory-available").arguments().get("query"))
                .contains("nodename=\"192.0.2.1\\\"} or vector(1) #\\\\\"");
    }

    @Test
    void asksForADefaultInAnotherWayAndForNothingThatIsSwitchedOff() {
        PrometheusWitness witness =
                witness(settings("http://127.0.0.1:1", "", Map.of("cpu-busy", "my:cpu{ {{node}} }", "cpu-steal", "")));

        assertThat(question(witness, "cpu-busy").arguments())
                .containsEntry("query", "my:cpu{ instance=\"192.0.2.1:9100\" }")
                .containsEntry("needed", "true");
        assertThat(witness.questions(NODE, span()))
                .noneMatch(q -> "cpu-steal".equals(q.arguments().get("metric")));
    }

    @Test
    void asksNothingWhereNothingIsConfigured() {
        assertThat(witness(settings("", "", Map.of())).questions(NODE, span())).isEmpty();
    }

    @Test
    void showsItsTokenToPrometheusAndToNobodyElse() throws IOException {
        Path file = Files.writeString(directory.resolve("token"), "s3cr3t-bearer\n");
        try (var other = new Teller(exchange -> Teller.send(exchange, 200, ANSWER));
                var teller = new Teller(exchange -> {
                    exchange.getResponseHeaders().add("Location", other.url() + "/elsewhere");
                    Teller.send(exchange, 302, "");
                })) {
            PrometheusWitness witness =
                    witness(settings(teller.url(), file.toUri().toString().replace("///", "/"), Map.of()));
            Capture capture = witness.ask(NODE, question(witness, "cpu-busy"), span());

            assertThat(teller.asked().getFirst().header("Authorization")).isEqualTo("Bearer s3cr3t-bearer");
            assertThat(other.asked()).isEmpty();
            assertThat(gap(capture).detail()).isEqualTo("HTTP 302");
            assertThat(capture.toString()).doesNotContain("s3cr3t-bearer");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 422, 429, 500, 503})
    void tellsWhatItWasRefusedWith(int status) {
        try (var teller = new Teller(exchange -> Teller.send(exchange, status, "{\"status\":\"error\"}"))) {
            assertThat(gap(ask(teller)).detail()).contains(String.valueOf(status));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>login</html>",
                "[]",
                "{}",
                "{\"status\":\"success\"}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[]}}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[{\"values\":[[\"x\",null],[1]]}]}}"
            })
    void takesNoNonsenseForMetrics(String body) {
        try (var teller = new Teller(exchange -> Teller.send(exchange, 200, body))) {
            assertThat(OutsideReader.metric(ask(teller)).known()).isEmpty();
        }
    }

    @Test
    void endsWhenTheAnswerOnlyDrips() {
        try (var teller = new Teller(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                for (int i = 0; i < 300; i++) {
                    out.write(' ');
                    out.flush();
                    Thread.sleep(100); // This is the drip itself.
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        })) {
            Instant begun = Instant.now();

            assertThat(OutsideReader.metric(ask(teller)).known()).isEmpty();
            assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void takesNoMoreThanTheLimit() {
        try (var teller = new Teller(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] flood = "x".repeat(65_536).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 64; i++) {
                exchange.getResponseBody().write(flood);
            }
        })) {
            Capture capture = ask(teller);

            assertThat(gap(capture).detail()).isEqualTo("its answer is too large");
            assertThat(((Capture.Answer) capture).text()).hasSizeLessThanOrEqualTo(1_048_576);
        }
    }

    @Test
    void tellsThatNobodyListens() {
        PrometheusWitness witness = witness(settings("http://127.0.0.1:1", "", Map.of()));

        assertThat(gap(witness.ask(NODE, question(witness, "cpu-busy"), span())).detail())
                .isEqualTo("the connection is refused");
    }

    @Test
    void correctsTimesByTheAnsweringClock() {
        try (var teller = new Teller(exchange -> Teller.send(exchange, 200, ANSWER))) {
            // The JDK's server writes its own date: what differs is our clock.
            Clock behind = Clock.offset(Clock.systemUTC(), Duration.ofHours(-1));
            PrometheusSettings settings = settings(teller.url(), "", Map.of());
            var witness = new PrometheusWitness(
                    settings,
                    MetricQueries.shipped(),
                    new Courier(Duration.ofSeconds(2), Optional.empty(), behind),
                    behind);
            var span = new Span(
                    behind.instant(), behind.instant(), behind.instant().plusSeconds(20));

            Metric metric = OutsideReader.metric(witness.ask(NODE, question(witness, "disk-write-latency"), span))
                    .known()
                    .orElseThrow();

            assertThat(metric.series().getFirst().points().getFirst().at())
                    .isBetween(
                            Instant.ofEpochSecond(1_795_430_403 - 3_605), Instant.ofEpochSecond(1_795_430_403 - 3_595));
        }
    }

    @Test
    void refusesSettingsThatCannotWorkWithoutRepeatingThem() {
        assertThatThrownBy(() -> settings("http://user:pa55@host", "pa55word", Map.of("Wrong Name", "up")))
                .hasMessageContaining("medic.prometheus.url")
                .hasMessageContaining("medic.prometheus.bearer-token")
                .hasMessageContaining("medic.prometheus.queries")
                .message()
                .doesNotContain("pa55");
    }

    @Test
    void shipsEveryMetricThatIsJudged() {
        assertThat(MetricQueries.shipped().stream().map(MetricQuery::id))
                .containsAll(List.of(
                        "disk-write-latency",
                        "disk-utilisation",
                        "cpu-busy",
                        "cpu-steal",
                        "memory-available",
                        "etcd-wal-sync",
                        "etcd-commit",
                        "filesystem-size"));
    }
}
