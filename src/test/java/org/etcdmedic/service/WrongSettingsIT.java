package org.etcdmedic.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.etcdmedic.EtcdMedic;
import org.etcdmedic.testing.Database;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A service that cannot start as it is configured says which setting, in a line, and prints no stack trace. */
@ExtendWith(OutputCaptureExtension.class)
class WrongSettingsIT {
    private static final String HASH = "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "medic.access.tokens.duty.sha256=" + HASH + " | token duty: has no role",
                "medic.access.tokens.duty.sha256-file=file:/nowhere/duty | token duty: its file cannot be read",
                "spring.security.oauth2.resourceserver.jwt.jwk-set-uri=http://127.0.0.1:1/keys | jwt.audiences has to name",
                "medic.inventory.file=file:/nowhere/inventory.yaml | medic.inventory.file: URL [file:/nowhere/inventory.yaml]",
                "medic.knowledge.location=/nowhere | medic.knowledge.location: there is no directory /nowhere",
                "medic.retention.keep.dreams=90d | medic.retention.keep knows no dreams",
                "medic.sources.ours.preset=none | medic.sources.ours has a preset that is none of",
                "medic.tickets.rules[0].to=nobody | medic.tickets.rules[0]: there is no target nobody",
                "medic.memory.window=1s | medic.memory.window is from 1h to 3650d",
            })
    void areNamed(String setting, String told, CapturedOutput output) {
        JdbcConnectionDetails database = Database.fresh();

        assertThatThrownBy(() -> start(database, setting)).isInstanceOf(Exception.class);

        assertThat(output).contains("APPLICATION FAILED TO START", told).doesNotContain("\tat ", HASH);
    }

    @Test
    void inTheInventoryAreNamedAndNothingIsTakenFromIt(@TempDir Path directory, CapturedOutput output)
            throws IOException, SQLException {
        Path file = directory.resolve("inventory.yaml");
        Files.writeString(file, "instances: {good: {nodes: [{nodeId: n1, host: h}]}, bad: {nodes: [{nodeId: n1}]}}");
        JdbcConnectionDetails database = Database.fresh();

        assertThatThrownBy(() -> start(database, "medic.inventory.file=" + file.toUri()))
                .isInstanceOf(Exception.class);

        assertThat(output).contains("instance bad: host of a node is missing").doesNotContain("\tat ");
        try (Connection connection = open(database);
                ResultSet kept = connection.createStatement().executeQuery("select count(*) from instance")) {
            assertThat(kept.next()).isTrue();
            assertThat(kept.getInt(1)).isZero();
        }
    }

    @Test
    void aSchemaOfAnotherReleaseIsTold(CapturedOutput output) throws SQLException {
        JdbcConnectionDetails database = Database.fresh();
        Flyway.configure()
                .dataSource(database.getJdbcUrl(), database.getUsername(), database.getPassword())
                .load()
                .migrate();
        try (Connection connection = open(database)) {
            connection
                    .createStatement()
                    .executeUpdate("update flyway_schema_history set checksum = 1 where version = '003'");
        }

        assertThatThrownBy(() -> start(database, "spring.main.banner-mode=off")).isInstanceOf(Exception.class);

        assertThat(output)
                .contains(
                        "The database's tables were not made by this release",
                        "checksum mismatch for migration version 003",
                        "docs/upgrade.md")
                .doesNotContain("\tat ");
    }

    private static Connection open(JdbcConnectionDetails database) throws SQLException {
        return DriverManager.getConnection(database.getJdbcUrl(), database.getUsername(), database.getPassword());
    }

    private static void start(JdbcConnectionDetails database, String setting) {
        var arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--spring.datasource.url=" + database.getJdbcUrl(),
                "--spring.datasource.username=" + database.getUsername(),
                "--spring.datasource.password=" + database.getPassword(),
                "--" + setting));
        new SpringApplication(EtcdMedic.class)
                .run(arguments.toArray(String[]::new))
                .close();
    }
}
