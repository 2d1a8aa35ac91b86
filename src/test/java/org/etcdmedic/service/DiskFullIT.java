package org.etcdmedic.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.etcdmedic.practice.EmbeddedDatabase;
import org.etcdmedic.practice.LockedDirectory;
import org.etcdmedic.testing.Api;
import org.etcdmedic.testing.Ledger;
import org.etcdmedic.testing.Line;
import org.etcdmedic.testing.ServiceProcess;
import org.etcdmedic.testing.SmallDisk;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The disk under the database is full: first for tables, then for its log as well, at which PostgreSQL ends itself. Nothing is
 * taken that cannot be kept, and when there is room again nothing is missing.
 */
class DiskFullIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int MEGABYTES = 220;
    private static final int INSTANCES = 6;

    /** Larger than what is left on half-filled pages. */
    private static final int MOST_ALARMS = 400;

    @TempDir
    Path directory;

    private final Map<String, Integer> taken = new TreeMap<>();
    private final Map<Integer, Integer> answers = new HashMap<>();
    private final Random random = new Random(7);
    private int sent;

    @BeforeEach
    void makeKey() throws Exception {
        Replica.prepare(directory);
    }

    @Test
    void takesNothingThatItCannotKeepAndHealsWhenThereIsRoomAgain() throws Exception {
        String why = SmallDisk.impossible();
        if (!why.isEmpty()) {
            System.out.println("disk full: not tried, for " + why);
        }
        assumeTrue(why.isEmpty());
        try (SmallDisk disk = SmallDisk.mount(directory.resolve("disk"), MEGABYTES);
                LockedDirectory data = LockedDirectory.take(disk.path().resolve("data"));
                var silent = new ServerSocket(0, 100, InetAddress.getLoopbackAddress())) {
            EmbeddedDatabase server = start(data);
            try (var line = new Line(server);
                    ServiceProcess service = ServiceProcess.start(
                            line.through(server),
                            directory.resolve("service.log"),
                            Replica.settings(directory, "medic.diagnosis.max-attempts=2"))) {
                Ledger ledger = new Ledger(server).begin();
                Api api = service.api();
                for (int i = 0; i < INSTANCES; i++) {
                    Replica.register(api, "i" + i, i == 0 ? silent.getLocalPort() : 1);
                }
                send(api, 0);
                assertThat(answers).containsOnlyKeys(202);

                disk.fill();
                sendUntilRefused(api);
                disk.free();
                awaitTaken(api);
                ledger.awaitAllOver(PATIENCE);
                assertKept(ledger);

                disk.fill();
                endOfTheLog(ledger, server);
                assertRefused(api);
                disk.free();
                server.close();
                server = start(data);
                line.leadTo(server);
                awaitTaken(api);
                ledger = new Ledger(server);
                ledger.awaitAllOver(PATIENCE);
                assertKept(ledger);
                System.out.printf(
                        "disk full: %d alarms sent, answers %s, all %d that were answered 202 are kept and have a verdict%n",
                        sent, answers, taken.size());
            } finally {
                server.close();
            }
        }
    }

    private static EmbeddedDatabase start(LockedDirectory data) {
        var settings = new HashMap<>(EmbeddedDatabase.DURABLE);
        settings.put("min_wal_size", "32MB");
        settings.put("max_wal_size", "48MB");
        return EmbeddedDatabase.start(data, Path.of("target").toAbsolutePath().resolve("postgresql"), settings);
    }

    /** One alarm with as many words as fill two pages, so that it needs room of its own. */
    private int send(Api api, int instance) {
        var labels = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            var word = new StringBuilder();
            random.ints(800, 'A', 'z' + 1)
                    .map(c -> Character.isLetter(c) ? c : '_')
                    .forEach(word::appendCodePoint);
            labels.append(i == 0 ? "" : ", ")
                    .append("\"l")
                    .append(i)
                    .append("\": \"")
                    .append(word)
                    .append('"');
        }
        String id = "A-" + sent++;
        Api.Answer answer = api.post("/alarms", """
                {"alarmId": "%s", "instanceId": "i%d", "nodeId": "n1", "occurredAt": "%s", "labels": {%s}}
                """.formatted(id, instance, Instant.now(), labels));
        assertThat(answer.status()).as(answer.text()).isIn(202, 503);
        answers.merge(answer.status(), 1, Integer::sum);
        if (answer.status() == 202) {
            taken.put(id, instance);
        } else {
            assertThat(Integer.parseInt(answer.header("Retry-After"))).isPositive();
        }
        return answer.status();
    }

    private void sendUntilRefused(Api api) {
        int refused = 0;
        for (int i = 0; i < MOST_ALARMS && refused < 3 * INSTANCES; i++) {
            if (send(api, i % INSTANCES) == 503) {
                refused++;
            }
        }
        assertThat(refused)
                .as("answers 503; without any, the disk was not full")
                .isEqualTo(3 * INSTANCES);
    }

    private void assertRefused(Api api) {
        for (int i = 0; i < INSTANCES; i++) {
            assertThat(send(api, i)).isEqualTo(503);
        }
    }

    private void awaitTaken(Api api) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            try {
                if (send(api, 0) == 202) {
                    return;
                }
            } catch (UncheckedIOException e) {
                throw new AssertionError("the service itself is gone", e);
            }
        }
        throw new AssertionError("not taken again within " + PATIENCE);
    }

    /** Writes to the log, and to nothing else, until there is no room for its next piece: PostgreSQL ends itself, and cannot start. */
    private void endOfTheLog(Ledger ledger, EmbeddedDatabase server) throws IOException {
        var said = new ArrayList<String>();
        for (int i = 0; i < 20; i++) {
            try {
                ledger.execute(
                        "create table piece_%1$d (x int); drop table piece_%1$d; select pg_switch_wal()".formatted(i));
            } catch (IllegalStateException e) {
                // Refused for the full disk, or gone already.
                said.add(String.valueOf(e.getCause()));
            }
        }
        assertThat(Files.readString(directory.resolve("disk/data/server.log")))
                .as("%s said %s", server.getJdbcUrl(), said)
                .containsPattern("could not write to file \"pg_wal/.*No space left on device")
                .contains("shutting down");
    }

    private void assertKept(Ledger ledger) {
        ledger.assertBalanced();
        assertThat(ledger.texts("select alarm_id || ' ' || instance_id from alarm"))
                .as("exactly what was answered 202")
                .containsExactlyInAnyOrderElementsOf(taken.entrySet().stream()
                        .map(one -> one.getKey() + " i" + one.getValue())
                        .toList());
    }
}
