package org.etcdmedic.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.etcdmedic.testing.Api;
import org.etcdmedic.testing.Database;
import org.etcdmedic.testing.ServiceProcess;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import tools.jackson.databind.JsonNode;

/** {@code kill -9} of the service in the middle of a diagnosis: real processes, a real database, a node that hangs. */
class KilledServiceIT {
    /** Heartbeats are quicker than in the field, so that a lost worker is found within the test. */
    private String[] settings() {
        return settings(
                "db-scheduler.heartbeat-interval=1s",
                "db-scheduler.missed-heartbeats-limit=4",
                "medic.diagnosis.deadline=8s",
                "medic.ssh.login-timeout=20s");
    }

    private String[] settings(String... more) {
        String[] usual = {
            "medic.ssh.known-hosts=file:" + directory.resolve("known_hosts"),
            "medic.ssh.logins.ops.user=ops",
            "medic.ssh.logins.ops.private-key=file:" + directory.resolve("key")
        };
        return Stream.concat(Stream.of(usual), Stream.of(more)).toArray(String[]::new);
    }

    @BeforeEach
    void makeKey() throws IOException, JSchException {
        KeyPair.genKeyPair(new JSch(), KeyPair.ECDSA, 256)
                .writePrivateKey(directory.resolve("key").toString());
        Files.createFile(directory.resolve("known_hosts"));
    }

    @TempDir
    Path directory;

    @Test
    void endsTheDiagnosisOnceAfterTheRestartWithNothingLost() throws IOException, SQLException {
        JdbcConnectionDetails database = Database.fresh();
        // A node that takes the connection and says nothing keeps the diagnosis running until its deadline.
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String diagnosis;
            ServiceProcess first = ServiceProcess.start(database, directory.resolve("first.log"), settings());
            try {
                register(first.api(), silent.getLocalPort());
                diagnosis = alarm(first.api(), "A-1").json().path("diagnosisId").stringValue();
                first.api().await(diagnosis, d -> status(d).equals("RUNNING"), Duration.ofSeconds(10));
                assertThat(alarm(first.api(), "A-2").json().path("diagnosisId").stringValue())
                        .isEqualTo(diagnosis);
            } finally {
                first.kill();
            }

            try (ServiceProcess second = ServiceProcess.start(database, directory.resolve("second.log"), settings())) {
                JsonNode over =
                        second.api().await(diagnosis, d -> status(d).equals("COMPLETED"), Duration.ofSeconds(60));

                assertThat(over.path("verdict").path("outcome").stringValue()).isNotBlank();
                assertThat(texts(database, "select attempt::text from diagnosis"))
                        .containsExactly("2");
                assertThat(texts(database, "select state from alarm order by received_at"))
                        .containsExactly("OPENED", "JOINED");
                assertThat(texts(database, "select task_instance from scheduled_tasks where task_name = 'diagnosis'"))
                        .isEmpty();
                assertThat(second.api().get("/diagnoses").json().path("items").size())
                        .isEqualTo(1);
            }
        }
    }

    /** Whoever is told to stop while a node is asked gives the job back: nobody waits for missed heartbeats. */
    @Test
    void aStopGivesTheJobBack() throws IOException, SQLException {
        JdbcConnectionDetails database = Database.fresh();
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String diagnosis;
            try (ServiceProcess first = ServiceProcess.start(
                    database,
                    directory.resolve("first.log"),
                    settings(
                            "db-scheduler.heartbeat-interval=1h",
                            "db-scheduler.shutdown-max-wait=1s",
                            "medic.diagnosis.deadline=5m",
                            "medic.ssh.login-timeout=2m"))) {
                register(first.api(), silent.getLocalPort());
                diagnosis = alarm(first.api(), "A-1").json().path("diagnosisId").stringValue();
                first.api().await(diagnosis, d -> status(d).equals("RUNNING"), Duration.ofSeconds(10));
                first.handle().destroy();
                first.awaitEnd(Duration.ofSeconds(30));
            }
            assertThat(texts(database, "select picked::text from scheduled_tasks where task_name = 'diagnosis'"))
                    .containsExactly("false");

            try (ServiceProcess second = ServiceProcess.start(
                    database,
                    directory.resolve("second.log"),
                    settings("db-scheduler.heartbeat-interval=1h", "medic.diagnosis.deadline=8s"))) {
                JsonNode over =
                        second.api().await(diagnosis, d -> status(d).equals("COMPLETED"), Duration.ofSeconds(60));

                assertThat(over.path("verdict").path("outcome").stringValue()).isNotBlank();
                assertThat(texts(database, "select task_instance from scheduled_tasks where task_name = 'diagnosis'"))
                        .isEmpty();
            }
        }
    }

    private static void register(Api api, int port) {
        assertThat(api.put("/instances/i1", """
                                {"nodes": [{"nodeId": "n1", "host": "127.0.0.1", "sshPort": %d, "login": "ops"}]}
                                """.formatted(port)).status()).isEqualTo(201);
    }

    private static Api.Answer alarm(Api api, String id) {
        return api.post("/alarms", """
                {"alarmId": "%s", "instanceId": "i1", "nodeId": "n1", "occurredAt": "%s"}
                """.formatted(id, Instant.now()));
    }

    private static String status(JsonNode diagnosis) {
        return diagnosis.path("status").stringValue("");
    }

    private static List<String> texts(JdbcConnectionDetails database, String query) throws SQLException {
        try (var connection = DriverManager.getConnection(
                        database.getJdbcUrl(), database.getUsername(), database.getPassword());
                var rows = connection.createStatement().executeQuery(query)) {
            var texts = new ArrayList<String>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }
}
