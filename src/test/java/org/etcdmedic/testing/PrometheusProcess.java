package org.etcdmedic.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;

/** A real Prometheus, as Debian packages it. Where the machine has none, the test says so and is skipped. */
public final class PrometheusProcess implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/bin/prometheus");
    private static final Path TOOL = Path.of("/usr/bin/promtool");

    private final Process process;
    private final Api api;

    private PrometheusProcess(Process process, Api api) {
        this.process = process;
        this.api = api;
    }

    private static void need(Path program) {
        if (!Files.isExecutable(program)) {
            String skipped = "PROMETHEUS SKIPPED: " + program + " is not there";
            System.out.println(skipped);
            Assumptions.abort(skipped);
        }
    }

    /** What promtool says, and that it ends well. */
    public static String promtool(String... arguments) throws IOException, InterruptedException {
        need(TOOL);
        var command = new java.util.ArrayList<>(List.of(TOOL.toString()));
        command.addAll(List.of(arguments));
        Process tool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (tool.waitFor() != 0) {
            throw new AssertionError(said);
        }
        return said;
    }

    /** Starts one that scrapes this service each second with this token, and has these rules. */
    public static PrometheusProcess start(Path directory, String target, String token, Path rules) throws IOException {
        need(PROGRAM);
        Path secret = Files.writeString(directory.resolve("token"), token);
        Path configuration = Files.writeString(
                directory.resolve("prometheus.yaml"), """
                global: {scrape_interval: 2s, scrape_timeout: 2s, evaluation_interval: 1s}
                rule_files: ["%s"]
                scrape_configs:
                  - job_name: etcd-medic
                    metrics_path: /actuator/prometheus
                    authorization: {credentials_file: "%s"}
                    static_configs: [{targets: ["%s"]}]
                """.formatted(rules.toAbsolutePath(), secret, target));
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Process process = new ProcessBuilder(
                        PROGRAM.toString(),
                        "--config.file=" + configuration,
                        "--storage.tsdb.path=" + directory.resolve("prometheus"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--enable-feature=exemplar-storage",
                        "--log.level=warn")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("prometheus.log").toFile())
                .start();
        return new PrometheusProcess(process, new Api("http://127.0.0.1:" + port));
    }

    /** What it knows now. */
    public JsonNode query(String expression) {
        return ask("/api/v1/query?query=" + encoded(expression));
    }

    /** What it knew in this span, each second. */
    public JsonNode range(String expression, double from, double to) {
        return ask("/api/v1/query_range?step=1&start=%s&end=%s&query=%s".formatted(from, to, encoded(expression)));
    }

    /** An answer of its API, which has to be one. */
    public JsonNode ask(String path) {
        Api.Answer answer = api.get(path);
        if (answer.status() != 200) {
            throw new AssertionError(path + ": " + answer.text());
        }
        return answer.json().path("data");
    }

    /** Waits until what it knows fits. */
    public JsonNode await(String expression, Predicate<JsonNode> condition, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        JsonNode last = null;
        while (System.nanoTime() < end) {
            try {
                last = query(expression).path("result");
                if (condition.test(last)) {
                    return last;
                }
            } catch (java.io.UncheckedIOException e) {
                // Not listening yet.
            }
            LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
        }
        throw new AssertionError(expression + " is " + last + " after " + patience + "; targets: " + targets());
    }

    private String targets() {
        try {
            return ask("/api/v1/targets?state=active").toString();
        } catch (java.io.UncheckedIOException e) {
            return "not known, Prometheus does not answer";
        }
    }

    /** In an address. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
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
