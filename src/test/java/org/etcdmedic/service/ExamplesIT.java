package org.etcdmedic.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.etcdmedic.bundle.Bundles;
import org.etcdmedic.practice.HealthyNodes;
import org.etcdmedic.testing.Api;
import org.etcdmedic.testing.Contract;
import org.etcdmedic.testing.GuardedService;
import org.etcdmedic.testing.KnowledgeCopy;
import org.etcdmedic.testing.TargetStandIn;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The examples of the contract. The service judges nodes of the lab, as they were recorded, over real SSH and out of a
 * bundle; what it is sent and what it answers are the examples. Each run asks all of it again and holds the answers against
 * the examples. {@code -Dmedic.examples.record=true} writes them anew.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ExamplesIT {
    private static final boolean RECORD = Boolean.getBoolean("medic.examples.record");
    private static final Path FOLDER = Path.of("openapi", "examples");
    private static final Path CAPTURES = Path.of("src", "test", "resources", "captures");
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** One example: what it shows, what was left out of it, and what was sent or answered. */
    private record Taken(String summary, String shortened, JsonNode value) {
        ObjectNode file() {
            ObjectNode file = JsonNodeFactory.instance.objectNode().put("summary", summary);
            if (!shortened.isEmpty()) {
                file.put("description", shortened);
            }
            file.set("value", value);
            return file;
        }
    }

    @TempDir
    static Path folder;

    private final Map<String, Taken> taken = new LinkedHashMap<>();
    private HealthyNodes nodes;
    private ServerSocket silent;
    private TargetStandIn target;
    private GuardedService service;
    private Contract contract = Contract.read();

    @BeforeAll
    @SuppressWarnings("NullAway.Init")
    void asksForAllOfThem() throws IOException, SQLException {
        nodes = HealthyNodes.start(folder.resolve("nodes"));
        silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        target = new TargetStandIn();
        target.answers(422, "{}");
        service = GuardedService.start(
                folder.resolve("service.log"),
                "medic.ssh.known-hosts=" + nodes.property("medic.ssh.known-hosts"),
                "medic.ssh.logins.gauss-ops.user=" + nodes.property("medic.ssh.logins.practice.user"),
                "medic.ssh.logins.gauss-ops.private-key=" + nodes.property("medic.ssh.logins.practice.private-key"),
                "medic.ssh.logins.gauss-ops.sudo=true",
                // The recorded nodes were young: the lab's scaled window, see lab/README.md.
                "medic.evidence-window.before=25s",
                "medic.evidence-window.after=10s",
                // A node that never says a word keeps its diagnosis open for as long as that.
                "medic.ssh.login-timeout=40s",
                "medic.bundle.max-size=1MB",
                "medic.tickets.link=https://medic.example",
                "medic.tickets.targets.ops-hook.preset=json",
                "medic.tickets.targets.ops-hook.url=" + target.url(),
                "medic.tickets.rules[0].to=ops-hook",
                "medic.tickets.targets.old-hook.preset=json",
                "medic.tickets.targets.old-hook.url=" + target.url() + "/old");
        inventory();
        String diagnosis = alarm();
        diagnosis(diagnosis);
        foreign();
        tickets(diagnosis);
        open();
        memory(again(diagnosis));
        bundles();
        replays();
        lists();
        problems();
        failures();
        if (RECORD) {
            record();
            contract = Contract.read();
        }
    }

    @AfterAll
    void stop() throws IOException {
        service.close();
        silent.close();
        target.close();
        nodes.close();
    }

    private void inventory() {
        ObjectNode instance = JsonNodeFactory.instance.objectNode().put("name", "Practice");
        ArrayNode list = instance.putArray("nodes");
        for (int i = 0; i < nodes.ports().size(); i++) {
            list.addObject()
                    .put("nodeId", "practice-node-" + (i + 1))
                    .put("host", "127.0.0.1")
                    .put("sshPort", nodes.ports().get(i))
                    .put("login", "gauss-ops")
                    .put("dbUser", "Ruby");
        }
        keep("Instance", "Three nodes; all that is not stated is discovered on them", instance);
        check("put", "/instances/{instanceId}", put("/instances/practice", instance));
        keep(
                "InstanceView",
                "With what was left out filled in",
                check("put", "/instances/{instanceId}", put("/instances/practice", instance)));
        keep("InstanceList", "The inventory", check("get", "/instances", get("/instances")));
        check("get", "/instances/{instanceId}", get("/instances/practice"));
        ObjectNode mute = JsonNodeFactory.instance.objectNode().put("name", "reports-prod");
        mute.putArray("nodes")
                .addObject()
                .put("nodeId", "node4no14")
                .put("host", "127.0.0.1")
                .put("sshPort", silent.getLocalPort())
                .put("login", "gauss-ops");
        put("/instances/reports-in14", mute);
    }

    private String alarm() {
        ObjectNode alarm = JsonNodeFactory.instance
                .objectNode()
                .put("alarmId", "A-20261122-0007")
                .put("name", "ETCD service abnormal")
                .put("instanceId", "practice")
                .put("nodeId", "practice-node-3")
                .put("severity", "MAJOR")
                .put("occurredAt", now());
        alarm.putObject("labels").put("region", "cn-north-4");
        keep("Alarm", "An alarm of the management plane; the practice instance has this node", alarm);
        Api.Answer first = post("/alarms", alarm);
        keep("AlarmAccepted", "It opened a diagnosis", check("post", "/alarms", first));
        keep("AlarmRepeated", "The same alarm once more", check("post", "/alarms", post("/alarms", alarm)));
        return first.json().path("diagnosisId").stringValue();
    }

    private void diagnosis(String id) {
        over(id);
        String at = "/diagnoses/" + id;
        String it = "/diagnoses/{id}";
        keepDiagnosis("Diagnosis", "etcd's disk is full: somebody's file lies there", get(at));
        keepFirst(
                "FindingList",
                "What was observed on the node at fault",
                5,
                check("get", it + "/findings", get(at + "/findings?state=OBSERVED&nodeId=practice-node-3")));
        Api.Answer events = get(at + "/events");
        check("get", it + "/events", events);
        keep("Events", "Of a diagnosis that is over already", JsonNodeFactory.instance.stringNode(events.text()));
        keep(
                "ClassificationList",
                "The causes that are confirmed",
                check("get", it + "/classifications", get(at + "/classifications?state=CONFIRMED")));
        keep(
                "RemediationList",
                "The repair, told in Chinese",
                check("get", it + "/remediation", get(at + "/remediation", "Accept-Language", "zh-CN")));
        keepTimeline(check("get", it + "/timeline", get(at + "/timeline")));
        keepEvidence(check("get", it + "/evidence", get(at + "/evidence")));
        String identity = get(at + "/evidence")
                .json()
                .path("items")
                .valueStream()
                .filter(item -> item.path("probe").stringValue().equals("identity"))
                .map(item -> item.path("id").stringValue())
                .findFirst()
                .orElseThrow();
        Api.Answer text = get(at + "/evidence/" + identity, "Accept", "text/plain");
        check("get", it + "/evidence/{evidenceId}", text);
        keep("EvidenceText", "Who a node is, as it told it", JsonNodeFactory.instance.stringNode(text.text()));
        keepBeginning(
                "ReportMarkdown",
                "For a ticket, in Chinese",
                get(at + "/report", "Accept", "text/markdown", "Accept-Language", "zh-CN"));
        keepBeginning("ReportPage", "For a browser", get(at + "/report", "Accept", "text/html"));
        contract.check("get", it + "/bundle", get(at + "/bundle", "Accept", "application/gzip"));
        Api.Answer map = get(at + "/bundle/map");
        var pseudonyms = (ObjectNode) check("get", it + "/bundle/map", map).deepCopy();
        String shortened = first(pseudonyms, "items", 4);
        taken.put("PackageMap", new Taken("What a package's pseudonyms stand for", shortened, pseudonyms));
        keep("ProblemDiagnosisOver", "It is over already", check("post", it + "/cancel", post(at + "/cancel", null)));
    }

    /** As Alertmanager sends it: an alert about a node, one about a node that nobody knows, and one that is over. */
    private void foreign() {
        ObjectNode body =
                JsonNodeFactory.instance.objectNode().put("version", "4").put("status", "firing");
        ArrayNode alerts = body.putArray("alerts");
        alert(alerts.addObject(), "firing", "c6eadffa33fcdf37", "practice", "practice-node-3");
        keep("AlertmanagerBody", "Shortened to what is read of it", body.deepCopy());
        alert(alerts.addObject(), "firing", "0b1d2c3e4f5a6b7c", "later-in14", "node1no14");
        Api.Answer sent = post("/alarms/alertmanager", body);
        keep(
                "BodyTaken",
                "Two alerts, one about an instance that nobody registered",
                check("post", "/alarms/{source}", sent));
        check(
                "put",
                "/alarms/{source}",
                service.api().put("/alarms/alertmanager", body.toString(), service.as("admin")));
        ObjectNode later = JsonNodeFactory.instance.objectNode();
        later.putArray("nodes")
                .addObject()
                .put("nodeId", "node1no14")
                .put("host", "127.0.0.1")
                .put("sshPort", 1);
        put("/instances/later-in14", later);
        String refused = get("/alarms?state=REJECTED&source=alertmanager")
                .json()
                .at("/items/0/id")
                .stringValue();
        keep(
                "Resent",
                "It was registered since",
                check("post", "/alarms/rejected/{id}/resend", post("/alarms/rejected/" + refused + "/resend", null)));
        ObjectNode wish = JsonNodeFactory.instance.objectNode();
        wish.set("body", body);
        wish.putObject("document")
                .putObject("mapping")
                .putArray("severity")
                .addObject()
                .put("constant", "MAJOR");
        keep("DryRunRequest", "What would it become if its severity were given?", wish);
        keepFirst(
                "DryRun",
                "Field by field",
                1,
                "elements",
                check("post", "/alarms/{source}/dry-run", post("/alarms/alertmanager/dry-run", wish)));
        keepFirst("SourceList", "How each source is understood", 1, check("get", "/sources", get("/sources")));
        over(sent.json().at("/results/0/diagnosisId").stringValue());
    }

    private static void alert(ObjectNode alert, String status, String fingerprint, String instance, String node) {
        alert.put("status", status).put("fingerprint", fingerprint).put("startsAt", now());
        alert.putObject("labels")
                .put("alertname", "etcdNoLeader")
                .put("severity", "critical")
                .put("instance_id", instance)
                .put("node_id", node);
    }

    private void tickets(String id) {
        String list = "/tickets?diagnosisId=" + id;
        JsonNode owed = awaited(list, "GIVEN_UP");
        keep("TicketList", "What the diagnosis owed: its target refused it", check("get", "/tickets", get(list)));
        String ticket = owed.path("id").stringValue();
        target.answers(200, "{}");
        keep(
                "TicketResent",
                "It goes out again",
                check("post", "/tickets/{id}/resend", post("/tickets/" + ticket + "/resend", null)));
        awaited(list, "DELIVERED");
        keep("Ticket", "The second attempt arrived", check("get", "/tickets/{id}", get("/tickets/" + ticket)));
        keep("TargetList", "Two targets", check("get", "/targets", get("/targets")));
        assertThat(post("/targets/ops-hook/test", null).status()).isEqualTo(200);
        keep(
                "TargetTested",
                "It can be reached",
                check("post", "/targets/{name}/test", post("/targets/ops-hook/test", null)));
        keep(
                "TargetResumed",
                "It was not switched off",
                check("post", "/targets/{name}/resume", post("/targets/old-hook/resume", null)));
        ObjectNode preview = JsonNodeFactory.instance
                .objectNode()
                .put("diagnosisId", id)
                .put("language", "zh-CN")
                .put("template", "{\"title\": \"{{title}}\", \"owner\": \"{{ownerName}}\"}");
        keep("PreviewRequest", "Another text, told in Chinese", preview);
        keep(
                "Preview",
                "What it would be",
                check("post", "/targets/{name}/preview", post("/targets/ops-hook/preview", preview)));
    }

    private JsonNode awaited(String list, String state) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            JsonNode ticket = get(list).json().path("items").path(0);
            if (ticket.path("state").asString("").equals(state)) {
                return ticket;
            }
            assertThat(System.nanoTime()).as(ticket.toString()).isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
    }

    private void open() {
        ObjectNode wish = JsonNodeFactory.instance
                .objectNode()
                .put("instanceId", "practice")
                .put("nodeId", "practice-node-3");
        keep("DiagnosisRequest", "Without an alarm; about now", wish.deepCopy());
        Api.Answer wished = post("/diagnoses", wish);
        keep("DiagnosisStarted", "A diagnosis by hand", check("post", "/diagnoses", wished));
        over(wished.json().path("diagnosisId").stringValue());
        // This one stays open, for its node takes the connection and never says a word.
        wish.put("instanceId", "reports-in14").put("nodeId", "node4no14");
        Api.Answer started = post("/diagnoses", wish);
        keep("DiagnosisJoined", "One is open already", check("post", "/diagnoses", post("/diagnoses", wish)));
        String at = "/diagnoses/" + started.json().path("diagnosisId").stringValue();
        keep(
                "ProblemDiagnosisOpen",
                "It is still open",
                check("post", "/diagnoses/{id}/rerun", post(at + "/rerun", null)));
        keep(
                "ProblemNoVerdict",
                "There is nothing to report yet",
                check("get", "/diagnoses/{id}/report", get(at + "/report", "Accept", "*/*")));
        keep("Cancelled", "It was called off", check("post", "/diagnoses/{id}/cancel", post(at + "/cancel", null)));
    }

    private String again(String id) {
        ObjectNode since = JsonNodeFactory.instance.objectNode().put("since", now());
        keep("RerunRequest", "The repair was done then", since);
        Api.Answer again = post("/diagnoses/" + id + "/rerun", since);
        keep(
                "RerunAccepted",
                "A new diagnosis, linked to the one before",
                check("post", "/diagnoses/{id}/rerun", again));
        String anew = again.json().path("diagnosisId").stringValue();
        over(anew);
        keepDiagnosis("DiagnosisRerun", "The cause is still there", get("/diagnoses/" + anew));
        return anew;
    }

    private void memory(String id) {
        String it = "/diagnoses/{id}";
        ObjectNode said =
                JsonNodeFactory.instance.objectNode().put("verdict", "RIGHT").put("repairedAt", now());
        said.putArray("helped").add("free-disk-space");
        said.put("note", "Somebody's dump lay there; moved to the archive.");
        keep("FeedbackRequest", "The verdict was right, and a step helped", said);
        keep(
                "Feedback",
                "It is on record",
                check("post", it + "/feedback", post("/diagnoses/" + id + "/feedback", said)));
        keep(
                "FeedbackList",
                "All that was said",
                check("get", it + "/feedback", get("/diagnoses/" + id + "/feedback")));
        ObjectNode wish = JsonNodeFactory.instance
                .objectNode()
                .put("instanceId", "practice")
                .put("nodeId", "practice-node-3");
        String anew = post("/diagnoses", wish).json().path("diagnosisId").stringValue();
        over(anew);
        keepDiagnosis(
                "DiagnosisRepeated", "The same fault once more, and what helped before", get("/diagnoses/" + anew));
        keep(
                "HistoryPage",
                "Where it was found before",
                check("get", it + "/history", get("/diagnoses/" + anew + "/history?limit=2")));
        keep("Accuracy", "How right the verdicts were", check("get", "/accuracy", get("/accuracy")));
    }

    private void bundles() throws IOException {
        ObjectNode form = JsonNodeFactory.instance.objectNode().put("bundle", log());
        form.putObject("request")
                .put("instanceId", "practice")
                .put("nodeId", "practice-node-3")
                .put("timeZone", "+00:00");
        keep("BundleForm", "The last words of an etcd, and in which zone it wrote them", form);
        Api.Answer sent = form(
                form.path("bundle").stringValue().getBytes(StandardCharsets.UTF_8), "etcd.log", form.path("request"));
        keep("BundleAccepted", "A bundle of one log", check("post", "/diagnoses", sent));
        String id = sent.json().path("diagnosisId").stringValue();
        over(id);
        keepDiagnosis(
                "DiagnosisOfBundle",
                "A log alone, told in Chinese",
                get("/diagnoses/" + id, "Accept-Language", "zh-CN"));
        Api.Answer measured = form(metrics(), "incident.tar.gz", JsonNodeFactory.instance.objectNode());
        check("post", "/diagnoses", measured);
        String of = measured.json().path("diagnosisId").stringValue();
        over(of);
        JsonNode metrics = check("get", "/diagnoses/{id}/metrics", get("/diagnoses/" + of + "/metrics"));
        var few = (ObjectNode) metrics.deepCopy();
        int series = few.path("series").size();
        String note = first(few, "series", 2);
        for (JsonNode one : few.path("series")) {
            note += " " + first((ObjectNode) one, "points", 3);
        }
        assertThat(series).isGreaterThan(2);
        taken.put("Metrics", new Taken("A disk that was slow for a while", note, few));
    }

    private void replays() throws SQLException {
        ObjectNode form = JsonNodeFactory.instance.objectNode().put("knowledge", "(the bytes of knowledge.tar.gz)");
        form.putObject("request").put("instanceId", "practice").put("limit", 3);
        keep("ReplayForm", "Changed knowledge, over the last three diagnoses of an instance", form);
        byte[] changed = KnowledgeCopy.make()
                .without("signatures/backend-commit-no-space.yaml")
                .tarGz();
        Api.Answer taken = knowledge(changed, form.path("request"));
        keep("ReplayAccepted", "It waits for its turn", check("post", "/replays", taken));
        String at = "/replays/" + taken.json().path("replayId").stringValue();
        Instant end = Instant.now().plus(PATIENCE);
        while (!get(at).json().path("status").stringValue("").equals("COMPLETED")) {
            assertThat(Instant.now()).isBefore(end);
            Thread.onSpinWait();
        }
        var few = (ObjectNode) check("get", "/replays/{replayId}", get(at)).deepCopy();
        String note = first(few, "items", 1);
        for (String list : List.of("appeared", "vanished", "reclassified")) {
            first((ObjectNode) few.at("/items/0"), list, 2);
        }
        this.taken.put("Replay", new Taken("Without a signature the last words of an etcd tell less", note, few));
        keep("ReplayList", "The only one", check("get", "/replays", get("/replays")));
        keep(
                "ProblemReplayOver",
                "It is over already",
                check("post", "/replays/{replayId}/cancel", post(at + "/cancel", null)));
        keep(
                "ProblemKnowledgeRefused",
                "Two mistakes",
                check(
                        "post",
                        "/replays",
                        knowledge(
                                KnowledgeCopy.make()
                                        .edit(
                                                "causes/ETCD_BINARY_MISSING.yaml",
                                                "[ETCD_PROCESS_DOWN]",
                                                "[ETCD_PROCES_DOWN]")
                                        .edit("findings/executable-missing.yaml", ": 0.95", ": 9.5")
                                        .tarGz(),
                                JsonNodeFactory.instance.objectNode())));
        // An older one keeps the next one waiting.
        service.sql("insert into replay (id, requested_at, filter, candidate, knowledge, status) values"
                + " ('00000000-0000-0000-0000-000000000001', '2001-01-01', '{\"limit\": 1}', 'x', '{}', 'QUEUED')");
        String waits = "/replays/"
                + knowledge(changed, form.path("request"))
                        .json()
                        .path("replayId")
                        .stringValue();
        keep(
                "ReplayCancelled",
                "It was called off",
                check("post", "/replays/{replayId}/cancel", post(waits + "/cancel", null)));
        check(
                "delete",
                "/replays/{replayId}",
                service.api().delete("/replays/00000000-0000-0000-0000-000000000001", service.as("admin")));
    }

    private Api.Answer knowledge(byte[] archive, JsonNode request) {
        return form("/replays", "knowledge", archive, "knowledge.tar.gz", request);
    }

    /** Twelve lines of a real log, to where it could write no more. */
    private static String log() throws IOException {
        List<String> lines = captures("disk-full-others")
                .valueStream()
                .filter(it -> it.path("probe").stringValue().equals("log-window"))
                .filter(it -> it.path("args").path("file").asString("").contains("/etcd/"))
                .flatMap(it -> it.path("text").stringValue().lines())
                .filter(line -> line.matches("2\\d{3}-.*"))
                .toList();
        int last = IntStream.range(0, lines.size())
                .filter(i -> lines.get(i).contains("no space left on device"))
                .max()
                .orElseThrow();
        return String.join("\n", lines.subList(last - 11, last + 1)) + "\n";
    }

    private static JsonNode captures(String scenario) throws IOException {
        return JSON.readTree(Files.readString(CAPTURES.resolve(scenario).resolve("captures.json")));
    }

    private static byte[] metrics() throws IOException {
        Path recording = CAPTURES.resolve("metrics-slow-disk");
        var manifest = (ObjectNode) YAML.readTree(Files.readString(recording.resolve("scenario.yaml")));
        manifest.remove(List.of("truth"));
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("incident/bundle.yaml", Bundles.bytes(YAML.writeValueAsString(manifest)));
        // Only what monitoring told: the contract shows that here, and the limit of this service is low.
        ArrayNode told = JSON.createArrayNode();
        captures("metrics-slow-disk").forEach(it -> {
            if (it.path("probe").stringValue().equals("metric")) {
                told.add(it);
            }
        });
        files.put("incident/captures.json", Bundles.bytes(told.toString()));
        return Bundles.gzip(Bundles.tar(files));
    }

    private void lists() {
        ObjectNode unknown = JsonNodeFactory.instance
                .objectNode()
                .put("instanceId", "billing-in14")
                .put("nodeId", "node9no14")
                .put("occurredAt", now());
        keep("ProblemUnknownInstance", "Nobody registered it", check("post", "/alarms", post("/alarms", unknown)));
        unknown.put("instanceId", "practice");
        keep(
                "ProblemUnknownNode",
                "The instance has no such node, told in Chinese",
                check("post", "/alarms", post("/alarms", unknown, "Accept-Language", "zh-CN")));
        keep(
                "AlarmList",
                "The last ones: two of a node and an instance that nobody knows, one that opened a diagnosis",
                check("get", "/alarms", get("/alarms?limit=4")));
        keep(
                "DiagnosisList",
                "Two of more",
                check("get", "/diagnoses", get("/diagnoses?status=COMPLETED&instanceId=practice&limit=2")));
        keep("AuditPage", "Two of more", check("get", "/audit", get("/audit?limit=2")));
        keepFirst("CauseList", "The beginning of the catalogue", 4, check("get", "/causes", get("/causes")));
        keep(
                "Cause",
                "One cause, told in Chinese",
                check("get", "/causes/{code}", get("/causes/ETCD_BINARY_MISSING", "Accept-Language", "zh-CN")));
        keepFirst("ProbeList", "The beginning of the catalogue", 1, check("get", "/probes", get("/probes")));
    }

    private void problems() {
        String nobody = "/diagnoses/00000000-0000-0000-0000-000000000000";
        keep(
                "ProblemInvalidRequest",
                "Every field that is wrong is named",
                check(
                        "post",
                        "/alarms",
                        post(
                                "/alarms",
                                JsonNodeFactory.instance
                                        .objectNode()
                                        .put("nodeId", "a b")
                                        .put("occurredAt", "yesterday"))));
        keep(
                "ProblemPreconditionFailed",
                "Somebody has changed the instance since",
                check(
                        "delete",
                        "/instances/{instanceId}",
                        service.api().delete("/instances/practice", service.as("admin", "If-Match", "\"another\""))));
        ObjectNode wish = JsonNodeFactory.instance
                .objectNode()
                .put("instanceId", "practice")
                .put("nodeId", "practice-node-3");
        over(post("/diagnoses", wish, "Idempotency-Key", "wish-1")
                .json()
                .path("diagnosisId")
                .stringValue());
        wish.put("nodeId", "practice-node-1");
        keep(
                "ProblemKeyReused",
                "The key was used for another node",
                check("post", "/diagnoses", post("/diagnoses", wish, "Idempotency-Key", "wish-1")));
        keep("ProblemNotFound", "No such diagnosis", check("get", "/diagnoses/{id}", get(nobody)));
        keep(
                "ProblemNotAcceptable",
                "No picture of it",
                check("get", "/causes", get("/causes", "Accept", "image/png")));
        keep(
                "ProblemTooLarge",
                "More than 256 KiB",
                check(
                        "post",
                        "/alarms",
                        post(
                                "/alarms",
                                JsonNodeFactory.instance.objectNode().put("clusterStatus", "x".repeat(300_000)))));
        keep(
                "ProblemBundleTooLarge",
                "Larger than this service takes",
                check(
                        "post",
                        "/diagnoses",
                        form(new byte[1_200_000], "logs.zip", JsonNodeFactory.instance.objectNode())));
        keep(
                "ProblemBundleRefused",
                "Nothing in it is a log",
                check(
                        "post",
                        "/diagnoses",
                        form(
                                Bundles.bytes("Dear colleague,\nplease find the logs attached.\n"),
                                "mail.txt",
                                JsonNodeFactory.instance.objectNode())));
        keep(
                "ProblemUnsupportedMediaType",
                "A form instead of JSON",
                check(
                        "post",
                        "/alarms",
                        service.api().form("/alarms", Bundles.bytes("--b--\r\n"), "b", service.as("admin"))));
        keep(
                "ProblemUnauthenticated",
                "Without a token",
                check("get", "/causes", service.api().get("/causes")));
        keep(
                "ProblemForbidden",
                "A viewer may start nothing",
                check("post", "/diagnoses", service.api().post("/diagnoses", "{}", service.as("viewer"))));
        Api.Answer hasty = Stream.generate(() -> service.api().get("/causes", service.as("hasty")))
                .limit(20_000)
                .filter(answer -> answer.status() != 200)
                .findFirst()
                .orElseThrow();
        keep("ProblemTooManyRequests", "Ten times as many as are allowed in a second", check("get", "/causes", hasty));
    }

    private void failures() throws SQLException {
        service.withoutTables(
                List.of("instance"),
                () -> keep("ProblemInternal", "We failed", check("get", "/instances", get("/instances"))));
        service.withoutDatabase(() ->
                keep("ProblemUnavailable", "The database is away", check("get", "/instances", get("/instances"))));
    }

    private void record() throws IOException {
        Files.createDirectories(FOLDER);
        for (Map.Entry<String, Taken> example : taken.entrySet()) {
            Files.writeString(
                    FOLDER.resolve(example.getKey() + ".json"),
                    JSON.writeValueAsString(example.getValue().file()) + "\n");
        }
    }

    @Test
    @Order(1)
    void areAllOfThoseThatTheContractNames() throws IOException {
        assertThat(taken.keySet())
                .containsExactlyInAnyOrderElementsOf(contract.examples().keySet());
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".json", "")))
                    .containsExactlyInAnyOrderElementsOf(taken.keySet());
        }
    }

    @Test
    @Order(2)
    void areWhatTheServiceAnswersToday() throws IOException {
        Map<String, JsonNode> examples = contract.examples();
        taken.forEach((name, now) -> {
            JsonNode recorded = value(examples, name);
            var unknown = new TreeSet<String>();
            empty("", recorded, unknown);
            empty("", now.value(), unknown);
            assertThat(shape(now.value(), unknown)).as(name).isEqualTo(shape(recorded, unknown));
        });
        for (String name : List.of("Diagnosis", "DiagnosisOfBundle", "DiagnosisRerun", "DiagnosisRepeated")) {
            JsonNode verdict = Objects.requireNonNull(examples.get(name)).at("/value/verdict");
            JsonNode now = Objects.requireNonNull(taken.get(name)).value().path("verdict");
            assertThat(now.path("cause")).as(name).isEqualTo(verdict.path("cause"));
            assertThat(now.path("outcome")).as(name).isEqualTo(verdict.path("outcome"));
        }
    }

    @Test
    @Order(3)
    void areTakenByTheServiceAsTheyStand() {
        Map<String, JsonNode> examples = contract.examples();
        JsonNode instance = value(examples, "Instance");
        assertThat(put("/instances/another-in14", instance).status()).isEqualTo(201);
        assertThat(put("/instances/another-in14", instance).status()).isEqualTo(200);
        Api.Answer alarm = post("/alarms", value(examples, "Alarm"));
        assertThat(alarm.status()).as(alarm.text()).isEqualTo(202);
        Api.Answer wished = post("/diagnoses", value(examples, "DiagnosisRequest"));
        assertThat(wished.status()).as(wished.text()).isEqualTo(202);
        JsonNode form = value(examples, "BundleForm");
        Api.Answer bundle = form(
                form.path("bundle").stringValue().getBytes(StandardCharsets.UTF_8), "etcd.log", form.path("request"));
        assertThat(bundle.status()).as(bundle.text()).isEqualTo(202);
        String id = bundle.json().path("diagnosisId").stringValue();
        over(id);
        Api.Answer again = post("/diagnoses/" + id + "/rerun", value(examples, "RerunRequest"));
        assertThat(again.status()).as(again.text()).isEqualTo(202);
    }

    @Test
    @Order(4)
    void areInBothLanguages() {
        Set<String> chinese = contract.examples().entrySet().stream()
                .filter(example -> example.getValue()
                        .path("value")
                        .toString()
                        .codePoints()
                        .anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());

        assertThat(chinese)
                .contains("DiagnosisOfBundle", "RemediationList", "Cause", "ReportMarkdown", "ProblemUnknownNode")
                .doesNotContain("Diagnosis", "FindingList", "ProblemInvalidRequest");
    }

    private static JsonNode value(Map<String, JsonNode> examples, String name) {
        return Objects.requireNonNull(examples.get(name)).path("value");
    }

    /** Which fields there are and of what type, however many items a list has. */
    private static Set<String> shape(JsonNode value, Set<String> unknown) {
        var shape = new TreeSet<String>();
        shape("", value, shape);
        shape.removeIf(field -> unknown.stream().anyMatch(field::startsWith));
        return shape;
    }

    private static void shape(String at, JsonNode value, Set<String> shape) {
        shape.add(at + " " + value.getNodeType());
        // The arguments of a probe are named by the probe.
        if (!at.endsWith("/args")) {
            value.forEachEntry((name, field) -> shape(at + "/" + name, field, shape));
        }
        if (value.isArray()) {
            value.forEach(item -> shape(at + "[]", item, shape));
        }
    }

    /** Lists with nothing in them, which tell nothing of their items. */
    private static void empty(String at, JsonNode value, Set<String> found) {
        if (value.isArray() && value.isEmpty()) {
            found.add(at + "[]");
        }
        value.forEachEntry((name, field) -> empty(at + "/" + name, field, found));
    }

    private JsonNode check(String method, String template, Api.Answer answer) {
        contract.check(method, template, answer);
        String type = answer.headers().firstValue("Content-Type").orElse("");
        return type.contains("json") ? answer.json() : JsonNodeFactory.instance.stringNode(answer.text());
    }

    private void keep(String name, String summary, JsonNode value) {
        // A problem is of the type that its example is named after.
        if (name.startsWith("Problem")) {
            assertThat(value.path("type").asString("").replaceAll(".*:|-", ""))
                    .as(value.toString())
                    .isEqualToIgnoringCase(name.substring("Problem".length()));
        }
        taken.put(name, new Taken(summary, "", value));
    }

    private void keepFirst(String name, String summary, int items, JsonNode value) {
        keepFirst(name, summary, items, "items", value);
    }

    private void keepFirst(String name, String summary, int items, String list, JsonNode value) {
        var few = (ObjectNode) value.deepCopy();
        String shortened = first(few, list, items);
        taken.put(name, new Taken(summary, shortened, few));
    }

    /** By what it is and not by its place: nodes are asked at once, and the order differs a little each time. */
    private void keepTimeline(JsonNode value) {
        var few = (ObjectNode) value.deepCopy();
        var kinds = new TreeSet<String>();
        ArrayNode kept = few.putArray("items");
        value.path("items")
                .valueStream()
                .filter(moment -> moment.path("nodeId").stringValue().equals("practice-node-3"))
                .filter(moment -> kinds.add(moment.path("kind").stringValue()))
                .forEach(kept::add);
        String shortened = "Shortened: of " + value.path("items").size()
                + " moments, the first of each kind on the node at fault.";
        taken.put("Timeline", new Taken("The story of a disk that filled up", shortened, few));
    }

    private void keepEvidence(JsonNode value) {
        var few = (ObjectNode) value.deepCopy();
        ArrayNode kept = few.putArray("items");
        for (String probe : List.of("identity", "processes", "data-directory")) {
            value.path("items")
                    .valueStream()
                    .filter(item -> item.path("nodeId").stringValue().equals("practice-node-3"))
                    .filter(item -> item.path("probe").stringValue().equals(probe))
                    .limit(1)
                    .forEach(kept::add);
        }
        String shortened = "Shortened: 3 of " + value.path("items").size() + " items.";
        taken.put("EvidenceList", new Taken("What the node at fault was asked", shortened, few));
    }

    private void keepBeginning(String name, String summary, Api.Answer answer) {
        contract.check("get", "/diagnoses/{id}/report", answer);
        List<String> lines = answer.text().lines().toList();
        String beginning = String.join("\n", lines.subList(0, Math.min(30, lines.size()))) + "\n";
        taken.put(
                name,
                new Taken(summary, "Shortened: its first 30 lines.", JsonNodeFactory.instance.stringNode(beginning)));
    }

    /** A diagnosis says something of each cause; here stand the first ones with what they rest on. */
    private void keepDiagnosis(String name, String summary, Api.Answer answer) {
        var few = (ObjectNode) check("get", "/diagnoses/{id}", answer).deepCopy();
        String shortened = first(few, "classifications", 2);
        Set<String> cited = few.path("classifications")
                .valueStream()
                .flatMap(one -> one.path("findings").valueStream())
                .map(JsonNode::stringValue)
                .collect(Collectors.toSet());
        int findings = few.path("findings").size();
        var kept = few.putArray("findings");
        answer.json()
                .path("findings")
                .valueStream()
                .filter(finding -> cited.contains(finding.path("id").stringValue()))
                .forEach(kept::add);
        shortened += " Of " + findings + " findings those that they rest on.";
        for (String list : List.of("notEvaluated", "gaps", "reachability")) {
            shortened += " " + first(few, list, 4);
        }
        taken.put(name, new Taken(summary, shortened.replaceAll(" +", " ").strip(), few));
    }

    private static String first(ObjectNode of, String list, int count) {
        var items = (ArrayNode) of.path(list);
        int all = items.size();
        if (all <= count) {
            return "";
        }
        ArrayNode few = of.putArray(list);
        items.valueStream().limit(count).forEach(few::add);
        return "Shortened: the first " + count + " of " + all + " " + list + ".";
    }

    private JsonNode over(String id) {
        return service.await(id, it -> it.path("status").stringValue().equals("COMPLETED"), PATIENCE);
    }

    private Api.Answer get(String path, String... headers) {
        return service.api().get(path, service.as("admin", headers));
    }

    private Api.Answer put(String path, JsonNode body) {
        return service.api().put(path, body.toString(), service.as("admin"));
    }

    private Api.Answer post(String path, @Nullable JsonNode body, String... headers) {
        return service.api().post(path, body == null ? "" : body.toString(), service.as("admin", headers));
    }

    private Api.Answer form(byte[] bundle, String name, JsonNode request) {
        return form("/diagnoses", "bundle", bundle, name, request);
    }

    private Api.Answer form(String path, String part, byte[] content, String name, JsonNode request) {
        var body = new ByteArrayOutputStream();
        body.writeBytes(Bundles.bytes("--b\r\nContent-Disposition: form-data; name=\"request\"\r\n"
                + "Content-Type: application/json\r\n\r\n" + request + "\r\n"
                + "--b\r\nContent-Disposition: form-data; name=\"" + part + "\"; filename=\"" + name + "\"\r\n\r\n"));
        body.writeBytes(content);
        body.writeBytes(Bundles.bytes("\r\n--b--\r\n"));
        return service.api().form(path, body.toByteArray(), "b", service.as("admin"));
    }

    /** As the management plane writes it. */
    private static String now() {
        return Instant.now()
                .truncatedTo(ChronoUnit.SECONDS)
                .atOffset(ZoneOffset.ofHours(8))
                .toString();
    }
}
