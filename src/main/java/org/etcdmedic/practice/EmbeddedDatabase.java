package org.etcdmedic.practice;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * A real PostgreSQL server of our own, on loopback, that keeps its data in a directory and heals after a kill. Only who
 * knows the generated password, which lies beside the data, gets in.
 */
public final class EmbeddedDatabase implements JdbcConnectionDetails, AutoCloseable {
    /** Nothing that was committed is lost, whatever is killed. */
    public static final Map<String, String> DURABLE =
            Map.of("fsync", "on", "synchronous_commit", "on", "full_page_writes", "on");

    /** For tests, whose data nobody misses; each of their contexts and replicas keeps a pool of twenty connections. */
    public static final Map<String, String> FAST =
            Map.of("fsync", "off", "synchronous_commit", "off", "full_page_writes", "off", "max_connections", "400");

    private static final String USER = "medic";

    private final PostgresBinaries binaries;
    private final Path data;
    private final String password;
    private final int port;

    private EmbeddedDatabase(PostgresBinaries binaries, Path data, String password, int port) {
        this.binaries = binaries;
        this.data = data;
        this.password = password;
        this.port = port;
    }

    /**
     * Starts the server on the data in the directory, which is created on the first start. Throws
     * {@link PracticeRefusal} where that is impossible.
     *
     * @param unpacked where the programs are unpacked to; may be shared
     * @param settings {@link #DURABLE} or {@link #FAST}
     */
    public static EmbeddedDatabase start(LockedDirectory directory, Path unpacked, Map<String, String> settings) {
        refuseWhereRootCannotStepDown();
        PostgresBinaries binaries = PostgresBinaries.unpackedBelow(unpacked);
        try {
            Path data = data(directory, binaries.major());
            Path passwordFile = directory.resolve("password");
            if (Files.isDirectory(data)) {
                Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
                new PostgresProcesses(data).endOrphans(binaries);
            } else {
                writePassword(passwordFile);
                create(binaries, data, passwordFile);
            }
            return run(binaries, data, Files.readString(passwordFile), directory.resolve("server.log"), settings);
        } catch (IOException e) {
            throw new PracticeRefusal("The database in " + directory.path() + " cannot be opened: " + e, e);
        }
    }

    private static void refuseWhereRootCannotStepDown() {
        if (Program.uid() == 0) {
            Program.of("true")
                    .asOrdinaryUser()
                    .runOrRefuse("PostgreSQL does not run as root, and here root cannot step down to nobody (it may not"
                            + " create a user namespace). Start as an ordinary user, or name a database of your own"
                            + " with --spring.datasource.url=jdbc:postgresql://...");
        }
    }

    private static Path data(LockedDirectory directory, String major) throws IOException {
        Path data = directory.path().toRealPath().resolve("postgresql-" + major);
        if (!Files.isDirectory(data)) {
            try (Stream<Path> others = Files.list(directory.path())) {
                others.map(path -> path.getFileName().toString())
                        .filter(name -> name.matches("postgresql-\\d+"))
                        .findAny()
                        .ifPresent(other -> {
                            throw new PracticeRefusal("The data in " + directory.resolve(other)
                                    + " was written by another major version, and PostgreSQL " + major
                                    + " cannot read it. Use the release that wrote it, or move that folder away to"
                                    + " begin with an empty database.");
                        });
            }
        }
        return data;
    }

    private static void writePassword(Path file) throws IOException {
        var random = new byte[24];
        new SecureRandom().nextBytes(random);
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(file, Base64.getUrlEncoder().encode(random));
    }

    private static void create(PostgresBinaries binaries, Path data, Path passwordFile) throws IOException {
        // Only a finished directory carries the final name, so being killed here heals by itself.
        Path unfinished = data.resolveSibling("creating");
        deleteTree(unfinished);
        Program.Ended ended = Program.of(
                        binaries.program("initdb"),
                        "--pgdata=" + unfinished,
                        "--username=" + USER,
                        "--pwfile=" + passwordFile,
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale=C",
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8")
                .asOrdinaryUser()
                .run();
        if (ended.output().contains("could not look up effective user ID")) {
            throw new PracticeRefusal("PostgreSQL cannot create a database for a user without a name: this process runs"
                    + " as uid " + Program.uid() + ", which has no entry in /etc/passwd. Run as a named user, or name a"
                    + " database of your own with --spring.datasource.url=jdbc:postgresql://...");
        }
        if (ended.status() != 0) {
            throw new PracticeRefusal("The database in " + data + " cannot be created. initdb said: "
                    + ended.output().strip());
        }
        Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
    }

    private static EmbeddedDatabase run(
            PostgresBinaries binaries, Path data, String password, Path log, Map<String, String> settings)
            throws IOException {
        int port = freePort();
        if (Files.exists(log)) {
            Files.move(log, log.resolveSibling("server-before.log"), StandardCopyOption.REPLACE_EXISTING);
        }
        var options = new ArrayList<>(List.of(
                "port=" + port,
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=",
                "password_encryption=scram-sha-256",
                "max_connections=100"));
        settings.forEach((name, value) -> options.add(name + "=" + value));
        Program.Ended ended = Program.of(
                        binaries.program("pg_ctl"),
                        "start",
                        "--pgdata=" + data,
                        "--log=" + log,
                        "--options="
                                + options.stream().map(option -> "-c " + option).collect(Collectors.joining(" ")),
                        "--wait",
                        "--timeout=60",
                        "--silent")
                .asOrdinaryUser()
                .run();
        if (ended.status() != 0) {
            throw new PracticeRefusal("The database in " + data + " does not start. "
                    + ended.output().strip() + " The end of " + log + ":\n" + end(log));
        }
        return new EmbeddedDatabase(binaries, data, password, port);
    }

    private static String end(Path log) throws IOException {
        if (!Files.exists(log)) {
            return "(not written)";
        }
        List<String> lines = new String(Files.readAllBytes(log), UTF_8).lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 8), lines.size()));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void deleteTree(Path root) throws IOException {
        if (Files.exists(root)) {
            try (Stream<Path> tree = Files.walk(root)) {
                for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    /** The JDBC URL of one database of the server. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    @Override
    public String getJdbcUrl() {
        return jdbcUrl("postgres");
    }

    @Override
    public String getUsername() {
        return USER;
    }

    @Override
    public String getPassword() {
        return password;
    }

    /** Stops the server and cuts its connections. */
    @Override
    public void close() {
        new PostgresProcesses(data).stop(binaries);
    }
}
