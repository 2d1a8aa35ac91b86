package org.etcdmedic.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.etcdmedic.testing.Api;
import org.etcdmedic.testing.Database;
import org.etcdmedic.testing.ServiceProcess;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import tools.jackson.databind.JsonNode;

/** A database that an earlier version has written is migrated at the start, and everything in it can still be read and gone on with. */
class UpgradeIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = "016")
    void readsAndGoesOnWithWhatAnEarlierVersionHasWritten(String version) throws Exception {
        Replica.prepare(directory);
        JdbcConnectionDetails database = Database.fresh();
        EarlierVersion.migrate(database, Optional.of(version));
        EarlierVersion.load(database, version);
        Map<String, String> written = EarlierVersion.verdicts(database);
        assertThat(written).hasSizeGreaterThan(2);

        try (ServiceProcess service = ServiceProcess.start(
                database,
                directory.resolve("service.log"),
                Replica.settings(
                        directory,
                        // The rows grow older than what is kept by default.
                        "medic.retention.keep.diagnoses=36500d",
                        "medic.retention.keep.refused-alarms=36500d",
                        "medic.ssh.logins.practice.user=ops",
                        "medic.ssh.logins.practice.private-key=file:" + directory.resolve("key")))) {
            Api api = service.api();
            assertThat(listed(api)).containsAllEntriesOf(written);
            for (String id : written.keySet()) {
                assertReadable(api, id);
            }
            assertThat(api.get("/alarms?state=REJECTED").json().path("items").size())
                    .isEqualTo(2);
            assertThat(api.get("/instances/practice").json().path("nodes").size())
                    .isEqualTo(3);
            assertGoesOn(api, database);
        }
    }

    /** Every step from there on is taken alone once, with rows in the tables. */
    @ParameterizedTest
    @MethodSource("later")
    void takesEveryStepWithRowsInTheTables(String version) throws Exception {
        JdbcConnectionDetails database = Database.fresh();
        EarlierVersion.migrate(database, Optional.of("016"));
        EarlierVersion.load(database, "016");
        Map<String, String> written = EarlierVersion.verdicts(database);

        EarlierVersion.migrate(database, Optional.of(version));
        EarlierVersion.migrate(database, Optional.empty());

        assertThat(EarlierVersion.verdicts(database)).isEqualTo(written);
    }

    static List<String> later() {
        return Arrays.stream(EarlierVersion.flyway(Database.fresh(), Optional.empty())
                        .info()
                        .all())
                .map(step -> step.getVersion().getVersion())
                .filter(step -> step.compareTo("016") > 0)
                .toList();
    }

    private static void assertReadable(Api api, String id) {
        for (String part : List.of("", "/findings", "/classifications", "/evidence", "/remediation", "/timeline")) {
            Api.Answer answer = api.get("/diagnoses/" + id + part);
            assertThat(answer.status()).as(id + part + ": " + answer.text()).isEqualTo(200);
        }
        for (String language : List.of("en", "zh-CN")) {
            for (String type : List.of("text/html", "text/markdown")) {
                Api.Answer report =
                        api.get("/diagnoses/" + id + "/report", "Accept", type, "Accept-Language", language);
                assertThat(report.status())
                        .as(id + " " + type + ": " + report.text())
                        .isEqualTo(200);
            }
        }
        assertThat(api.get("/ui/diagnoses/" + id).status()).isEqualTo(200);
        for (JsonNode item : api.get("/diagnoses/" + id + "/evidence").json().path("items")) {
            String evidence = item.path("id").stringValue();
            assertThat(api.get("/diagnoses/" + id + "/evidence/" + evidence).status())
                    .isEqualTo(200);
        }
    }

    /** What was open is brought to its end; what is over can be run again; a request sent again does nothing again. */
    private static void assertGoesOn(Api api, JdbcConnectionDetails database) throws SQLException {
        String open = text(
                database,
                "select min(id::text) from diagnosis where alarmed_at = (select max(alarmed_at) from diagnosis)");
        api.await(open, it -> it.path("status").stringValue().equals("COMPLETED"), PATIENCE);
        String first = text(database, "select rerun_of::text from diagnosis where rerun_of is not null");
        String again = text(database, "select id::text from diagnosis where rerun_of is not null");

        Api.Answer sentAgain = api.post("/diagnoses/" + first + "/rerun", "", "Idempotency-Key", "\"again-1\"");
        Api.Answer anew = api.post("/diagnoses/" + first + "/rerun", "");

        // The key is kept for a day; then the same request is a new one.
        assertThat(sentAgain.status()).as(sentAgain.text()).isEqualTo(202);
        assertThat(anew.status()).as(anew.text()).isEqualTo(202);
        assertThat(api.get("/diagnoses/" + again)
                        .json()
                        .path("rerun")
                        .path("of")
                        .stringValue())
                .isEqualTo(first);
    }

    private static Map<String, String> listed(Api api) {
        var verdicts = new TreeMap<String, String>();
        for (JsonNode item : api.get("/diagnoses?status=COMPLETED").json().path("items")) {
            verdicts.put(
                    item.path("id").stringValue(),
                    item.path("verdict").path("outcome").stringValue() + " "
                            + item.path("verdict").path("cause").stringValue());
        }
        return verdicts;
    }

    private static String text(JdbcConnectionDetails database, String query) throws SQLException {
        try (Connection connection = EarlierVersion.connect(database);
                var row = connection.createStatement().executeQuery(query)) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        }
    }
}
