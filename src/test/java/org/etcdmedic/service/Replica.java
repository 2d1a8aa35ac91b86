package org.etcdmedic.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.etcdmedic.testing.Api;
import tools.jackson.databind.JsonNode;

/** What the tests with real processes share: settings of a replica, an instance, an alarm. */
final class Replica {
    private Replica() {}

    /** The key and the known_hosts that {@link #settings} names. */
    static void prepare(Path directory) throws IOException, JSchException {
        KeyPair.genKeyPair(new JSch(), KeyPair.ECDSA, 256)
                .writePrivateKey(directory.resolve("key").toString());
        Files.createFile(directory.resolve("known_hosts"));
    }

    /** Heartbeats are quicker than in the field, so that a lost worker is found within the test. */
    static String[] settings(Path directory) {
        return new String[] {
            "db-scheduler.heartbeat-interval=1s",
            "db-scheduler.missed-heartbeats-limit=4",
            "medic.diagnosis.deadline=5s",
            // Whoever is killed over and over is not given up here: all have to come to a verdict.
            "medic.diagnosis.max-attempts=1000",
            "medic.ssh.login-timeout=20s",
            "medic.ssh.known-hosts=file:" + directory.resolve("known_hosts"),
            "medic.ssh.logins.ops.user=ops",
            "medic.ssh.logins.ops.private-key=file:" + directory.resolve("key")
        };
    }

    /** The same with further ones, which win over those of the same name. */
    static String[] settings(Path directory, String... further) {
        return Stream.concat(
                        Arrays.stream(settings(directory))
                                .filter(setting -> Arrays.stream(further)
                                        .noneMatch(own -> name(own).equals(name(setting)))),
                        Arrays.stream(further))
                .toArray(String[]::new);
    }

    private static String name(String setting) {
        return setting.substring(0, setting.indexOf('='));
    }

    /** An instance with one node on loopback. */
    static void register(Api api, String instance, int port) {
        assertThat(api.put("/instances/" + instance, """
                                {"nodes": [{"nodeId": "n1", "host": "127.0.0.1", "sshPort": %d, "login": "ops"}]}
                                """.formatted(port)).status())
                .isIn(200, 201);
    }

    /** What the service says of itself. */
    static double metric(Api api, String name) {
        Api.Answer answer = api.get("/actuator/metrics/" + name);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        JsonNode value = answer.json().path("measurements").path(0).path("value");
        // JSON has no number for what is unknown.
        return value.isString() ? Double.parseDouble(value.stringValue()) : value.doubleValue();
    }

    /** Waits until it says so: it looks at its database every ten seconds at most. */
    static void awaitMetric(Api api, String name, double expected) {
        long end = System.nanoTime() + Duration.ofSeconds(40).toNanos();
        double last = metric(api, name);
        while (Double.compare(last, expected) != 0) {
            assertThat(System.nanoTime())
                    .as(name + " is " + last + " and not " + expected)
                    .isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
            last = metric(api, name);
        }
    }

    /** Sends an alarm about it. */
    static Api.Answer alarm(Api api, String instance, String id, Instant at) {
        return api.post("/alarms", """
                {"alarmId": "%s", "instanceId": "%s", "nodeId": "n1", "occurredAt": "%s"}
                """.formatted(id, instance, at));
    }
}
