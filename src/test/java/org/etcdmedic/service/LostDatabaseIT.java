package org.etcdmedic.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.etcdmedic.practice.EmbeddedDatabase;
import org.etcdmedic.practice.LockedDirectory;
import org.etcdmedic.testing.Api;
import org.etcdmedic.testing.Ledger;
import org.etcdmedic.testing.Line;
import org.etcdmedic.testing.ServiceProcess;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database stops, starts again, and is cut off without a word: nothing is taken that cannot be kept, and all heals. */
class LostDatabaseIT {
    /** Longer than a sender may have to wait: five seconds, and what a busy machine adds. */
    private static final Duration BOUND = Duration.ofSeconds(9);

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int AT_ONCE = 12;

    @TempDir
    Path directory;

    @BeforeEach
    void makeKey() throws Exception {
        Replica.prepare(directory);
    }

    @Test
    void answers503WhileTheDatabaseIsAwayAndGoesOnWhenItIsBack() throws Exception {
        try (LockedDirectory data = LockedDirectory.take(directory.resolve("data"))) {
            EmbeddedDatabase server = start(data);
            try (var line = new Line(server);
                    ServiceProcess service = ServiceProcess.start(
                            line.through(server), directory.resolve("service.log"), Replica.settings(directory))) {
                new Ledger(server).begin();
                for (int i = 0; i < AT_ONCE; i++) {
                    Replica.register(service.api(), "i" + i, 1);
                }
                assertTaken(service.api(), "before");

                server.close();
                assertRefused(service.api(), "while-down");
                assertUnknown(service.api());
                server = start(data);
                line.leadTo(server);
                awaitTaken(service.api(), "restarted");
                assertTaken(service.api(), "after-restart");

                line.cut();
                assertRefused(service.api(), "while-cut");
                line.join();
                awaitTaken(service.api(), "joined");
                assertTaken(service.api(), "after-cut");
                Replica.awaitMetric(service.api(), "medic.balance?tag=of:alarms", 0);
                Replica.awaitMetric(service.api(), "medic.balance?tag=of:diagnoses", 0);

                var ledger = new Ledger(server);
                ledger.awaitAllOver(PATIENCE);
                ledger.assertBalanced();
                assertThat(ledger.texts("select distinct regexp_replace(alarm_id, '-[0-9]+$', '') from alarm"))
                        .containsExactlyInAnyOrder("before", "restarted", "after-restart", "joined", "after-cut");
            } finally {
                server.close();
            }
        }
    }

    private EmbeddedDatabase start(LockedDirectory data) {
        return EmbeddedDatabase.start(
                data, Path.of("target").toAbsolutePath().resolve("postgresql"), EmbeddedDatabase.DURABLE);
    }

    private static void assertTaken(Api api, String what) throws Exception {
        assertThat(sendAll(api, what))
                .allSatisfy(sent -> assertThat(sent.answer().status())
                        .as(sent.answer().text())
                        .isEqualTo(202));
    }

    private static void assertRefused(Api api, String what) throws Exception {
        List<Sent> all = sendAll(api, what);
        assertThat(all).allSatisfy(sent -> {
            assertThat(sent.answer().status()).as(sent.answer().text()).isEqualTo(503);
            assertThat(Integer.parseInt(sent.answer().header("Retry-After"))).isPositive();
            assertThat(sent.took()).isLessThan(BOUND);
        });
        System.out.printf(
                "lost database: %s: %d alarms answered 503, the slowest after %d ms%n",
                what,
                all.size(),
                all.stream().mapToLong(sent -> sent.took().toMillis()).max().orElseThrow());
    }

    /** What cannot be read is not told to be 0. What the process itself counts is known all the same. */
    private static void assertUnknown(Api api) {
        for (String name : List.of(
                "medic.balance?tag=of:alarms",
                "medic.balance?tag=of:diagnoses",
                "medic.queue.waiting",
                "medic.queue.oldest.seconds",
                "medic.diagnoses.open",
                "medic.diagnoses.finished.last.hour")) {
            Replica.awaitMetric(api, name, Double.NaN);
        }
        assertThat(Replica.metric(api, "medic.alarms?tag=result:unavailable")).isEqualTo(AT_ONCE);
    }

    private record Sent(Api.Answer answer, Duration took) {}

    /** Side by side: whoever waits for a connection waits behind those before. */
    private static List<Sent> sendAll(Api api, String what) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Sent>> calls = IntStream.range(0, AT_ONCE)
                    .mapToObj(i -> (Callable<Sent>) () -> {
                        long begun = System.nanoTime();
                        Api.Answer answer = Replica.alarm(api, "i" + i, what + "-" + i, Instant.now());
                        return new Sent(answer, Duration.ofNanos(System.nanoTime() - begun));
                    })
                    .toList();
            return threads.invokeAll(calls).stream().map(Future::resultNow).toList();
        }
    }

    /** One alarm, sent again until it is taken, as a sender does. */
    private static void awaitTaken(Api api, String what) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            try {
                if (Replica.alarm(api, "i0", what + "-0", Instant.now()).status() == 202) {
                    return;
                }
            } catch (UncheckedIOException e) {
                throw new AssertionError("the service itself is gone", e);
            }
        }
        throw new AssertionError("not taken again within " + PATIENCE);
    }
}
