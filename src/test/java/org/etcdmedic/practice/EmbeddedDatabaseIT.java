package org.etcdmedic.practice;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With real server processes; where one has to be killed, it belongs to a JVM of its own. */
class EmbeddedDatabaseIT {
    private static final Path PROGRAMS = Path.of("target/postgresql").toAbsolutePath();
    private static final String NOBODY = "65534";
    private static final String NAMELESS = "54321";

    /** Far below the ten seconds after which pg_ctl gives up on a server that somebody else holds. */
    private static final Duration QUICKLY = Duration.ofSeconds(6);

    @TempDir
    Path temporary;

    private Path data() {
        return temporary.resolve("practice");
    }

    @Test
    void keepsItsDataBetweenStarts() throws SQLException {
        try (var directory = LockedDirectory.take(data());
                var database = start(directory)) {
            execute(database, "CREATE TABLE kept AS SELECT 42 AS x");
        }
        assertThat(rowIsKept()).isTrue();
    }

    @Test
    void losesNothingThatWasCommittedAndListensOnLoopbackOnly() throws SQLException {
        try (var directory = LockedDirectory.take(data());
                var database = start(directory)) {
            assertThat(List.of("fsync", "synchronous_commit", "full_page_writes"))
                    .allSatisfy(setting -> assertThat(show(database, setting)).isEqualTo("on"));
            assertThat(show(database, "listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(show(database, "unix_socket_directories")).isEmpty();
        }
    }

    @Test
    void letsNobodyInWithoutTheGeneratedPassword() throws IOException {
        try (var directory = LockedDirectory.take(data());
                var database = start(directory)) {
            assertThatThrownBy(
                            () -> DriverManager.getConnection(database.getJdbcUrl(), database.getUsername(), "wrong"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            refused -> assertThat(refused.getSQLState()).isEqualTo("28P01"));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("password"))))
                    .isEqualTo("rw-------");
            assertThat(Files.readString(data().resolve("postgresql-18/pg_hba.conf"))
                            .lines()
                            .filter(line -> !line.isBlank() && !line.startsWith("#")))
                    .isNotEmpty()
                    .allMatch(line -> line.endsWith("scram-sha-256"));
        }
    }

    @Test
    void stopsTheServerThatAKilledJvmLeftBehind() throws Exception {
        Process jvm = child(List.of(), data(), PROGRAMS);
        assertThat(firstLine(jvm)).startsWith("UP ");
        jvm.destroyForcibly().waitFor();
        assertThat(servers()).isNotEmpty();
        assertHealsQuickly();
        assertThat(servers()).isEmpty();
    }

    @Test
    void recoversWhenJvmAndServerWereKilled() throws Exception {
        Process jvm = child(List.of(), data(), PROGRAMS);
        assertThat(firstLine(jvm)).startsWith("UP ");
        ProcessHandle postmaster = servers().getFirst();
        jvm.destroyForcibly().waitFor();
        postmaster.destroyForcibly();
        assertHealsQuickly();
    }

    @Test
    void isNotMisledByALockFileThatNamesAnInnocentProcess() throws IOException, SQLException {
        try (var directory = LockedDirectory.take(data());
                var database = start(directory)) {
            execute(database, "CREATE TABLE kept AS SELECT 42 AS x");
        }
        long innocent = ProcessHandle.current().pid();
        Files.writeString(
                data().resolve("postgresql-18/postmaster.pid"), innocent + "\n" + data() + "\n1\n1\n\n127.0.0.1\n");
        assertThat(rowIsKept()).isTrue();
    }

    @Test
    void stopsWithItsJvm() throws Exception {
        Process jvm = child(List.of(), data(), PROGRAMS);
        assertThat(firstLine(jvm)).startsWith("UP ");
        assertThat(servers()).isNotEmpty();
        jvm.destroy();
        jvm.waitFor();
        assertThat(servers()).isEmpty();
    }

    @Test
    void refusesASecondStartInTheSameDirectory() throws Exception {
        try (var directory = LockedDirectory.take(data())) {
            Process second = child(List.of(), directory.path(), PROGRAMS);
            assertThat(firstLine(second))
                    .startsWith("REFUSED A practice start is already running in " + data())
                    .contains("process " + ProcessHandle.current().pid());
            second.waitFor();
        }
    }

    @Test
    void refusesDataOfAnotherMajorVersion() throws IOException {
        Files.createDirectories(data().resolve("postgresql-17"));
        try (var directory = LockedDirectory.take(data())) {
            assertThatThrownBy(() -> start(directory))
                    .isInstanceOf(PracticeRefusal.class)
                    .hasMessageContainingAll("postgresql-17", "PostgreSQL 18 cannot read it");
        }
    }

    @Test
    void runsAsAnOrdinaryUser() throws Exception {
        Process jvm = childAs(NOBODY);
        assertThat(firstLine(jvm)).startsWith("UP ");
        jvm.destroy();
        jvm.waitFor();
    }

    @Test
    void saysWhyAUserWithoutANameCannotHaveADatabase() throws Exception {
        Process jvm = childAs(NAMELESS);
        assertThat(firstLine(jvm)).startsWith("REFUSED ").contains("uid " + NAMELESS, "/etc/passwd");
        jvm.waitFor();
    }

    @Test
    void saysWhatToDoWhereRootCannotStepDown() throws Exception {
        assumeTrue(Program.uid() == 0, "SKIPPED: only root has to step down");
        Process jvm = child(List.of("env", "PATH=/nowhere"), data(), PROGRAMS);
        assertThat(firstLine(jvm))
                .startsWith("REFUSED PostgreSQL does not run as root")
                .contains("spring.datasource.url");
        jvm.waitFor();
    }

    private static EmbeddedDatabase start(LockedDirectory directory) {
        return EmbeddedDatabase.start(directory, PROGRAMS, EmbeddedDatabase.DURABLE);
    }

    private List<ProcessHandle> servers() throws IOException {
        return new PostgresProcesses(data().toRealPath().resolve("postgresql-18")).running();
    }

    private void assertHealsQuickly() throws SQLException {
        long before = System.nanoTime();
        try (var directory = LockedDirectory.take(data());
                var database = start(directory)) {
            Duration took = Duration.ofNanos(System.nanoTime() - before);
            assertThat(show(database, "fsync")).isEqualTo("on");
            assertThat(took).isLessThan(QUICKLY);
        }
    }

    private boolean rowIsKept() throws SQLException {
        try (var directory = LockedDirectory.take(data());
                var database = start(directory);
                var connection = connect(database);
                var row = connection.createStatement().executeQuery("SELECT x FROM kept")) {
            return row.next() && row.getInt(1) == 42;
        }
    }

    private static void execute(EmbeddedDatabase database, String sql) throws SQLException {
        try (var connection = connect(database);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String show(EmbeddedDatabase database, String setting) throws SQLException {
        try (var connection = connect(database);
                var row = connection.createStatement().executeQuery("SHOW " + setting)) {
            row.next();
            return row.getString(1);
        }
    }

    private static Connection connect(EmbeddedDatabase database) throws SQLException {
        return DriverManager.getConnection(database.getJdbcUrl(), database.getUsername(), database.getPassword());
    }

    /** A child with everything it reads in a place that the other user can read, which root's home is not. */
    private Process childAs(String uid) throws IOException {
        assumeTrue(Program.uid() == 0, "SKIPPED: only root can become another user to try this");
        Path place = Files.createDirectory(temporary.resolve("readable"));
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
        var copied = new ArrayList<String>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path target = place.resolve(copied.size() + "-" + Path.of(entry).getFileName());
            copyTree(Path.of(entry), target);
            copied.add(target.toString());
        }
        Path own = Files.createDirectory(temporary.resolve("own"));
        Files.setAttribute(own, "unix:uid", Integer.valueOf(uid));
        return child(
                List.of("setpriv", "--reuid=" + uid, "--regid=" + uid, "--clear-groups"),
                String.join(File.pathSeparator, copied),
                own.resolve("practice"),
                own.resolve("programs"));
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> tree = Files.walk(from)) {
            for (Path path : tree.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
        }
    }

    private static Process child(List<String> prefix, Path data, Path programs) throws IOException {
        return child(prefix, System.getProperty("java.class.path"), data, programs);
    }

    private static Process child(List<String> prefix, String classPath, Path data, Path programs) throws IOException {
        var words = new ArrayList<>(prefix);
        words.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                DatabaseProcess.class.getName(),
                data.toString(),
                programs.toString()));
        return new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** The line that tells what became of the start; what is logged before it is passed over. */
    private static String firstLine(Process jvm) throws IOException {
        var out = new BufferedReader(new InputStreamReader(jvm.getInputStream(), UTF_8));
        return out.lines()
                .filter(line -> line.startsWith("UP ") || line.startsWith("REFUSED "))
                .findFirst()
                .orElse("(ended without a word)");
    }
}
