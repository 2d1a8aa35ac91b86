package org.etcdmedic.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/** The service in a process of its own, which can be killed like any other. */
public final class ServiceProcess implements AutoCloseable {
    private static final int LAST_LINES = 40;

    private final Process process;
    private final Api api;
    private final Path log;

    private ServiceProcess(Process process, Api api, Path log) {
        this.process = process;
        this.api = api;
        this.log = log;
    }

    /**
     * Starts the service on this database and waits until it is up.
     *
     * @param log file that its output goes to
     * @param properties further ones, as {@code name=value}
     */
    public static ServiceProcess start(JdbcConnectionDetails database, Path log, String... properties) {
        ServiceProcess service = launch(database, log, Map.of(), properties);
        try {
            service.awaitUp();
        } catch (AssertionError e) {
            service.kill();
            throw e;
        }
        return service;
    }

    /**
     * Starts the service and does not wait for it.
     *
     * @param environment further variables, such as a library to load first
     */
    public static ServiceProcess launch(
            JdbcConnectionDetails database, Path log, Map<String, String> environment, String... properties) {
        return launch(List.of("-XX:TieredStopAtLevel=1", "-Xmx512m"), database, log, environment, properties);
    }

    /**
     * Starts the service and does not wait for it.
     *
     * @param machine options of its Java machine
     */
    public static ServiceProcess launch(
            List<String> machine,
            JdbcConnectionDetails database,
            Path log,
            Map<String, String> environment,
            String... properties) {
        int port = freePort();
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(machine);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                "org.etcdmedic.EtcdMedic",
                "--server.port=" + port,
                "--spring.datasource.url=" + database.getJdbcUrl(),
                "--spring.datasource.username=" + database.getUsername()));
        for (String property : properties) {
            command.add("--" + property);
        }
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("SPRING_DATASOURCE_PASSWORD", String.valueOf(database.getPassword()));
        builder.environment().putAll(environment);
        try {
            return new ServiceProcess(builder.start(), new Api("http://127.0.0.1:" + port), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Processor time that it has used until now. */
    public Duration used() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** Its API. */
    public Api api() {
        return api;
    }

    /** Its process. */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** Waits until it has ended by itself, and tells its exit status. */
    public int awaitEnd(Duration patience) {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("the service has not ended by itself in " + patience);
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Waits until it is up; fails at once, with the end of its log, when it ended instead. */
    public void awaitUp() {
        try {
            api.awaitUp(Duration.ofMinutes(4), process::isAlive);
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + (process.isAlive() ? "" : ", it ended") + "; " + endOfLog(), e);
        }
    }

    private String endOfLog() {
        try {
            var lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
        } catch (IOException e) {
            return "no log: " + e;
        }
    }

    /** Stops it in the middle of whatever it does ({@code SIGSTOP}); it keeps its memory and its connections. */
    public void freeze() {
        signal("STOP");
    }

    /** Lets it go on as if nothing had been. */
    public void wake() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            int status = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IllegalStateException("kill -" + name + " ended with status " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** {@code kill -9}: no shutdown hook, no farewell. */
    public void kill() {
        process.destroyForcibly();
        await();
    }

    @Override
    public void close() {
        process.destroy();
        await();
    }

    private void await() {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
