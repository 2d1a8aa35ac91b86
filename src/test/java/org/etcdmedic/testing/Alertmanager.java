package org.etcdmedic.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/** The real Alertmanager (Debian's package {@code prometheus-alertmanager}) as a process of its own, on loopback. */
public final class Alertmanager implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/bin/prometheus-alertmanager");

    private final Process process;
    private final Api api;

    private Alertmanager(Process process, Api api) {
        this.process = process;
        this.api = api;
    }

    /** Says loudly that a test cannot run here, and leaves it out. */
    public static void assumeInstalled() {
        if (!Files.isExecutable(PROGRAM)) {
            System.err.println("SKIPPED: " + PROGRAM + " is missing (apt-get install prometheus-alertmanager);"
                    + " nothing was tried with the real Alertmanager");
        }
        Assumptions.assumeTrue(Files.isExecutable(PROGRAM), "prometheus-alertmanager is not installed");
    }

    /**
     * Starts it.
     *
     * @param folder its configuration and its data
     * @param webhook where it sends its alerts
     * @param token what it presents there
     */
    public static Alertmanager start(Path folder, String webhook, String token) {
        return start(folder, """
                webhook_configs:
                  - url: %s
                    send_resolved: true
                    http_config: {authorization: {credentials: %s}}
                """.formatted(webhook, token));
    }

    /**
     * Starts it.
     *
     * @param folder its configuration and its data
     * @param receiver whom it tells, as its configuration has it
     */
    public static Alertmanager start(Path folder, String receiver) {
        try {
            Files.createDirectories(folder);
            Path configuration = folder.resolve("alertmanager.yml");
            // Impatient, so that a test need not wait; what is sent, and when it is sent again, is as in production.
            Files.writeString(configuration, """
                    route: {receiver: etcd-medic, group_by: [alertname, instance], group_wait: 100ms, group_interval: 1s, repeat_interval: 1h}
                    receivers:
                      - name: etcd-medic
                    """ + receiver.indent(4));
            int port;
            try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = socket.getLocalPort();
            }
            Process process = new ProcessBuilder(
                            PROGRAM.toString(),
                            "--config.file=" + configuration,
                            "--storage.path=" + folder.resolve("data"),
                            "--web.listen-address=127.0.0.1:" + port,
                            "--cluster.listen-address=")
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("alertmanager.log").toFile())
                    .start();
            var started = new Alertmanager(process, new Api("http://127.0.0.1:" + port));
            started.awaitReady();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady() {
        Polling.await("Alertmanager is ready", Duration.ofMinutes(1), () -> {
            try {
                return api.get("/-/ready").status() == 200;
            } catch (UncheckedIOException notYet) {
                return false;
            }
        });
    }

    /** Hands it alerts as Prometheus does: a JSON list. */
    public void alerts(String json) {
        Api.Answer answer = api.post("/api/v2/alerts", json);
        if (answer.status() != 200) {
            throw new AssertionError("Alertmanager did not take it: " + answer.text());
        }
    }

    /** One of its own counters for web hooks, all reasons together. */
    public double counter(String name) {
        Matcher lines = Pattern.compile("(?m)^" + name + "\\{[^}]*integration=\"webhook\"[^}]*\\} ([0-9.e+]+)$")
                .matcher(api.get("/metrics").text());
        double sum = 0;
        while (lines.find()) {
            sum += Double.parseDouble(lines.group(1));
        }
        return sum;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
