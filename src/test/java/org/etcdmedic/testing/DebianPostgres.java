package org.etcdmedic.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * A PostgreSQL as Debian packages it, with its tools and an empty database {@code medic} of the account {@code medic}. Where the machine has
 * none, the test says so and is skipped.
 */
public final class DebianPostgres implements AutoCloseable {
    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");

    private final Path programs;
    private final Path data;
    private final int port;

    private DebianPostgres(Path programs, Path data, int port) {
        this.programs = programs;
        this.data = data;
        this.port = port;
    }

    /** Starts one in this directory, which has to be empty, on loopback. */
    public static DebianPostgres start(Path directory) throws IOException, InterruptedException {
        Optional<Path> programs = programs();
        if (programs.isEmpty()) {
            String skipped = "POSTGRESQL SKIPPED: " + VERSIONS + " holds no server";
            System.out.println(skipped);
            Assumptions.abort(skipped);
        }
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        var server = new DebianPostgres(programs.orElseThrow(), directory.resolve("data"), port);
        if (isRoot()) {
            // PostgreSQL does not run as root.
            run(List.of("chown", "nobody", directory.toString()));
            run(List.of("chmod", "a+x", directory.resolve("..").toString()));
        }
        server.asItself("initdb", "--auth=trust", "--username=postgres", "--no-sync", "--locale=C.UTF-8");
        server.asItself(
                "pg_ctl",
                "--wait",
                "--log=" + directory.resolve("log"),
                "--options=-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off",
                "start");
        server.sql("postgres", "create role medic login");
        server.sql("postgres", "create database medic owner medic");
        return server;
    }

    private static Optional<Path> programs() throws IOException {
        if (!Files.isDirectory(VERSIONS)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(VERSIONS)) {
            return versions.filter(version -> Files.isExecutable(version.resolve("bin/postgres")))
                    .max(Comparator.comparing(Path::toString))
                    .map(version -> version.resolve("bin"));
        }
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private void asItself(String program, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        if (isRoot()) {
            command.addAll(List.of("runuser", "--user", "nobody", "--"));
        }
        command.addAll(List.of(programs.resolve(program).toString(), "--pgdata=" + data));
        command.addAll(List.of(arguments));
        run(command);
    }

    private void sql(String database, String statement) throws IOException, InterruptedException {
        run(List.of(
                programs.resolve("psql").toString(),
                "--no-psqlrc",
                "--command=" + statement,
                "postgresql://postgres@127.0.0.1:" + port + "/" + database));
    }

    /** Runs lines of a shell with this server's tools, as a person would; what they print. */
    public String shell(Path directory, String lines) throws IOException, InterruptedException {
        return run(new ProcessBuilder("bash", "-euc", "PATH=" + programs + ":$PATH\n" + lines)
                .directory(directory.toFile()));
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        run(new ProcessBuilder(command));
    }

    private static String run(ProcessBuilder builder) throws IOException, InterruptedException {
        // Not a pipe: the server that pg_ctl leaves behind would keep it open.
        Path said = Files.createTempFile("said", ".txt");
        try {
            int status = builder.redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start()
                    .waitFor();
            String text = Files.readString(said, StandardCharsets.UTF_8);
            if (status != 0) {
                throw new AssertionError(builder.command() + " ended with " + status + ":\n" + text);
            }
            return text;
        } finally {
            Files.delete(said);
        }
    }

    /** The database of the service, as the command line names it. */
    public String url() {
        return "postgresql://medic@127.0.0.1:" + port + "/medic";
    }

    /** The database of the service, as Java names it. */
    public JdbcConnectionDetails details() {
        return new Details("jdbc:postgresql://127.0.0.1:" + port + "/medic", "medic", "");
    }

    private record Details(String getJdbcUrl, String getUsername, String getPassword)
            implements JdbcConnectionDetails {}

    @Override
    public void close() throws IOException {
        try {
            asItself("pg_ctl", "--mode=immediate", "stop");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the server was left running", e);
        }
    }
}
