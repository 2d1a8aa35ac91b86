package org.etcdmedic.service;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.postgresql.PGConnection;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/** A database as a service of an earlier version left it ({@code src/test/resources/released}). */
final class EarlierVersion {
    private EarlierVersion() {}

    /** What was concluded, by diagnosis. */
    static Map<String, String> verdicts(JdbcConnectionDetails database) throws SQLException {
        var verdicts = new TreeMap<String, String>();
        try (Connection connection = connect(database);
                var rows = connection
                        .createStatement()
                        .executeQuery(
                                "select id::text, outcome || ' ' || cause from diagnosis where status = 'COMPLETED'")) {
            while (rows.next()) {
                verdicts.put(rows.getString(1), rows.getString(2));
            }
        }
        return verdicts;
    }

    /** Makes the schema of this version, or the newest. */
    static void migrate(JdbcConnectionDetails database, Optional<String> target) {
        flyway(database, target).migrate();
    }

    /** The migrations, up to this version. */
    static Flyway flyway(JdbcConnectionDetails database, Optional<String> target) {
        return Flyway.configure()
                .dataSource(database.getJdbcUrl(), database.getUsername(), database.getPassword())
                .target(target.map(MigrationVersion::fromVersion).orElse(MigrationVersion.LATEST))
                .load();
    }

    /** Loads what a service of this version has written: sections of COPY text. */
    static void load(JdbcConnectionDetails database, String version) throws SQLException, IOException {
        try (Connection connection = connect(database);
                InputStream file = EarlierVersion.class.getResourceAsStream("/released/" + version + ".sql.gz");
                var lines =
                        new BufferedReader(new InputStreamReader(new GZIPInputStream(file), StandardCharsets.UTF_8))) {
            connection.setAutoCommit(false);
            var copy = connection.unwrap(PGConnection.class).getCopyAPI();
            for (String head = lines.readLine(); head != null; head = lines.readLine()) {
                String statement = head.substring(0, head.length() - 1);
                String rows = Stream.generate(() -> line(lines))
                        .takeWhile(row -> !row.equals("\\."))
                        .collect(Collectors.joining("\n"));
                copy.copyIn(statement, new StringReader(rows.isEmpty() ? "" : rows + "\n"));
            }
            connection.commit();
        }
    }

    private static String line(BufferedReader lines) {
        try {
            return lines.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A connection. */
    static Connection connect(JdbcConnectionDetails database) throws SQLException {
        return DriverManager.getConnection(database.getJdbcUrl(), database.getUsername(), database.getPassword());
    }
}
