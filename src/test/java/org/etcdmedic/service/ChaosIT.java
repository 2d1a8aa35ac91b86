package org.etcdmedic.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.etcdmedic.testing.Api;
import org.etcdmedic.testing.Database;
import org.etcdmedic.testing.Ledger;
import org.etcdmedic.testing.ServiceProcess;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * {@code kill -9} at random moments, under load, of two replicas on one database: what was answered {@code 202} is kept and
 * ends with exactly one verdict. Short as it stands; {@code -Dmedic.chaos.kills=100} makes it long, and
 * {@code -Dmedic.chaos.seed=...} repeats the moments and the choices of a run (not what the machine makes of them).
 */
class ChaosIT {
    private static final int KILLS = Integer.getInteger("medic.chaos.kills", 6);
    private static final long SEED = Long.getLong("medic.chaos.seed", 20_261_123L);
    private static final int REPLICAS = 2;
    private static final int SENDERS = 4;

    /** Their nodes refuse at once. */
    private static final int QUICK = 6;

    /** Their nodes say nothing, so that their diagnoses last until the deadline and are hit in the middle. */
    private static final int SLOW = 3;

    private static final Duration PAUSE_OF_A_SENDER = Duration.ofMillis(40);

    @TempDir
    Path directory;

    private final AtomicReferenceArray<ServiceProcess> replicas = new AtomicReferenceArray<>(REPLICAS);
    private final Map<Sent, String> kept = new ConcurrentHashMap<>();
    private final List<String> wrong = new CopyOnWriteArrayList<>();
    private final AtomicInteger unavailable = new AtomicInteger();
    private final AtomicInteger cut = new AtomicInteger();
    private final AtomicInteger repeats = new AtomicInteger();

    private record Sent(String instance, String alarmId) {}

    @BeforeEach
    void makeKey() throws Exception {
        Replica.prepare(directory);
    }

    @Test
    void losesAndDoublesNothingWhateverIsKilled() throws Exception {
        JdbcConnectionDetails database = Database.fresh();
        var random = new Random(SEED);
        var over = new AtomicBoolean();
        try (var silent = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                launch(database, 0);
                replica(0).awaitUp();
                launch(database, 1);
                var ledger = new Ledger(database).begin();
                register(replica(0).api(), silent.getLocalPort());
                replica(1).awaitUp();
                var senders = new ArrayList<Future<?>>();
                for (int i = 0; i < SENDERS; i++) {
                    int number = i;
                    senders.add(threads.submit(() -> send(number, new Random(SEED + 1 + number), over)));
                }
                for (int kill = 0; kill < KILLS; kill++) {
                    killOne(database, random);
                }
                over.set(true);
                for (Future<?> sender : senders) {
                    sender.get();
                }
                for (int i = 0; i < REPLICAS; i++) {
                    replica(i).awaitUp();
                }
                ledger.awaitAllOver(Duration.ofMinutes(3));
                print(ledger);
                assertBalanced(ledger);
            } finally {
                over.set(true);
                for (int i = 0; i < REPLICAS; i++) {
                    if (replicas.get(i) != null) {
                        replica(i).kill();
                    }
                }
            }
        }
    }

    private void assertBalanced(Ledger ledger) {
        assertThat(wrong).isEmpty();
        ledger.assertBalanced();
        for (int i = 0; i < REPLICAS; i++) {
            Api api = replica(i).api();
            assertThat(Replica.metric(api, "medic.balance?tag=of:alarms")).isZero();
            assertThat(Replica.metric(api, "medic.balance?tag=of:diagnoses")).isZero();
        }
        var found = new TreeSet<>(ledger.texts(
                "select instance_id || ' ' || alarm_id || ' ' || diagnosis_id from alarm where state <> 'REJECTED'"));
        assertThat(kept).hasSizeGreaterThan(KILLS);
        assertThat(found)
                .containsAll(kept.entrySet().stream()
                        .map(e -> e.getKey().instance() + " " + e.getKey().alarmId() + " " + e.getValue())
                        .toList());
        assertThat(ledger.number("select coalesce(sum(attempt - 1), 0) from diagnosis"))
                .as("diagnoses that a kill hit in the middle; without any, nothing was tried")
                .isPositive();
    }

    private void print(Ledger ledger) {
        System.out.printf(
                "chaos: %d kills (seed %d), %d alarms answered 202 (%d of them sent again), %d answered 503, %d cut off;"
                        + " %d alarms kept, %d diagnoses, %d verdicts written, %d taken up again, at most %d times%n",
                KILLS,
                SEED,
                kept.size(),
                repeats.get(),
                unavailable.get(),
                cut.get(),
                ledger.number("select count(*) from alarm"),
                ledger.number("select count(*) from diagnosis"),
                ledger.number("select count(*) from verdict_written"),
                ledger.number("select coalesce(sum(attempt - 1), 0) from diagnosis"),
                ledger.number("select coalesce(max(attempt) - 1, 0) from diagnosis"));
    }

    private ServiceProcess replica(int number) {
        return replicas.get(number);
    }

    private void launch(JdbcConnectionDetails database, int number) {
        replicas.set(
                number,
                ServiceProcess.launch(
                        database, directory.resolve(number + ".log"), Map.of(), Replica.settings(directory)));
    }

    /** Three of four hit a replica at work, one hits it while it starts. */
    private void killOne(JdbcConnectionDetails database, Random random) {
        int number = random.nextInt(REPLICAS);
        if (random.nextInt(4) > 0) {
            replica(number).awaitUp();
        }
        pause(Duration.ofMillis(random.nextInt(3000)));
        replica(number).kill();
        launch(database, number);
    }

    private static void register(Api api, int silentPort) {
        for (int i = 0; i < QUICK + SLOW; i++) {
            Replica.register(api, "i" + i, i < QUICK ? 1 : silentPort);
        }
    }

    private void send(int sender, Random random, AtomicBoolean over) {
        var mine = new ArrayList<Sent>();
        for (int i = 0; !over.get(); i++) {
            boolean again = !mine.isEmpty() && random.nextInt(8) == 0;
            Sent sent = again
                    ? mine.get(random.nextInt(mine.size()))
                    : new Sent("i" + random.nextInt(QUICK + SLOW), sender + "-" + i);
            mine.add(sent);
            if (again) {
                repeats.incrementAndGet();
            }
            // As a sender in the field: once more, to whichever replica, until somebody has taken it.
            while (!taken(sent, replica(random.nextInt(REPLICAS)).api()) && !over.get()) {
                pause(PAUSE_OF_A_SENDER);
            }
            pause(PAUSE_OF_A_SENDER);
        }
    }

    private boolean taken(Sent sent, Api api) {
        Api.Answer answer;
        try {
            answer = Replica.alarm(api, sent.instance(), sent.alarmId(), Instant.now());
        } catch (UncheckedIOException e) {
            cut.incrementAndGet();
            return false;
        }
        if (answer.status() == 503) {
            unavailable.incrementAndGet();
            answer.header("Retry-After");
            return false;
        }
        if (answer.status() == 202) {
            String diagnosis = answer.json().path("diagnosisId").stringValue();
            String before = kept.putIfAbsent(sent, diagnosis);
            if (before != null && !before.equals(diagnosis)) {
                wrong.add(sent + " has two diagnoses: " + before + " and " + diagnosis);
            }
        } else {
            wrong.add(sent + " was answered " + answer.status() + ": " + answer.text());
        }
        return true;
    }

    private static void pause(Duration duration) {
        LockSupport.parkNanos(duration.toNanos());
    }
}
