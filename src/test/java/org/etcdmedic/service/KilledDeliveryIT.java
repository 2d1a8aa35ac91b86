package org.etcdmedic.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.jcraft.jsch.JSchException;
import com.standardwebhooks.Webhook;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.etcdmedic.testing.Database;
import org.etcdmedic.testing.Ledger;
import org.etcdmedic.testing.ServiceProcess;
import org.etcdmedic.testing.TargetStandIn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/** {@code kill -9} between sending and noting, and two replicas with one outbox: real processes, a real database, a real target. */
class KilledDeliveryIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    @Test
    void whatWasSentAndNotNotedIsSentOnceMoreUnderTheSameKey() throws IOException, JSchException {
        Replica.prepare(directory);
        JdbcConnectionDetails database = Database.fresh();
        var ledger = new Ledger(database);
        try (var target = new TargetStandIn()) {
            // Answers only when the sender is dead.
            var killed = new CountDownLatch(1);
            target.answers(request -> {
                killed.await();
                return new TargetStandIn.Reply(204, "", Map.of());
            });
            String diagnosis;
            ServiceProcess first = ServiceProcess.start(database, directory.resolve("first.log"), settings(target));
            try {
                Replica.register(first.api(), "orders-1", 1);
                diagnosis = Replica.alarm(first.api(), "orders-1", "A-1", Instant.now())
                        .json()
                        .path("diagnosisId")
                        .stringValue();
                target.await(120);
            } finally {
                first.kill();
                killed.countDown();
            }
            assertThat(ledger.number("select count(*) from delivery where result is null"))
                    .isEqualTo(1);

            target.answers(204, "");
            try (var second = ServiceProcess.start(database, directory.resolve("second.log"), settings(target))) {
                ledger.await("select count(*) from ticket where state = 'DELIVERED'", 1, PATIENCE);
                ledger.await("select count(*) from scheduled_tasks where task_name = 'ticket'", 0, PATIENCE);
                List<TargetStandIn.Received> sent = target.received();
                assertThat(sent).hasSize(2);
                assertThat(sent.get(1).header("webhook-id"))
                        .isEqualTo(sent.get(0).header("webhook-id"));
                assertThatCode(() -> verify(sent.get(0))).doesNotThrowAnyException();
                assertThatCode(() -> verify(sent.get(1))).doesNotThrowAnyException();
                assertThat(second.api()
                                .get("/diagnoses/" + diagnosis)
                                .json()
                                .path("tickets")
                                .path(0)
                                .path("state")
                                .stringValue())
                        .isEqualTo("DELIVERED");
                assertThat(Files.readString(directory.resolve("second.log"))).doesNotContain(key());
            }
        }
    }

    /** A tracker knows no key of ours: it is asked whether it has the issue before another one is opened. */
    @Test
    void anIssueThatWasOpenedAndNotNotedIsFoundAgain() throws IOException, JSchException {
        Replica.prepare(directory);
        JdbcConnectionDetails database = Database.fresh();
        var ledger = new Ledger(database);
        try (var target = new TargetStandIn()) {
            var killed = new CountDownLatch(1);
            target.answers(request -> {
                killed.await();
                return new TargetStandIn.Reply(201, "{\"iid\": 7}", Map.of());
            });
            String diagnosis;
            ServiceProcess first = ServiceProcess.start(database, directory.resolve("first.log"), tracker(target));
            try {
                Replica.register(first.api(), "orders-1", 1);
                diagnosis = Replica.alarm(first.api(), "orders-1", "A-1", Instant.now())
                        .json()
                        .path("diagnosisId")
                        .stringValue();
                target.await(120);
            } finally {
                first.kill();
                killed.countDown();
            }

            target.answers(request -> request.method().equals("GET")
                    ? new TargetStandIn.Reply(
                            200,
                            "[{\"iid\": 7, \"web_url\": \"https://gitlab.example/acme/etcd-ops/-/issues/7\"}]",
                            Map.of())
                    : new TargetStandIn.Reply(500, "", Map.of()));
            try (var second = ServiceProcess.start(database, directory.resolve("second.log"), tracker(target))) {
                ledger.await("select count(*) from ticket where state = 'DELIVERED'", 1, PATIENCE);
                assertThat(target.received().stream().map(TargetStandIn.Received::method))
                        .containsExactly("POST", "GET");
                assertThat(second.api()
                                .get("/diagnoses/" + diagnosis)
                                .json()
                                .at("/tickets/0/link")
                                .stringValue())
                        .isEqualTo("https://gitlab.example/acme/etcd-ops/-/issues/7");
            }
        }
    }

    private String[] tracker(TargetStandIn target) throws IOException {
        Path token = Files.writeString(directory.resolve("tracker.token"), "marker-tracker-token");
        return Replica.settings(
                directory,
                "medic.tickets.limit=30s",
                "medic.tickets.targets.tracker.preset=gitlab",
                "medic.tickets.targets.tracker.url=" + target.url(),
                "medic.tickets.targets.tracker.secret=file:" + token,
                "medic.tickets.targets.tracker.settings.project=7",
                "medic.tickets.rules[0].outcomes=CONFIRMED,LIKELY,UNDETERMINED,NO_FAULT_FOUND,FAILED",
                "medic.tickets.rules[0].to=tracker");
    }

    @Test
    void twoReplicasTellEachDiagnosisOnce() throws IOException, JSchException {
        Replica.prepare(directory);
        JdbcConnectionDetails database = Database.fresh();
        var ledger = new Ledger(database);
        int many = 30;
        try (var target = new TargetStandIn();
                var one = ServiceProcess.start(database, directory.resolve("one.log"), settings(target));
                var two = ServiceProcess.start(database, directory.resolve("two.log"), settings(target))) {
            for (int i = 0; i < many; i++) {
                Replica.register(one.api(), "orders-" + i, 1);
            }
            for (int i = 0; i < many; i++) {
                Replica.alarm(i % 2 == 0 ? one.api() : two.api(), "orders-" + i, "A-" + i, Instant.now());
            }
            ledger.await("select count(*) from ticket where state = 'DELIVERED'", many, PATIENCE);
            ledger.await("select count(*) from scheduled_tasks where task_name = 'ticket'", 0, PATIENCE);
            assertThat(target.received()).hasSize(many);
            assertThat(target.received().stream()
                            .map(request -> request.header("webhook-id"))
                            .collect(Collectors.toSet()))
                    .hasSize(many);
            assertThat(ledger.number("select count(distinct diagnosis_id) from ticket"))
                    .isEqualTo(many);
        }
    }

    private static void verify(TargetStandIn.Received request) throws Exception {
        var headers = new HashMap<String, List<String>>();
        request.headers().forEach((name, value) -> headers.put(name, List.of(value)));
        new Webhook(key()).verify(request.body(), headers);
    }

    private static String key() {
        return "whsec_"
                + Base64.getEncoder()
                        .encodeToString("marker-key-of-thirty-two-bytes!!".getBytes(StandardCharsets.UTF_8));
    }

    private String[] settings(TargetStandIn target) throws IOException {
        Path key = directory.resolve("webhook.key");
        Files.writeString(key, key());
        return Replica.settings(
                directory,
                "medic.tickets.limit=30s",
                "medic.tickets.targets.reader.preset=webhook",
                "medic.tickets.targets.reader.url=" + target.url() + "/hook",
                "medic.tickets.targets.reader.secret=file:" + key,
                "medic.tickets.rules[0].outcomes=CONFIRMED,LIKELY,UNDETERMINED,NO_FAULT_FOUND,FAILED",
                "medic.tickets.rules[0].to=reader");
    }
}
