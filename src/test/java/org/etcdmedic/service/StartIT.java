package org.etcdmedic.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.etcdmedic.practice.EmbeddedDatabase;
import org.etcdmedic.practice.LockedDirectory;
import org.etcdmedic.testing.Database;
import org.etcdmedic.testing.Line;
import org.etcdmedic.testing.ServiceProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/** The start of the service while its database is away, crowded, or lets nobody like us in. */
class StartIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int CROWD = 12;

    @TempDir
    Path directory;

    private record Stranger(String getJdbcUrl, String getUsername, String getPassword)
            implements JdbcConnectionDetails {}

    @Test
    void waitsForADatabaseThatComesUpLaterOrIsCrowdedAndSaysWhy() throws Exception {
        try (LockedDirectory data = LockedDirectory.take(directory.resolve("data"))) {
            EmbeddedDatabase server = start(data);
            try (var line = new Line(server)) {
                server.close();
                try (ServiceProcess service = launch(line.through(server), "60s")) {
                    awaitLine("cannot be used yet");
                    server = start(data);
                    List<Connection> crowd = crowd(server);
                    line.leadTo(server);
                    awaitLine("too many clients");
                    for (Connection one : crowd) {
                        one.close();
                    }
                    service.awaitUp();
                }
            } finally {
                server.close();
            }
        }
    }

    @Test
    void endsWithTheReasonWhenTheDatabaseStaysAway() throws Exception {
        var nobody = new Stranger("jdbc:postgresql://127.0.0.1:1/medic?password=marker-in-url", "medic", "marker-word");
        try (ServiceProcess service = launch(nobody, "5s")) {
            assertThat(service.awaitEnd(PATIENCE)).isEqualTo(1);
        }
        assertThat(log())
                .contains(
                        "The database at jdbc:postgresql://127.0.0.1:1/medic cannot be used: Connection to 127.0.0.1:1 refused")
                .contains("medic.database.wait-at-start")
                .doesNotContain("marker-in-url", "marker-word", "\tat org.");
    }

    @Test
    void endsAtOnceWhenTheDatabaseDoesNotLetUsIn() throws Exception {
        try (LockedDirectory data = LockedDirectory.take(directory.resolve("data"))) {
            EmbeddedDatabase server = start(data);
            try (ServiceProcess service =
                    launch(new Stranger(server.getJdbcUrl(), server.getUsername(), "marker-word"), "10m")) {
                assertThat(service.awaitEnd(PATIENCE)).isEqualTo(1);
            } finally {
                server.close();
            }
        }
        assertThat(log())
                .contains("password authentication failed")
                .contains("Mend spring.datasource.url")
                .doesNotContain("cannot be used yet", "marker-word", "\tat org.");
    }

    @Test
    void warnsOfNothingWhileAllIsWell() throws Exception {
        try (ServiceProcess service = ServiceProcess.start(Database.fresh(), directory.resolve("service.log"))) {
            // Bodies are checked by the contract from the first one on.
            assertThat(service.api().put("/instances/i1", """
                    {"nodes": [{"nodeId": "n1", "host": "127.0.0.1"}]}
                    """).status()).isEqualTo(201);
            assertThat(service.api().post("/alarms", """
                    {"instanceId": "nobody", "nodeId": "n1", "occurredAt": "2026-11-23T00:00:00Z"}
                    """).status()).isEqualTo(422);
        }
        assertThat(log()).contains("Started EtcdMedic").doesNotContain(" WARN ", " ERROR ", "WARNING:");
    }

    private static EmbeddedDatabase start(LockedDirectory data) {
        var settings = new HashMap<>(EmbeddedDatabase.DURABLE);
        settings.put("max_connections", Integer.toString(CROWD));
        return EmbeddedDatabase.start(data, Path.of("target").toAbsolutePath().resolve("postgresql"), settings);
    }

    /** Everybody who came back before us. */
    private static List<Connection> crowd(EmbeddedDatabase server) throws SQLException {
        var crowd = new ArrayList<Connection>();
        for (int i = 0; i < CROWD; i++) {
            crowd.add(DriverManager.getConnection(server.getJdbcUrl(), server.getUsername(), server.getPassword()));
        }
        return crowd;
    }

    private ServiceProcess launch(JdbcConnectionDetails database, String wait) {
        return ServiceProcess.launch(
                database,
                directory.resolve("service.log"),
                Map.of(),
                "medic.database.wait-at-start=" + wait,
                "spring.datasource.hikari.maximum-pool-size=4");
    }

    private String log() throws IOException {
        return Files.readString(directory.resolve("service.log"));
    }

    private void awaitLine(String part) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!log().contains(part)) {
            assertThat(System.nanoTime()).as(part + " in " + log()).isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }
}
