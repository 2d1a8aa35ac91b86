package org.etcdmedic.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.etcdmedic.bundle.Bundles;
import org.etcdmedic.testing.Api;
import org.etcdmedic.testing.Database;
import org.etcdmedic.testing.ServiceProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Bundles over HTTP, to a service in a process of its own and on a real database. */
class BundlesIT {
    private static final String LOG = """
            2026-11-22 18:00:00.112936 I | etcdmain: etcd Version: 3.4.23
            2026-11-22 18:29:00.112936 W | etcdserver: password=hunter2
            2026-11-22 18:30:00.112936 C | etcdserver: raft save state and entries error: write /a/0.wal: no space left on device
            """;

    @TempDir
    Path directory;

    record Answer(int status, JsonNode json, String location) {}

    private static Answer upload(Api api, String name, byte[] bundle, String request) {
        var body = new ByteArrayOutputStream();
        if (!request.isEmpty()) {
            body.writeBytes(Bundles.bytes("--b\r\nContent-Disposition: form-data; name=\"request\"\r\n"
                    + "Content-Type: application/json\r\n\r\n" + request + "\r\n"));
        }
        body.writeBytes(Bundles.bytes(
                "--b\r\nContent-Disposition: form-data; name=\"bundle\"; filename=\"" + name + "\"\r\n\r\n"));
        body.writeBytes(bundle);
        body.writeBytes(Bundles.bytes("\r\n--b--\r\n"));
        Api.Answer answer = api.form("/diagnoses", body.toByteArray(), "b");
        return new Answer(
                answer.status(),
                answer.json(),
                answer.headers().firstValue("Location").orElse(""));
    }

    @Test
    void judgesABundleAndSurvivesAKillAfterItWasTaken() {
        JdbcConnectionDetails database = Database.fresh();
        Answer taken;
        // No worker ever takes it up here: whoever kills the service now loses nothing.
        ServiceProcess first = ServiceProcess.start(
                database,
                directory.resolve("first.log"),
                "db-scheduler.enabled=true",
                "db-scheduler.polling-interval=1h",
                "db-scheduler.immediate-execution-enabled=false");
        try {
            taken = upload(
                    first.api(),
                    "../../etcd.log",
                    Bundles.bytes(LOG),
                    "{\"instanceId\": \"i1\", \"occurredAt\": \"2026-11-22T18:31:00+08:00\"}");
            assertThat(taken.status()).as(taken.json().toString()).isEqualTo(202);
            // The same instance has a bundle that waits: another one is judged for itself.
            assertThat(upload(
                                    first.api(),
                                    "a.zip",
                                    Bundles.zip(Map.of("etcd.log", Bundles.bytes(LOG))),
                                    "{\"instanceId\": \"i1\"}")
                            .status())
                    .isEqualTo(202);
        } finally {
            first.kill();
        }
        try (ServiceProcess second = ServiceProcess.start(database, directory.resolve("second.log"))) {
            Api api = second.api();
            String id = taken.json().path("diagnosisId").stringValue();
            assertThat(taken.location()).isEqualTo("/diagnoses/" + id);
            JsonNode over =
                    api.await(id, d -> d.path("status").stringValue("").equals("COMPLETED"), Duration.ofSeconds(60));

            assertThat(over.path("mode").stringValue()).isEqualTo("OFFLINE");
            assertThat(over.path("verdict").path("outcome").stringValue()).isEqualTo("CONFIRMED");
            assertThat(over.path("verdict").path("cause").stringValue()).isEqualTo("ETCD_DISK_FULL");
            assertThat(over.path("bundle").path("timeBy").stringValue()).isEqualTo("GIVEN");
            assertThat(over.path("bundle").path("nodes").get(0).path("zone").stringValue())
                    .isEqualTo("+08:00");
            JsonNode evidence = api.get("/diagnoses/" + id + "/evidence").json().path("items");
            assertThat(evidence.size()).isEqualTo(1);
            String text = api.get("/diagnoses/" + id + "/evidence/"
                            + evidence.get(0).path("id").stringValue())
                    .text();
            assertThat(text).contains("no space left on device").doesNotContain("hunter2");
            refusesWhatCannotBeJudged(api);
        }
    }

    @Test
    void putsOnRecordWhoHandedABundleInAndKeepsNoneWithoutThat() throws SQLException {
        JdbcConnectionDetails database = Database.fresh();
        try (ServiceProcess service = ServiceProcess.start(database, directory.resolve("service.log"));
                var connection = DriverManager.getConnection(
                        database.getJdbcUrl(), database.getUsername(), database.getPassword());
                var statement = connection.createStatement()) {
            Api api = service.api();
            Answer taken = upload(api, "etcd.log", Bundles.bytes(LOG), "");
            assertThat(taken.status()).as(taken.json().toString()).isEqualTo(202);
            JsonNode record = api.get("/audit").json().path("items");
            assertThat(record.size()).isEqualTo(1);
            assertThat(record.get(0).path("action").stringValue()).isEqualTo("BUNDLE_UPLOADED");
            assertThat(record.get(0).path("target").stringValue())
                    .isEqualTo(taken.json().path("diagnosisId").stringValue());
            assertThat(record.get(0).path("actor").stringValue()).isEqualTo("local");
            assertThat(record.get(0).path("address").stringValue()).isEqualTo("127.0.0.1");

            statement.execute("alter table audit add constraint full_up check (action <> 'BUNDLE_UPLOADED') not valid");
            assertThat(upload(api, "etcd.log", Bundles.bytes(LOG), "").status()).isGreaterThanOrEqualTo(500);
            assertThat(api.get("/diagnoses").json().path("items").size()).isEqualTo(1);
        }
    }

    @Test
    void judgesARerunByTheSameEvidenceUnderTheSameNames() throws IOException {
        Path recording = Path.of("src", "test", "resources", "captures", "other-disk-full");
        byte[] bundle = Bundles.zip(Map.of(
                "bundle.yaml", Files.readAllBytes(recording.resolve("scenario.yaml")),
                "captures.json", Files.readAllBytes(recording.resolve("captures.json"))));
        try (ServiceProcess service = ServiceProcess.start(Database.fresh(), directory.resolve("service.log"))) {
            Api api = service.api();
            String first = over(api, upload(api, "a.zip", bundle, "").json());
            String again =
                    over(api, api.post("/diagnoses/" + first + "/rerun", "").json());

            assertThat(evidence(api, first))
                    .anySatisfy(item ->
                            assertThat(item.path("login").stringValue("")).isNotEmpty())
                    .isEqualTo(evidence(api, again));
        }
    }

    private static String over(Api api, JsonNode taken) {
        String id = taken.path("diagnosisId").stringValue();
        api.await(id, d -> d.path("status").stringValue("").equals("COMPLETED"), Duration.ofSeconds(60));
        return id;
    }

    /** What was run and what came of it, but for the identifiers. */
    private static List<ObjectNode> evidence(Api api, String diagnosis) {
        return api.get("/diagnoses/" + diagnosis + "/evidence")
                .json()
                .path("items")
                .valueStream()
                .map(item -> ((ObjectNode) item).without("id"))
                .toList();
    }

    private static void refusesWhatCannotBeJudged(Api api) {
        Answer prose = upload(api, "a.txt", Bundles.bytes("dear all"), "");
        assertThat(prose.status()).isEqualTo(422);
        assertThat(prose.json().path("type").stringValue()).isEqualTo("urn:etcd-medic:problem:bundle-refused");
        assertThat(prose.json().path("errors").get(1).path("pointer").stringValue())
                .isEqualTo("#bundle/a.txt");
        Answer node = upload(
                api,
                "a.zip",
                Bundles.zip(Bundles.files("n1/etcd.log", LOG, "n2/etcd.log", LOG)),
                "{\"nodeId\": \"n9\"}");
        assertThat(node.status()).isEqualTo(422);
        assertThat(node.json().path("errors").get(0).path("pointer").stringValue())
                .isEqualTo("/nodeId");
        Answer wrong = upload(api, "etcd.log", Bundles.bytes(LOG), "{\"timeZone\": \"Nowhere/Land\", \"x\": 1}");
        assertThat(wrong.status()).isEqualTo(400);
        Answer large = upload(api, "etcd.log", new byte[34 << 20], "");
        assertThat(large.status()).isEqualTo(413);
        assertThat(large.json().path("type").stringValue()).isEqualTo("urn:etcd-medic:problem:bundle-too-large");
    }
}
