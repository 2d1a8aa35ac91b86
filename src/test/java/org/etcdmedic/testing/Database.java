package org.etcdmedic.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.etcdmedic.practice.EmbeddedDatabase;
import org.etcdmedic.practice.LockedDirectory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * A real, empty PostgreSQL database for a test. One server runs for the whole test JVM and is gone with it; each call of
 * {@link #fresh()} makes another database on it, which takes a tenth of a second. In a test with Spring:
 *
 * <pre>{@code
 * @SpringBootTest
 * class SomethingIT {
 *     @TestConfiguration(proxyBeanMethods = false)
 *     static class FreshDatabase {
 *         @Bean
 *         JdbcConnectionDetails database() {
 *             return Database.fresh();
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p>Flyway then builds the schema as it does in production. The build runs all tests in Asia/Kathmandu, and the driver
 * gives its sessions the zone of the JVM, so what only works in UTC fails here.
 */
public final class Database {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private Database() {}

    private static final class Server {
        static final EmbeddedDatabase RUNNING = start();
    }

    /** The connection details of a database that nobody else has. */
    public static JdbcConnectionDetails fresh() {
        EmbeddedDatabase server = Server.RUNNING;
        String name = "test_" + COUNT.incrementAndGet();
        try (var connection =
                        DriverManager.getConnection(server.getJdbcUrl(), server.getUsername(), server.getPassword());
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name + " STRATEGY wal_log");
        } catch (SQLException e) {
            throw new IllegalStateException("no database for the test", e);
        }
        return new Fresh(server.jdbcUrl(name), server.getUsername(), server.getPassword());
    }

    private record Fresh(String getJdbcUrl, String getUsername, String getPassword) implements JdbcConnectionDetails {}

    private static EmbeddedDatabase start() {
        Path target = Path.of("target").toAbsolutePath();
        Path data = target.resolve("test-database-" + ProcessHandle.current().pid());
        LockedDirectory directory = LockedDirectory.take(data);
        EmbeddedDatabase server =
                EmbeddedDatabase.start(directory, target.resolve("postgresql"), EmbeddedDatabase.FAST);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.close();
            directory.close();
            delete(data);
        }));
        return server;
    }

    private static void delete(Path root) {
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
