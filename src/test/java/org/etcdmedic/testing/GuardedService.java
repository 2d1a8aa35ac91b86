package org.etcdmedic.testing;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import tools.jackson.databind.JsonNode;

/**
 * The service with API tokens, one for each role and one for a caller in a hurry, on a database that can be taken away from
 * it.
 */
public final class GuardedService implements AutoCloseable {
    private static final List<String> TOKENS = List.of("intake", "metrics", "viewer", "operator", "admin", "hasty");

    private final ServiceProcess process;
    private final JdbcConnectionDetails database;

    private GuardedService(ServiceProcess process, JdbcConnectionDetails database) {
        this.process = process;
        this.database = database;
    }

    /** Starts it; its output goes to the log. */
    public static GuardedService start(Path log, String... properties) {
        JdbcConnectionDetails database = Database.fresh();
        var all = new ArrayList<>(List.of(properties));
        for (String token : TOKENS) {
            all.add("medic.access.tokens." + token + ".roles=" + (token.equals("hasty") ? "admin" : token));
            all.add("medic.access.tokens." + token + ".sha256=" + sha256(secret(token)));
        }
        // Whoever asks while the database is away is told so at once.
        all.add("spring.datasource.hikari.connection-timeout=300");
        return new GuardedService(ServiceProcess.start(database, log, all.toArray(String[]::new)), database);
    }

    private static String secret(String token) {
        return "secret-of-" + token + "-0123456789abcdef0123456789";
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Its API. */
    public Api api() {
        return process.api();
    }

    /** Asks it to stop, and waits until it has. */
    public void stop() {
        process.close();
    }

    /** The headers of this token's owner, and further ones. */
    public String[] as(String token, String... further) {
        var headers = new ArrayList<>(List.of("Authorization", "Bearer " + secret(token)));
        headers.addAll(Arrays.asList(further));
        return headers.toArray(String[]::new);
    }

    /** Waits until the diagnosis fits. */
    public JsonNode await(String diagnosis, Predicate<JsonNode> condition, Duration patience) {
        return api().await(diagnosis, condition, patience, as("admin"));
    }

    /** Does something while these tables are gone, which is a failure of ours. */
    public void withoutTables(List<String> tables, Runnable deed) throws SQLException {
        for (String table : tables) {
            sql("alter table " + table + " rename to " + table + "_gone");
        }
        try {
            deed.run();
        } finally {
            for (String table : tables) {
                sql("alter table " + table + "_gone rename to " + table);
            }
        }
    }

    /** Changes what stands in its database. */
    public void sql(String statement) throws SQLException {
        execute(database.getJdbcUrl(), statement);
    }

    /** Does something while the database lets nobody in. */
    public void withoutDatabase(Runnable deed) throws SQLException {
        String url = database.getJdbcUrl();
        String name = url.replaceAll(".*/([^/?]+).*", "$1");
        String beside = url.replace("/" + name, "/postgres");
        execute(beside, "alter database " + name + " with allow_connections false");
        try {
            execute(beside, "select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name + "'");
            deed.run();
        } finally {
            execute(beside, "alter database " + name + " with allow_connections true");
            awaitDatabase();
        }
    }

    private void awaitDatabase() {
        Instant end = Instant.now().plusSeconds(30);
        while (api().get("/instances", as("admin")).status() != 200) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("the service did not find its database again");
            }
            Thread.onSpinWait();
        }
    }

    private void execute(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, database.getUsername(), database.getPassword());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** At once: a diagnosis that is still open would be waited for. */
    @Override
    public void close() {
        process.kill();
    }
}
