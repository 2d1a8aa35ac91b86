package org.etcdmedic.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.etcdmedic.testing.Api;
import org.etcdmedic.testing.Database;
import org.etcdmedic.testing.Ledger;
import org.etcdmedic.testing.ServiceProcess;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * Two replicas whose clocks are wrong by seven minutes, one ahead and one behind. By their own clocks the first would take every
 * job of the second for that of a dead worker, and what it queues would wait a quarter of an hour for the second.
 */
class ClocksIT {
    private static final Duration WRONG = Duration.ofMinutes(7);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int INSTANCES = 24;

    /** Of them so many have a node that says nothing: their diagnoses last longer than a lost worker is waited for. */
    private static final int SLOW = 6;

    @TempDir
    Path directory;

    @BeforeEach
    void makeKey() throws Exception {
        Replica.prepare(directory);
    }

    @Test
    void wrongClocksOfReplicasStealDelayAndFalsifyNothing() throws IOException {
        Optional<Path> library = faketime();
        if (library.isEmpty()) {
            System.out.println("clocks: not tried, for there is no libfaketimeMT.so.1 on this machine");
        }
        assumeTrue(library.isPresent());
        JdbcConnectionDetails database = Database.fresh();
        try (var silent = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
                ServiceProcess ahead = start(database, "ahead", library.get(), "+7m")) {
            ahead.awaitUp();
            var ledger = new Ledger(database).begin();
            // What the database's own clock shows when a row is written.
            ledger.execute("""
                    alter table alarm add column seen timestamptz default clock_timestamp();
                    alter table diagnosis add column seen timestamptz default clock_timestamp();
                    alter table verdict_written add column seen timestamptz default clock_timestamp();
                    """);
            try (ServiceProcess behind = start(database, "behind", library.get(), "-7m")) {
                behind.awaitUp();
                assertThat(Duration.between(shown(behind.api()), shown(ahead.api())))
                        .as("the clocks are wrong indeed")
                        .isBetween(
                                WRONG.multipliedBy(2).minusSeconds(30),
                                WRONG.multipliedBy(2).plusSeconds(30));
                for (int i = 0; i < INSTANCES; i++) {
                    Replica.register(ahead.api(), "i" + i, i < SLOW ? silent.getLocalPort() : 1);
                }
                for (int i = 0; i < INSTANCES; i++) {
                    ServiceProcess one = i % 2 == 0 ? ahead : behind;
                    ServiceProcess other = i % 2 == 0 ? behind : ahead;
                    assertThat(Replica.alarm(one.api(), "i" + i, "A-1", Instant.now())
                                    .status())
                            .isEqualTo(202);
                    assertThat(Replica.alarm(other.api(), "i" + i, "A-2", Instant.now())
                                    .status())
                            .isEqualTo(202);
                }
                ledger.awaitAllOver(PATIENCE);
                assertThat(Replica.metric(ahead.api(), "medic.diagnoses.open")).isNotNegative();
            }
            ledger.assertBalanced();
            assertThat(ledger.texts("select id from diagnosis where attempt <> 1"))
                    .as("diagnoses that a living replica lost to another one")
                    .isEmpty();
            assertThat(ledger.number("select count(*) from alarm")).isEqualTo(2L * INSTANCES);
            assertThat(ledger.texts("""
                            select id from alarm where abs(extract(epoch from received_at - seen)) > 3
                            union all
                            select id from diagnosis where abs(extract(epoch from queued_at - seen)) > 3
                            union all
                            select d.id from diagnosis d join verdict_written v on v.diagnosis_id = d.id
                            where abs(extract(epoch from d.completed_at - v.seen)) > 3
                            """))
                    .as("rows with the time of a wrong clock")
                    .isEmpty();
            System.out.printf(
                    "clocks: two replicas 14 minutes apart, %d diagnoses, all at the first attempt, taken up after %s s at most%n",
                    ledger.number("select count(*) from diagnosis"),
                    ledger.texts("select round(max(extract(epoch from started_at - queued_at)), 1) from diagnosis")
                            .getFirst());
            assertThat(ledger.number("select count(*) from diagnosis where started_at > queued_at + interval '45 s'"))
                    .as("diagnoses that waited for a clock; for a worker they wait a few times five seconds")
                    .isZero();
            for (String replica : new String[] {"ahead", "behind"}) {
                assertThat(Files.readString(directory.resolve(replica + ".log")))
                        .as("both replicas have worked")
                        .contains(" concluded after ");
            }
        }
    }

    private static Instant shown(Api api) {
        return ZonedDateTime.parse(api.get("/actuator/health").header("Date"), DateTimeFormatter.RFC_1123_DATE_TIME)
                .toInstant();
    }

    private ServiceProcess start(JdbcConnectionDetails database, String name, Path library, String offset) {
        // The clock for spans stays right, as in the field; without the last line waits of the JVM end at once.
        return ServiceProcess.launch(
                database,
                directory.resolve(name + ".log"),
                Map.of(
                        "LD_PRELOAD",
                        library.toString(),
                        "FAKETIME",
                        offset,
                        "FAKETIME_DONT_FAKE_MONOTONIC",
                        "1",
                        "FAKETIME_FORCE_MONOTONIC_FIX",
                        "0"),
                Replica.settings(directory, "medic.diagnosis.deadline=8s"));
    }

    private static Optional<Path> faketime() throws IOException {
        try (Stream<Path> libraries = Files.list(Path.of("/usr/lib"))) {
            return libraries
                    .map(directory -> directory.resolve("faketime/libfaketimeMT.so.1"))
                    .filter(Files::isReadable)
                    .findFirst();
        }
    }
}
