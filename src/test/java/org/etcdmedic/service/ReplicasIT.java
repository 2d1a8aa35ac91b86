package org.etcdmedic.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.etcdmedic.testing.Api;
import org.etcdmedic.testing.Database;
import org.etcdmedic.testing.Ledger;
import org.etcdmedic.testing.ServiceProcess;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/** Replicas that share one queue: one of them frozen, one with a full queue. */
class ReplicasIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    @BeforeEach
    void makeKey() throws Exception {
        Replica.prepare(directory);
    }

    @Test
    void aFrozenReplicaThatWakesOverwritesNothing() throws IOException {
        JdbcConnectionDetails database = Database.fresh();
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                ServiceProcess frozen = start(database, "frozen", Map.of())) {
            frozen.awaitUp();
            var ledger = new Ledger(database).begin();
            Replica.register(frozen.api(), "i1", silent.getLocalPort());
            String diagnosis = accepted(frozen.api(), "i1", "A-1");
            frozen.api()
                    .await(diagnosis, d -> d.path("status").stringValue("").equals("RUNNING"), Duration.ofSeconds(30));

            frozen.freeze();
            List<String> written;
            try (ServiceProcess other = start(database, "other", Map.of())) {
                other.awaitUp();
                ledger.awaitAllOver(PATIENCE);
                written = rows(ledger);
                frozen.wake();
                // It finds that it has lost the diagnosis: while it waits for the node, or when it would conclude.
                awaitLine(
                        "frozen",
                        "diagnosis " + diagnosis + " was called off or taken up by another worker",
                        "diagnosis " + diagnosis + ": attempt 1 came too late");
                // Whole again: what is sent to it now is taken and judged.
                accepted(frozen.api(), "i1", "A-2");
                ledger.awaitAllOver(PATIENCE);
            }

            ledger.assertBalanced();
            assertThat(rows(ledger)).containsAll(written);
            assertThat(ledger.texts("select attempt from diagnosis where id = '" + diagnosis + "'"))
                    .containsExactly("2");
        }
    }

    @Test
    void aDiagnosisThatIsCalledOffLeavesItsNodesWhicheverReplicaRunsIt() throws IOException {
        JdbcConnectionDetails database = Database.fresh();
        String patient = "medic.diagnosis.deadline=120s";
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                ServiceProcess running = start(database, "running", Map.of(), patient);
                // It looks for work once an hour, so that it is not the one that runs the diagnosis.
                ServiceProcess other =
                        start(database, "other", Map.of(), patient, "db-scheduler.polling-interval=1h")) {
            running.awaitUp();
            other.awaitUp();
            var ledger = new Ledger(database).begin();
            Replica.register(running.api(), "i1", silent.getLocalPort());
            String diagnosis = accepted(running.api(), "i1", "A-1");
            try (Socket node = silent.accept()) {
                running.api()
                        .await(
                                diagnosis,
                                d -> d.path("status").stringValue("").equals("RUNNING"),
                                Duration.ofSeconds(30));
                Api.Answer again = Replica.alarm(other.api(), "i1", "A-1", Instant.now());

                Api.Answer answer = other.api().post("/diagnoses/" + diagnosis + "/cancel", "");

                assertThat(answer.status()).as(answer.text()).isEqualTo(200);
                assertThat(again.json().path("diagnosisId").stringValue()).isEqualTo(diagnosis);
                // Long before its deadline the node sees the end of the connection.
                node.setSoTimeout(10_000);
                node.getInputStream().readAllBytes();
                awaitLine("running", "diagnosis " + diagnosis + " was called off");
                ledger.await("select count(*) from scheduled_tasks where task_name = 'diagnosis'", 0, PATIENCE);
                assertThat(ledger.texts("select status || attempt from diagnosis"))
                        .containsExactly("CANCELLED1");
                assertThat(ledger.texts("select status from verdict_written")).containsExactly("CANCELLED");
                assertThat(ledger.number("select count(*) from capture")).isZero();
                // The next alarm is about something new, and the alarm before is kept.
                assertThat(accepted(other.api(), "i1", "A-2")).isNotEqualTo(diagnosis);
                assertThat(ledger.texts("select alarm_id from alarm order by 1"))
                        .containsExactly("A-1", "A-2");
            }
        }
    }

    /** All that a verdict is. */
    private static List<String> rows(Ledger ledger) {
        return ledger.texts("select d::text from diagnosis d");
    }

    @Test
    void aFullQueueKeepsNoAlarmThatItRefuses() throws IOException {
        JdbcConnectionDetails database = Database.fresh();
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                ServiceProcess service =
                        start(database, "full", Map.of(), "db-scheduler.threads=1", "medic.queue.most-waiting=2")) {
            service.awaitUp();
            var ledger = new Ledger(database).begin();
            for (int i = 0; i < 4; i++) {
                Replica.register(service.api(), "i" + i, silent.getLocalPort());
            }
            String running = accepted(service.api(), "i0", "A-0");
            service.api()
                    .await(running, d -> d.path("status").stringValue("").equals("RUNNING"), Duration.ofSeconds(30));
            accepted(service.api(), "i1", "A-1");
            accepted(service.api(), "i2", "A-2");

            Api.Answer refused = Replica.alarm(service.api(), "i3", "A-3", Instant.now());
            Api.Answer joins = Replica.alarm(service.api(), "i2", "A-4", Instant.now());

            assertThat(refused.status()).isEqualTo(503);
            assertThat(Integer.parseInt(refused.header("Retry-After"))).isPositive();
            assertThat(joins.status()).isEqualTo(202);
            assertThat(joins.json().path("joined").booleanValue()).isTrue();
            assertThat(ledger.texts("select alarm_id from alarm order by alarm_id"))
                    .containsExactly("A-0", "A-1", "A-2", "A-4");
            assertThat(ledger.number("select count(*) from diagnosis")).isEqualTo(3);
            assertThat(metric(service, "medic.queue.waiting")).isEqualTo(2);
            assertThat(metric(service, "medic.diagnoses.open")).isEqualTo(3);
            assertThat(metric(service, "medic.queue.oldest.seconds")).isPositive();
            assertThat(metric(service, "medic.alarms?tag=result:opened")).isEqualTo(3);
            assertThat(metric(service, "medic.alarms?tag=result:joined")).isEqualTo(1);
            assertThat(metric(service, "medic.alarms?tag=result:unavailable")).isEqualTo(1);
            ledger.awaitAllOver(PATIENCE);
            accepted(service.api(), "i3", "A-3");
            ledger.awaitAllOver(PATIENCE);
            ledger.assertBalanced();
            Replica.awaitMetric(service.api(), "medic.diagnoses.finished.last.hour", 4);
            assertThat(metric(service, "medic.diagnoses.finished.last.hour?tag=end:FAILED"))
                    .isZero();
            assertThat(metric(service, "medic.queue.waiting")).isZero();
            assertThat(metric(service, "medic.queue.oldest.seconds")).isZero();
            ledger.execute("update diagnosis set completed_at = completed_at - interval '61 minutes'");
            Replica.awaitMetric(service.api(), "medic.diagnoses.finished.last.hour", 0);
        }
    }

    @Test
    void theBalanceTellsOfWhatIsLost() {
        JdbcConnectionDetails database = Database.fresh();
        try (ServiceProcess service = start(database, "balance", Map.of())) {
            service.awaitUp();
            var ledger = new Ledger(database).begin();
            Replica.register(service.api(), "i1", 1);
            accepted(service.api(), "i1", "A-1");
            ledger.awaitAllOver(PATIENCE);
            // What no fault of ours may bring about: a diagnosis whose job is gone, an alarm without a diagnosis.
            ledger.execute("""
                    update diagnosis set status = 'RUNNING', completed_at = null, outcome = null, judgement = null;
                    update alarm set diagnosis_id = null
                    """);

            assertThat(metric(service, "medic.balance?tag=of:diagnoses")).isEqualTo(1);
            assertThat(metric(service, "medic.balance?tag=of:alarms")).isEqualTo(1);
        }
    }

    private static double metric(ServiceProcess service, String name) {
        return Replica.metric(service.api(), name);
    }

    private static String accepted(Api api, String instance, String id) {
        Api.Answer answer = Replica.alarm(api, instance, id, Instant.now());
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return answer.json().path("diagnosisId").stringValue();
    }

    private ServiceProcess start(
            JdbcConnectionDetails database, String name, Map<String, String> environment, String... further) {
        return ServiceProcess.launch(
                database, directory.resolve(name + ".log"), environment, Replica.settings(directory, further));
    }

    private void awaitLine(String name, String... parts) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (Arrays.stream(parts).noneMatch(Files.readString(directory.resolve(name + ".log"))::contains)) {
            assertThat(System.nanoTime())
                    .as("no line with: " + String.join(" or: ", parts))
                    .isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }
}
