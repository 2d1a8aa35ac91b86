package org.etcdmedic.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.etcdmedic.testing.DebianPostgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/** Backup and restore of docs/upgrade.md, followed word by word against Debian's PostgreSQL: a dump, an upgrade, and the way back. */
class BackupIT {
    private static final Pattern SHELL = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");

    @TempDir
    Path directory;

    @Test
    void theWayBackLeavesNothingOfTheNewerVersion() throws Exception {
        List<String> guide = guide();
        Path place = Files.createDirectory(directory.resolve("postgres"));
        try (DebianPostgres server = DebianPostgres.start(place)) {
            JdbcConnectionDetails database = server.details();
            EarlierVersion.migrate(database, Optional.of("016"));
            EarlierVersion.load(database, "016");
            Map<String, String> written = EarlierVersion.verdicts(database);
            String before = tables(database);
            server.shell(directory, at(server, guide.getFirst()));

            EarlierVersion.migrate(database, Optional.empty());
            assertThat(tables(database)).isNotEqualTo(before);
            // What only the newer version has refers to what the older one has.
            execute(database, "insert into asked (diagnosis_id, content) select id, '{}' from diagnosis limit 1");
            server.shell(directory, at(server, guide.getLast()));

            assertThat(tables(database)).isEqualTo(before);
            assertThat(EarlierVersion.verdicts(database)).isEqualTo(written).isNotEmpty();

            EarlierVersion.migrate(database, Optional.empty());
            assertThat(EarlierVersion.verdicts(database)).isEqualTo(written);
            // The same version's own dump, over what it has written since.
            server.shell(directory, at(server, guide.getFirst()));
            execute(database, "delete from diagnosis");
            server.shell(directory, at(server, guide.getLast()));
            assertThat(EarlierVersion.verdicts(database)).isEqualTo(written);
        }
    }

    private static List<String> guide() throws IOException {
        String page = Files.readString(Path.of("docs/upgrade.md"));
        List<String> blocks = SHELL.matcher(page.substring(0, page.indexOf("\n## Upgrade\n")))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(blocks).hasSize(2);
        assertThat(blocks.getFirst()).contains("pg_dump");
        assertThat(blocks.getLast()).contains("pg_restore");
        return blocks;
    }

    private static String at(DebianPostgres server, String block) {
        return "URL=" + server.url() + "\n" + block.replaceAll("(?m)^URL=.*\\n", "");
    }

    /** Every column of every table, and which migrations were made. */
    private static String tables(JdbcConnectionDetails database) throws SQLException {
        try (Connection connection = EarlierVersion.connect(database);
                var row = connection.createStatement().executeQuery("""
                        select (select string_agg(table_name || '.' || column_name || ' ' || data_type, ', '
                                                  order by table_name, ordinal_position)
                                from information_schema.columns where table_schema = 'public')
                            || (select string_agg(version, ' ' order by installed_rank) from flyway_schema_history)
                        """)) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        }
    }

    private static void execute(JdbcConnectionDetails database, String statement) throws SQLException {
        try (Connection connection = EarlierVersion.connect(database)) {
            assertThat(connection.createStatement().executeUpdate(statement)).isPositive();
        }
    }
}
