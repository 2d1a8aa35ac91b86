package org.etcdmedic.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.etcdmedic.bundle.Bundles;
import org.etcdmedic.practice.HealthyNodes;
import org.etcdmedic.testing.Api;
import org.etcdmedic.testing.Database;
import org.etcdmedic.testing.KnowledgeCopy;
import org.etcdmedic.testing.ServiceProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Knowledge tried on stored diagnoses: every recording of the lab, judged out of a bundle, and nodes that were really asked
 * over SSH. A service in a process of its own, on a real database.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplaysIT {
    /** The way to the next page. */
    private static final Pattern OLDER = Pattern.compile("href=\"(/ui/replays/[^\"]*after=[^\"]*)\"");

    private static final Path CAPTURES = Path.of("src", "test", "resources", "captures");
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final YAMLMapper YAML = new YAMLMapper();

    @TempDir
    static Path directory;

    private final JdbcConnectionDetails database = Database.fresh();
    private final Map<String, String> recordings = new TreeMap<>();
    private String asked = "";
    private HealthyNodes nodes;
    private ServiceProcess service;

    @BeforeAll
    @SuppressWarnings("NullAway.Init")
    void storesDiagnoses() throws IOException {
        nodes = HealthyNodes.start(directory.resolve("nodes"));
        service = start("first");
        assertThat(api().put("/instances/practice", nodes.document()).status()).isEqualTo(201);
        asked = api().post("/diagnoses", "{\"instanceId\": \"practice\", \"nodeId\": \"practice-node-3\"}")
                .json()
                .path("diagnosisId")
                .stringValue();
        try (Stream<Path> all = Files.list(CAPTURES)) {
            for (Path recording : all.filter(Files::isDirectory).sorted().toList()) {
                recordings.put(recording.getFileName().toString(), upload(recording));
            }
        }
        over(asked);
        recordings.values().forEach(this::over);
    }

    @AfterAll
    void stop() {
        service.kill();
        nodes.close();
    }

    private ServiceProcess start(String name) {
        var settings = new ArrayList<>(nodes.settings());
        settings.addAll(List.of(
                "db-scheduler.heartbeat-interval=1s",
                "db-scheduler.missed-heartbeats-limit=4",
                "medic.access.requests-per-second=100000"));
        return ServiceProcess.start(database, directory.resolve(name + ".log"), settings.toArray(String[]::new));
    }

    private Api api() {
        return service.api();
    }

    private void over(String diagnosis) {
        api().await(diagnosis, d -> d.path("status").stringValue("").equals("COMPLETED"), PATIENCE);
    }

    private String upload(Path recording) throws IOException {
        var manifest = (ObjectNode) YAML.readTree(Files.readString(recording.resolve("scenario.yaml")));
        manifest.putObject("window").put("before", "PT25S").put("after", "PT10S");
        manifest.remove(List.of("truth"));
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("incident/bundle.yaml", Bundles.bytes(YAML.writeValueAsString(manifest)));
        files.put("incident/captures.json", Files.readAllBytes(recording.resolve("captures.json")));
        Api.Answer taken = form("/diagnoses", "bundle", Bundles.gzip(Bundles.tar(files)), "");
        assertThat(taken.status()).as(recording + ": " + taken.text()).isEqualTo(202);
        return taken.json().path("diagnosisId").stringValue();
    }

    private Api.Answer form(String path, String part, byte[] content, String request) {
        var body = new ByteArrayOutputStream();
        if (!request.isEmpty()) {
            body.writeBytes(Bundles.bytes("--b\r\nContent-Disposition: form-data; name=\"request\"\r\n"
                    + "Content-Type: application/json\r\n\r\n" + request + "\r\n"));
        }
        body.writeBytes(Bundles.bytes(
                "--b\r\nContent-Disposition: form-data; name=\"" + part + "\"; filename=\"a.tar.gz\"\r\n\r\n"));
        body.writeBytes(content);
        body.writeBytes(Bundles.bytes("\r\n--b--\r\n"));
        return api().form(path, body.toByteArray(), "b");
    }

    private String replay(byte[] knowledge, String request) {
        Api.Answer taken = form("/replays", "knowledge", knowledge, request);
        assertThat(taken.status()).as(taken.text()).isEqualTo(202);
        String id = taken.json().path("replayId").stringValue();
        assertThat(taken.header("Location")).isEqualTo("/replays/" + id);
        return id;
    }

    private JsonNode await(String replay, String status) {
        Instant end = Instant.now().plus(PATIENCE);
        JsonNode last = api().get("/replays/" + replay).json();
        while (!last.path("status").stringValue().equals(status)
                && Instant.now().isBefore(end)) {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            last = api().get("/replays/" + replay).json();
        }
        assertThat(last.path("status").stringValue()).as(last.toString()).isEqualTo(status);
        return last;
    }

    /** All its diagnoses, page by page. */
    private List<JsonNode> items(String replay, boolean changed) {
        var items = new ArrayList<JsonNode>();
        String cursor = "";
        do {
            JsonNode page = api().get("/replays/" + replay + "?limit=7&changed=" + changed + cursor)
                    .json();
            page.path("items").forEach(items::add);
            cursor = page.has("next") ? "&cursor=" + page.path("next").stringValue() : "";
        } while (!cursor.isEmpty());
        return items;
    }

    private Set<String> changed(String replay) {
        return items(replay, true).stream()
                .map(item -> item.path("diagnosisId").stringValue())
                .collect(Collectors.toSet());
    }

    @Test
    void changesNothingByTheSameKnowledgeAndJudgesEveryStoredCaseAsItWasJudged() {
        String id = replay(KnowledgeCopy.make().tarGz(), "{\"limit\": 1000}");

        JsonNode over = await(id, "COMPLETED");

        String version = api().get("/causes").json().path("knowledgeVersion").stringValue();
        assertThat(over.path("candidate").stringValue()).isEqualTo(version);
        assertThat(over.path("inUse").stringValue()).isEqualTo(version);
        assertThat(over.path("of").intValue()).isEqualTo(recordings.size() + 1);
        assertThat(over.path("changes").path("same").intValue()).isEqualTo(recordings.size() + 1);
        assertThat(items(id, true)).isEmpty();
        // Neither does this release judge what is stored otherwise than it did: bundles as little as nodes that were
        // asked.
        assertThat(items(id, false)).hasSize(recordings.size() + 1).allSatisfy(item -> {
            assertThat(item.path("drift").stringValue()).as(item.toString()).isEqualTo("SAME");
            assertThat(item.path("inUse")).isEqualTo(item.path("before"));
            assertThat(item.path("after")).isEqualTo(item.path("before"));
            assertThat(item.path("before").path("knowledgeVersion").stringValue())
                    .isEqualTo(version);
        });
        assertThat(items(id, false))
                .extracting(item -> item.path("diagnosisId").stringValue())
                .doesNotHaveDuplicates()
                .contains(asked);
    }

    @Test
    void tellsSideBySideExactlyTheVerdictsThatAWeightAndANewCauseChange() {
        KnowledgeCopy copy = KnowledgeCopy.make()
                .edit("findings/executable-missing.yaml", "ETCD_BINARY_MISSING: 0.95", "ETCD_BINARY_MISSING: 0.5")
                .edit(
                        "findings/executable-not-executable.yaml",
                        "ETCD_BINARY_NOT_EXECUTABLE: 0.95",
                        "ETCD_PROGRAM_LOCKED: 0.95")
                .with("causes/ETCD_PROGRAM_LOCKED.yaml", """
                        code: ETCD_PROGRAM_LOCKED
                        family: PROCESS
                        rank: 355
                        title: {en: etcd program is locked, zh-CN: ETCD 程序被锁定}
                        summary: {en: 'The program on node {{node}} is locked.', zh-CN: '节点 {{node}} 上的程序被锁定。'}
                        needs: [P3]
                        explains: [ETCD_PROCESS_DOWN]
                        onlyByEndingEtcd: true
                        decidedBy: [{check: P3, probe: executable}]
                        remediation: [inspect-executable, verify-etcd-up]
                        source: a site of our test
                        """);

        String id = replay(copy.zip(), "{\"limit\": 1000}");
        JsonNode over = await(id, "COMPLETED");

        Map<String, JsonNode> items = items(id, false).stream()
                .collect(Collectors.toMap(item -> item.path("diagnosisId").stringValue(), item -> item));
        JsonNode weight = items.get(recordings.get("binary-missing"));
        assertThat(weight.path("before").path("outcome").stringValue()).isEqualTo("CONFIRMED");
        assertThat(weight.path("inUse").path("outcome").stringValue()).isEqualTo("CONFIRMED");
        assertThat(weight.path("after").path("knowledgeVersion").stringValue())
                .isEqualTo(over.path("candidate").stringValue())
                .isNotEqualTo(weight.path("before").path("knowledgeVersion").stringValue());
        assertThat(weight.path("change").stringValue()).isNotEqualTo("SAME");
        JsonNode cause = items.get(recordings.get("binary-not-executable"));
        assertThat(cause.path("change").stringValue()).isEqualTo("CAUSE");
        assertThat(cause.path("drift").stringValue()).isEqualTo("SAME");
        assertThat(cause.path("before").path("cause").stringValue()).isEqualTo("ETCD_BINARY_NOT_EXECUTABLE");
        assertThat(cause.path("after").path("cause").stringValue()).isEqualTo("ETCD_PROGRAM_LOCKED");
        assertThat(cause.path("reclassified")
                        .valueStream()
                        .map(one -> one.path("cause")
                                + " " + one.path("inUse").stringValue("-") + " "
                                + one.path("candidate").stringValue("-")))
                .contains("\"ETCD_PROGRAM_LOCKED\" - CONFIRMED");
        assertThat(cause.path("otherSteps").booleanValue()).isTrue();
        // Every other verdict stays; a catalogue with one cause more says of each that this one is ruled out, or open.
        assertThat(items.values().stream()
                        .filter(item -> Set.of("CAUSE", "NODE", "OUTCOME")
                                .contains(item.path("change").stringValue()))
                        .map(item -> item.path("diagnosisId").stringValue()))
                .containsExactlyInAnyOrder(recordings.get("binary-missing"), recordings.get("binary-not-executable"));
        assertThat(changed(id)).hasSize(items.size());
        String page = page("/ui/replays/" + id, "en");
        Matcher older = OLDER.matcher(page);
        while (older.find()) {
            String next = page(older.group(1).replace("&amp;", "&"), "en");
            page += next;
            older = OLDER.matcher(next);
        }
        assertThat(page)
                .contains(
                        "Other cause",
                        "ETCD_PROGRAM_LOCKED",
                        over.path("candidate").stringValue())
                .contains("/ui/diagnoses/" + recordings.get("binary-not-executable"));
        assertThat(page("/ui/replays/" + id, "zh-CN")).contains("原因不同", "候选知识库");
        assertThat(page("/ui/replays", "en")).contains("/ui/replays/" + id);
        assertThat(page("/ui/causes", "en")).contains("href=\"/ui/replays\"");
    }

    private String page(String path, String language) {
        Api.Answer answer = api().get(path, "Accept", "text/html", "Accept-Language", language);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.text();
    }

    @Test
    void tellsWhichFindingsVanishWithASignature() {
        Set<String> having = Stream.concat(Stream.of(asked), recordings.values().stream())
                .filter(id -> api().get("/diagnoses/" + id)
                        .json()
                        .path("findings")
                        .valueStream()
                        .anyMatch(finding -> finding.path("kind").stringValue().equals("backend-commit-no-space")))
                .collect(Collectors.toSet());
        assertThat(having).isNotEmpty();

        String id = replay(
                KnowledgeCopy.make()
                        .without("signatures/backend-commit-no-space.yaml")
                        .zip(),
                "{\"limit\": 1000}");
        await(id, "COMPLETED");

        assertThat(changed(id)).as("%s of %s", items(id, true), recordings).isEqualTo(having);
        assertThat(items(id, true)).allSatisfy(item -> {
            assertThat(item.path("vanished")
                            .valueStream()
                            .map(one -> one.path("kind").stringValue()))
                    .contains("backend-commit-no-space");
            assertThat(item.path("appeared")
                            .valueStream()
                            .map(one -> one.path("kind").stringValue()))
                    .doesNotContain("backend-commit-no-space");
        });
    }

    @Test
    void triesOnlyTheDiagnosesThatFit() {
        String id = replay(
                KnowledgeCopy.make().zip(),
                "{\"cause\": \"ETCD_DISK_FULL\", \"outcome\": \"CONFIRMED\", \"limit\": 2}");

        JsonNode over = await(id, "COMPLETED");

        assertThat(over.path("of").intValue()).isEqualTo(2);
        assertThat(over.path("filter").path("cause").stringValue()).isEqualTo("ETCD_DISK_FULL");
        assertThat(items(id, false))
                .allSatisfy(item -> assertThat(item.path("before").path("cause").stringValue())
                        .isEqualTo("ETCD_DISK_FULL"));
        String none = replay(KnowledgeCopy.make().zip(), "{\"until\": \"2001-01-01T00:00:00Z\"}");
        assertThat(await(none, "COMPLETED").path("of").intValue()).isZero();
    }

    @Test
    void namesEveryMistakeOfBrokenKnowledgeAndKeepsNothing() {
        int before = api().get("/replays").json().path("items").size();
        byte[] broken = KnowledgeCopy.make()
                .edit(
                        "causes/ETCD_BINARY_MISSING.yaml",
                        "explains: [ETCD_PROCESS_DOWN]",
                        "explains: [ETCD_PROCES_DOWN]")
                .edit("findings/executable-missing.yaml", "ETCD_BINARY_MISSING: 0.95", "ETCD_BINARY_MISSING: 9.5")
                .without("findings/gap-missing.yaml")
                .with("signatures/ours.yaml", "id: ours\n\tprograms: [ETCD]\n")
                .zip();

        Api.Answer refused = form("/replays", "knowledge", broken, "");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().path("type").stringValue()).isEqualTo("urn:etcd-medic:problem:knowledge-refused");
        assertThat(refused.json()
                        .path("errors")
                        .valueStream()
                        .map(error -> error.path("pointer").stringValue() + ":"
                                + error.path("line").intValue()))
                .contains(
                        "#knowledge/causes/ETCD_BINARY_MISSING.yaml:11",
                        "#knowledge/findings/executable-missing.yaml:7",
                        "#knowledge/findings/gap-missing.yaml:1",
                        "#knowledge/signatures/ours.yaml:2");
        assertThat(refused.json().path("errors").valueStream()).allSatisfy(error -> {
            assertThat(error.path("column").intValue()).isPositive();
            assertThat(error.path("detail").stringValue()).isNotBlank();
        });
        assertThat(api().get("/replays").json().path("items").size()).isEqualTo(before);
    }

    @Test
    void takesNoHostileArchive() {
        var climbing = new LinkedHashMap<>(KnowledgeCopy.make().files());
        climbing.put("../causes/EVIL.yaml", Bundles.bytes("code: EVIL\n"));
        var bomb = new LinkedHashMap<>(KnowledgeCopy.make().files());
        bomb.put("causes/BOMB.yaml", new byte[30 << 20]);
        var many = new LinkedHashMap<String, byte[]>();
        IntStream.range(0, 10_001).forEach(i -> many.put("causes/A" + i + ".yaml", Bundles.bytes("a: b\n")));
        Map<String, byte[]> hostile = Map.of(
                "CLIMBS", Bundles.zip(climbing),
                "BOMB", Bundles.gzip(Bundles.tar(bomb)),
                "MANY", Bundles.zip(many),
                "PROSE", Bundles.bytes("code: ETCD_DISK_FULL\n"),
                "CUT", java.util.Arrays.copyOf(KnowledgeCopy.make().tarGz(), 5000),
                "OTHER", Bundles.zip(Bundles.files("readme.txt", "nothing")));

        hostile.forEach((name, archive) -> {
            Api.Answer refused = form("/replays", "knowledge", archive, "");
            assertThat(refused.status()).as(name + refused.text()).isIn(413, 422);
            assertThat(refused.json().path("errors").size()).as(name).isPositive();
        });
        assertThat(form("/replays", "bundle", new byte[1], "").status()).isEqualTo(400);
        assertThat(form("/replays", "knowledge", KnowledgeCopy.make().zip(), "{\"limit\": 1001}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void namesWhatCannotBeReplayedAndWhy() throws SQLException {
        String old = api().post("/diagnoses", "{\"instanceId\": \"practice\", \"nodeId\": \"practice-node-1\"}")
                .json()
                .path("diagnosisId")
                .stringValue();
        over(old);
        // As a release left it that kept no more.
        sql("delete from asked where diagnosis_id = '" + old + "'");
        try {
            String id = replay(KnowledgeCopy.make().zip(), "{\"instanceId\": \"practice\"}");
            JsonNode over = await(id, "COMPLETED");

            assertThat(over.path("notReplayed").intValue()).isEqualTo(1);
            assertThat(over.path("done").intValue()).isEqualTo(2);
            assertThat(items(id, false).stream()
                            .filter(item ->
                                    item.path("diagnosisId").stringValue().equals(old)))
                    .singleElement()
                    .satisfies(item -> {
                        assertThat(item.path("reason").stringValue()).isEqualTo("TOO_OLD");
                        assertThat(item.has("change")).isFalse();
                    });
        } finally {
            sql("delete from diagnosis where id = '" + old + "'");
        }
    }

    @Test
    void doesNotCountAgainstADiagnosisWhatTheDatabaseFailedToKeep() throws SQLException {
        sql("create function full_up() returns trigger language plpgsql as"
                + " $$ begin raise 'could not extend file: No space left on device' using errcode = '53100'; end $$");
        sql("create trigger full_up before update of result on replayed for each row execute function full_up()");
        String id;
        try {
            id = replay(KnowledgeCopy.make().zip(), "{\"limit\": 1}");
            Instant end = Instant.now().plus(PATIENCE);
            while (!list("select consecutive_failures::text from scheduled_tasks where task_name = 'replay' and"
                            + " task_instance = '" + id + "'")
                    .equals(List.of("2"))) {
                assertThat(Instant.now()).isBefore(end);
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
        } finally {
            sql("drop function full_up cascade");
        }

        assertThat(await(id, "COMPLETED").path("notReplayed").intValue()).isZero();
        assertThat(list("select tries::text from replayed where replay_id = '" + id + "'"))
                .containsExactly("1");
    }

    @Test
    void isCalledOffAndTakenAwayAndPutsBothOnRecord() throws SQLException {
        // One that waits: its worker finds an older one open.
        sql("insert into replay (id, requested_at, filter, candidate, knowledge, status) values"
                + " ('00000000-0000-0000-0000-000000000001', '2001-01-01', '{\"limit\": 1}', 'x', '{}', 'QUEUED')");
        String id;
        try {
            id = replay(KnowledgeCopy.make().zip(), "");
            assertThat(api().post("/replays/" + id + "/cancel", "")
                            .json()
                            .path("status")
                            .stringValue())
                    .isEqualTo("CANCELLED");
            assertThat(api().post("/replays/" + id + "/cancel", "").status()).isEqualTo(200);
            assertThat(api().get("/replays/" + id).json().path("done").intValue())
                    .isZero();
        } finally {
            sql("delete from replay where id = '00000000-0000-0000-0000-000000000001'");
        }
        assertThat(api().get("/replays")
                        .json()
                        .path("items")
                        .valueStream()
                        .map(item -> item.path("id").stringValue()))
                .contains(id);
        String over = replay(KnowledgeCopy.make().zip(), "{\"limit\": 1}");
        await(over, "COMPLETED");
        assertThat(api().post("/replays/" + over + "/cancel", "")
                        .json()
                        .path("type")
                        .stringValue())
                .isEqualTo("urn:etcd-medic:problem:replay-over");

        assertThat(api().delete("/replays/" + id).status()).isEqualTo(204);

        assertThat(api().get("/replays/" + id).status()).isEqualTo(404);
        assertThat(api().delete("/replays/" + id).status()).isEqualTo(404);
        assertThat(api().get("/audit?target=" + id)
                        .json()
                        .path("items")
                        .valueStream()
                        .map(entry -> entry.path("action").stringValue()))
                .containsExactly("REPLAY_REMOVED", "REPLAY_CANCELLED", "REPLAY_STARTED");
    }

    @Test
    void goesOnAfterAKillWhereItStoppedAndJudgesEachOnce() throws SQLException {
        String id = replay(KnowledgeCopy.make().zip(), "{\"limit\": 1000}");
        Instant end = Instant.now().plus(PATIENCE);
        while (api().get("/replays/" + id + "?limit=1").json().path("done").intValue() < 2) {
            assertThat(Instant.now()).isBefore(end);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        service.kill();
        List<String> before = done(id);
        service = start("second-" + id);

        JsonNode over = await(id, "COMPLETED");

        assertThat(before.size()).isBetween(2, recordings.size());
        assertThat(over.path("done").intValue()).isEqualTo(recordings.size() + 1);
        // What was done before was not done again: its rows are the very same.
        assertThat(done(id)).containsAll(before);
    }

    private List<String> done(String id) throws SQLException {
        return list(
                "select ordinal || ' ' || xmin from replayed where replay_id = '" + id + "' and result is not null");
    }

    private List<String> list(String query) throws SQLException {
        try (var connection = DriverManager.getConnection(
                        database.getJdbcUrl(), database.getUsername(), database.getPassword());
                var rows = connection.createStatement().executeQuery(query)) {
            var texts = new ArrayList<String>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }

    private void sql(String statement) throws SQLException {
        try (var connection = DriverManager.getConnection(
                        database.getJdbcUrl(), database.getUsername(), database.getPassword());
                var sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    @Test
    void namesTheKnowledgeVersionInEveryVerdict() {
        String version = api().get("/causes").json().path("knowledgeVersion").stringValue();

        assertThat(version).matches("[0-9a-f]{12}");
        assertThat(api().get("/diagnoses/" + asked)
                        .json()
                        .path("verdict")
                        .path("knowledgeVersion")
                        .stringValue())
                .isEqualTo(version);
        assertThat(api().get("/diagnoses?status=COMPLETED&limit=200")
                        .json()
                        .path("items")
                        .valueStream())
                .hasSizeGreaterThanOrEqualTo(recordings.size())
                .allSatisfy(item -> assertThat(
                                item.path("verdict").path("knowledgeVersion").stringValue())
                        .isEqualTo(version));
        assertThat(api().get("/diagnoses/" + asked + "/report", "Accept", "text/markdown")
                        .text())
                .contains(version);
    }
}
