package org.etcdmedic.outside.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.etcdmedic.evidence.MachineRecord;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The compute API's documented answers, served by a real HTTP server that can also be unpleasant. */
class ComputeWitnessIT {
    private static final Path RECORDED = Path.of("src/test/resources/compute");
    private static final String MACHINE = "9128d044-7b61-403e-b766-7547076ff6c1";
    private static final String TOKEN = "gAAAAAB-t0ken-";

    @TempDir
    Path directory;

    private Path password = Path.of("");
    private final Instant now = Instant.now();
    private final AtomicInteger tokens = new AtomicInteger();

    @BeforeEach
    void writePassword() throws IOException {
        password = Files.writeString(directory.resolve("password"), "pa55word\n");
    }

    private static Node node(String machine) {
        return new Node(
                new NodeId("n1"),
                machine,
                "192.0.2.1",
                22,
                "ops",
                null,
                new OsUser("Ruby"),
                Node.StatedEtcd.NOTHING,
                Node.StatedPaths.NOTHING);
    }

    private ComputeSettings settings(String url) {
        return new ComputeSettings(
                url + "/v3",
                "",
                "RegionOne",
                "public",
                new ComputeSettings.User("medic", "Default", "file:" + password, "gauss", "Default"),
                new ComputeSettings.ApplicationCredential("", ""),
                "",
                Duration.ofSeconds(2));
    }

    private ComputeWitness witness(String url) {
        var courier = new Courier(Duration.ofSeconds(2), Optional.empty(), Clock.systemUTC());
        return new ComputeWitness(
                settings(url), new TokenDesk(settings(url), courier, Clock.systemUTC()), courier, Clock.systemUTC());
    }

    private String recorded(String name, HttpExchange exchange) {
        try {
            LocalDateTime evacuated = LocalDateTime.ofInstant(now.minusSeconds(300), ZoneOffset.UTC);
            return Files.readString(RECORDED.resolve(name))
                    .replace("@HERE@", "http://" + exchange.getRequestHeaders().getFirst("Host"))
                    .replace("@EVACUATED@", evacuated.toString())
                    .replace("@ENDED@", evacuated.plusSeconds(90).toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A cloud on which all is as documented. */
    private void documented(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.equals("/v3/auth/tokens")) {
            exchange.getResponseHeaders().add("X-Subject-Token", TOKEN + tokens.incrementAndGet());
            Teller.send(exchange, 201, recorded("token.json", exchange));
        } else if (!(TOKEN + tokens.get()).equals(exchange.getRequestHeaders().getFirst("X-Auth-Token"))) {
            Teller.send(exchange, 401, "{\"error\": {\"code\": 401}}");
        } else if (path.endsWith("/servers")) {
            Teller.send(exchange, 200, "{\"servers\": []}");
        } else if (!path.contains(MACHINE) && !path.endsWith("os-migrations")) {
            Teller.send(exchange, 404, "{\"itemNotFound\": {\"code\": 404}}");
        } else if (path.endsWith("os-migrations")) {
            Teller.send(exchange, 200, recorded("migrations.json", exchange));
        } else if (path.endsWith("os-instance-actions")) {
            Teller.send(exchange, 200, recorded("actions.json", exchange));
        } else if (path.contains("/os-instance-actions/")) {
            Teller.send(exchange, 200, recorded("action.json", exchange));
        } else {
            Teller.send(exchange, 200, recorded("server.json", exchange));
        }
    }

    private List<Capture> captures(ComputeWitness witness, String machine) {
        Node node = node(machine);
        var span = new Span(now.minusSeconds(600), now, now.plusSeconds(60));
        var captures = new ArrayList<Capture>();
        var waiting = new ArrayList<Question>(witness.questions(node, span));
        while (!waiting.isEmpty()) {
            Capture capture = witness.ask(node, waiting.removeFirst(), span);
            captures.add(capture);
            waiting.addAll(witness.more(node, capture, span));
        }
        return captures;
    }

    private MachineRecord ask(Teller teller) {
        return OutsideReader.read(new NodeId("n1"), captures(witness(teller.url()), MACHINE))
                .machine();
    }

    private static String gap(Reading<?> reading) {
        return reading instanceof Reading.Unknown<?> unknown ? unknown.detail() : "known";
    }

    @Test
    void readsWhatWasDoneToAMachine() {
        try (var teller = new Teller(this::documented)) {
            MachineRecord record = ask(teller);

            assertThat(record.server().known().orElseThrow().status()).isEqualTo("ACTIVE");
            assertThat(record.actions().known().orElseThrow()).hasSize(2).last().satisfies(action -> {
                assertThat(action.kind()).isEqualTo("evacuate");
                assertThat(action.user()).isEqualTo("masakari");
                assertThat(Duration.between(action.startedAt(), action.endedAt().orElseThrow()))
                        .isEqualTo(Duration.ofSeconds(90));
                assertThat(action.failed()).isFalse();
            });
            // That of another machine is left out.
            assertThat(record.migrations().known().orElseThrow())
                    .singleElement()
                    .satisfies(migration -> assertThat(migration.kind()).isEqualTo("evacuation"));
            assertThat(tokens).hasValue(1);
        }
    }

    @Test
    void keepsNoSecret() {
        try (var teller = new Teller(this::documented)) {
            String kept = captures(witness(teller.url()), MACHINE).toString();

            assertThat(kept)
                    .contains("ACTIVE")
                    .doesNotContain(TOKEN, "pa55word", "hunter2", "IyEvYmluL2Jhc2gKZWNobyBodW50ZXIy");
            assertThat(teller.asked().getFirst().body()).contains("\"password\":\"pa55word\"");
        }
    }

    @Test
    void renewsATokenThatIsNotTakenAnyMore() {
        try (var teller = new Teller(this::documented)) {
            ComputeWitness witness = witness(teller.url());
            captures(witness, MACHINE);
            tokens.incrementAndGet(); // Withdrawn.

            MachineRecord record = OutsideReader.read(new NodeId("n1"), captures(witness, MACHINE))
                    .machine();

            assertThat(record.server().known()).isPresent();
            assertThat(record.actions().known()).isPresent();
            assertThat(tokens).hasValue(3);
        }
    }

    @Test
    void asksAnOlderApiInItsOwnVersion() {
        try (var teller = new Teller(exchange -> {
            boolean tooNew = "compute 2.59".equals(exchange.getRequestHeaders().getFirst("OpenStack-API-Version"));
            if (tooNew) {
                Teller.send(exchange, 406, "{\"computeFault\": {\"code\": 406}}");
            } else {
                documented(exchange);
            }
        })) {
            // Health asks before the first diagnosis does.
            assertThat(witness(teller.url()).trouble()).isEmpty();
            assertThat(ask(teller).actions().known()).isPresent();
            assertThat(teller.asked())
                    .anySatisfy(asked ->
                            assertThat(asked.header("OpenStack-API-Version")).isEqualTo("compute 2.23"));
        }
    }

    @Test
    void tellsThatAMachineIsNotKnown() {
        try (var teller = new Teller(this::documented)) {
            MachineRecord record = OutsideReader.read(
                            new NodeId("n1"), captures(witness(teller.url()), "another-machine"))
                    .machine();

            assertThat(gap(record.server())).contains("does not know this machine");
        }
    }

    @Test
    void asksNothingOfAMachineWithoutAName() {
        var span = new Span(now, now, now);
        assertThat(witness("http://127.0.0.1:1").questions(node(".."), span)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 429, 500, 503})
    void tellsWhatTheIdentityServiceRefusedWith(int status) {
        try (var teller = new Teller(exchange -> Teller.send(exchange, status, "{}"))) {
            assertThat(gap(ask(teller).server())).isEqualTo("the identity service answers HTTP " + status);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 403, 429, 500, 503})
    void tellsWhatTheComputeApiRefusedWith(int status) {
        try (var teller = new Teller(exchange -> {
            if (exchange.getRequestURI().getPath().startsWith("/v3")) {
                documented(exchange);
            } else {
                Teller.send(exchange, status, "{}");
            }
        })) {
            assertThat(gap(ask(teller).actions())).isEqualTo("HTTP " + status);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "[]",
                "{}",
                "{\"instanceActions\": {}, \"server\": [], \"migrations\": 7}",
                "{\"instanceActions\": [7, {\"action\": [], \"start_time\": {}}], \"server\": {\"status\": {}}, \"migrations\": [null]}"
            })
    void takesNoNonsenseForARecord(String body) {
        try (var teller = new Teller(exchange -> {
            if (exchange.getRequestURI().getPath().startsWith("/v3")) {
                documented(exchange);
            } else {
                Teller.send(exchange, 200, body);
            }
        })) {
            MachineRecord record = ask(teller);

            assertThat(record.server().known()).isEmpty();
            assertThat(record.actions().known().orElse(List.of())).isEmpty();
        }
    }

    @Test
    void endsWhenNoAnswerComes() {
        try (var teller = new Teller(exchange -> {
            try {
                Thread.sleep(6_000); // The slowness itself.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        })) {
            assertThat(gap(ask(teller).server())).isEqualTo("the identity service: no answer in time");
        }
    }

    @Test
    void takesNoMoreThanTheLimit() {
        try (var teller = new Teller(exchange -> {
            if (exchange.getRequestURI().getPath().startsWith("/v3")) {
                documented(exchange);
            } else {
                Teller.send(exchange, 200, " ".repeat(2_000_000) + "{}");
            }
        })) {
            assertThat(gap(ask(teller).actions())).isEqualTo("its answer is too large");
        }
    }

    @Test
    void refusesSettingsThatCannotWorkWithoutRepeatingThem() {
        assertThatThrownBy(() -> new ComputeSettings(
                        "http://user:pa55@host",
                        "",
                        "",
                        "public",
                        new ComputeSettings.User("", "", "", "", ""),
                        new ComputeSettings.ApplicationCredential("app", "pa55word"),
                        "",
                        Duration.ofSeconds(2)))
                .hasMessageContaining("medic.compute.identity-url")
                .hasMessageContaining("the password or secret is not file:/...")
                .message()
                .doesNotContain("pa55");
    }
}
