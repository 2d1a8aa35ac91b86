package org.etcdmedic.service;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.etcdmedic.bundle.Bundles;
import org.etcdmedic.testing.Api;
import org.etcdmedic.testing.Contract;
import org.etcdmedic.testing.GuardedService;
import org.etcdmedic.testing.KnowledgeCopy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Each problem of each operation is brought about: the contract names those that happen, and no other. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProblemsIT {
    private static final Pattern ROLE = Pattern.compile("Role `([A-Z]+)`\\.$");
    private static final Pattern ROW = Pattern.compile("\\| `([a-z-]+)` \\| (\\d{3}) \\|");
    private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

    /** What stands behind them is in memory, so that nothing in them can fail that we could bring about. */
    private static final Set<String> OUT_OF_MEMORY =
            Set.of("get /causes", "get /causes/{code}", "get /probes", "get /sources");

    /** Senders try again on 503 only. */
    private static final Set<String> SENDING = Set.of("post /alarms", "post /alarms/{source}", "put /alarms/{source}");

    /** Who may not use what this role may. */
    private static final Map<String, String> LESSER =
            Map.of("INTAKE", "viewer", "VIEWER", "intake", "OPERATOR", "viewer", "ADMIN", "operator");

    /**
     * An operation of the contract.
     *
     * @param body a body that it takes; empty where it takes none
     */
    private record Operation(String method, String template, String role, String body) {
        String what() {
            return method + " " + template;
        }

        String path(String diagnosis) {
            return template.replace("{instanceId}", "practice")
                    .replace("{source}", "alertmanager")
                    .replace("{id}", diagnosis)
                    .replace("{evidenceId}", NOBODY)
                    .replace("{replayId}", NOBODY)
                    .replace("{name}", "desk")
                    .replace("{code}", "ETCD_DISK_FULL");
        }

        String pathToNothing() {
            return path(NOBODY)
                    .replace("practice", "no-" + method)
                    .replace("/alertmanager", "/no-source")
                    .replace("/desk", "/no-target")
                    .replace("ETCD_DISK_FULL", "NOBODY");
        }
    }

    @TempDir
    static Path folder;

    private final Contract contract = Contract.read();
    private final List<Operation> operations = new ArrayList<>();
    private final Set<String> documented = new TreeSet<>();
    private final Set<String> happened = new TreeSet<>();
    private final Map<String, Integer> types = new TreeMap<>();
    private final List<String> keptOut = new ArrayList<>();
    private GuardedService service;
    private JsonNode document;

    @BeforeAll
    @SuppressWarnings("NullAway.Init")
    void bringsAllOfThemAbout() throws IOException, SQLException {
        document = Contract.document("openapi.yaml");
        readContract();
        service = GuardedService.start(
                folder.resolve("service.log"),
                "medic.access.requests-per-second=60",
                "medic.access.alarms-per-second=10",
                "medic.bundle.max-size=1MB",
                "medic.tickets.targets.desk.preset=json",
                "medic.tickets.targets.desk.url=http://127.0.0.1:1/desk",
                "medic.bundle.max-request-size=4MB");
        assertThat(send(operation("put /instances/{instanceId}"), "/instances/practice", "admin")
                        .status())
                .isEqualTo(201);
        String open = send(operation("post /alarms"), "/alarms", "intake")
                .json()
                .path("diagnosisId")
                .stringValue();
        service.await(open, it -> it.path("status").stringValue().equals("COMPLETED"), Duration.ofMinutes(2));
        // As if a worker were still at it.
        service.sql("update diagnosis set status = 'RUNNING', completed_at = null, judgement = null, outcome = null");
        for (Operation it : operations) {
            tell(it, service.api().send(it.method(), it.path(open), it.body()));
            tell(it, send(it, it.path(open), requireNonNull(LESSER.get(it.role()))));
            Api.Answer own = send(it, it.pathToNothing(), it.role().toLowerCase(Locale.ROOT));
            if (own.status() == 401 || own.status() == 403) {
                keptOut.add(it.what() + " " + it.role());
            }
            tell(it, own);
            tell(it, send(it, it.path(open), "admin", "API-Version", "9"));
            tell(it, send(it, it.path(open), "admin", "Accept", "image/png"));
            if (!it.body().isEmpty()) {
                tell(it, send(it, it.path(open), "operator", "Content-Type", "text/plain"));
                tell(it, send(it, it.path(open), "admin", "Content-Type", "text/plain"));
                tell(
                        it,
                        service.api()
                                .send(
                                        it.method(),
                                        it.path(open),
                                        "\"" + "x".repeat(300_000) + "\"",
                                        service.as("admin")));
            }
        }
        conflicts(open);
        expectations();
        bundles();
        replays();
        strangers();
        failures(open);
        haste();
    }

    @AfterAll
    void stop() {
        service.close();
    }

    private void readContract() {
        document.path("paths")
                .forEachEntry((path, item) -> item.forEachEntry((method, operation) -> {
                    if (!operation.has("operationId")) {
                        return;
                    }
                    Matcher role = ROLE.matcher(
                            operation.path("description").stringValue().strip());
                    assertThat(role.find())
                            .as(method + " " + path + " names its role")
                            .isTrue();
                    JsonNode examples = operation.at("/requestBody/content/application~1json/examples");
                    String body = examples.propertyStream()
                            .map(example -> contract.value(example.getKey()).toString())
                            .findFirst()
                            .orElse("");
                    operations.add(new Operation(method, path, role.group(1), body));
                    operation.path("responses").propertyNames().stream()
                            .filter(status -> status.startsWith("4") || status.startsWith("5"))
                            .forEach(status -> documented.add(method + " " + path + " " + status));
                }));
    }

    private Operation operation(String what) {
        return operations.stream()
                .filter(it -> it.what().equals(what))
                .findFirst()
                .orElseThrow();
    }

    private Api.Answer send(Operation it, String path, String token, String... headers) {
        return service.api().send(it.method(), path, it.body(), service.as(token, headers));
    }

    private void tell(Operation it, Api.Answer answer) {
        if (answer.status() >= 400) {
            contract.check(it.method(), it.template(), answer);
            happened.add(it.what() + " " + answer.status());
            types.put(answer.json().path("type").stringValue(), answer.status());
        }
    }

    private void conflicts(String open) throws SQLException {
        Operation rerun = operation("post /diagnoses/{id}/rerun");
        Operation cancel = operation("post /diagnoses/{id}/cancel");
        tell(rerun, send(rerun, rerun.path(open), "operator"));
        tell(
                operation("get /diagnoses/{id}/report"),
                send(operation("get /diagnoses/{id}/report"), "/diagnoses/" + open + "/report", "viewer"));
        for (String part : List.of("/bundle", "/bundle/map")) {
            Operation it = operation("get /diagnoses/{id}" + part);
            tell(it, send(it, "/diagnoses/" + open + part, "operator"));
        }
        service.sql("update diagnosis set status = 'FAILED', completed_at = now(), failure = 'planted'");
        tell(cancel, send(cancel, cancel.path(open), "operator"));
        // The node of the diagnosis stands in the inventory no more, then the instance does not.
        service.api()
                .put(
                        "/instances/practice",
                        "{\"nodes\": [{\"nodeId\": \"other\", \"host\": \"127.0.0.1\"}]}",
                        service.as("admin"));
        tell(rerun, send(rerun, rerun.path(open), "operator"));
        service.api().delete("/instances/practice", service.as("admin"));
        tell(rerun, send(rerun, rerun.path(open), "operator"));
        send(operation("put /instances/{instanceId}"), "/instances/practice", "admin");
    }

    private void expectations() {
        Operation put = operation("put /instances/{instanceId}");
        tell(put, send(put, "/instances/practice", "admin", "If-Match", "\"another\""));
        Operation delete = operation("delete /instances/{instanceId}");
        tell(delete, send(delete, "/instances/practice", "admin", "If-Match", "\"another\""));
        Operation post = operation("post /diagnoses");
        Api.Answer first = send(post, "/diagnoses", "operator", "Idempotency-Key", "once");
        assertThat(first.status()).as(first.text()).isEqualTo(202);
        tell(
                post,
                service.api()
                        .post(
                                "/diagnoses",
                                post.body().replace("}", ", \"at\": \"2026-11-22T18:40:03Z\"}"),
                                service.as("operator", "Idempotency-Key", "once")));
    }

    private void bundles() {
        Operation post = operation("post /diagnoses");
        tell(post, form(new byte[1_500_000], ""));
        tell(post, form(Bundles.bytes("Dear colleague,\nthe logs are attached.\n"), ""));
        tell(post, form(Bundles.bytes("2026-11-22 18:40:03.0 I | a: b\n"), "\"" + "x".repeat(300_000) + "\""));
    }

    private void replays() throws SQLException {
        Operation post = operation("post /replays");
        tell(post, knowledge(new byte[1_500_000]));
        tell(post, knowledge(Bundles.bytes("Dear colleague,\nthe knowledge is attached.\n")));
        tell(post, knowledge(new byte[0], "API-Version", "9"));
        tell(post, knowledge(new byte[0], "Accept", "image/png"));
        service.sql("insert into replay (id, requested_at, filter, candidate, knowledge, status, completed_at) values"
                + " ('00000000-0000-0000-0000-000000000001', now(), '{\"limit\": 1}', 'x', '{}', 'COMPLETED', now())");
        Operation cancel = operation("post /replays/{replayId}/cancel");
        tell(cancel, send(cancel, "/replays/00000000-0000-0000-0000-000000000001/cancel", "operator"));
    }

    private Api.Answer knowledge(byte[] archive, String... headers) {
        var body = new ByteArrayOutputStream();
        body.writeBytes(Bundles.bytes(
                "--b\r\nContent-Disposition: form-data; name=\"knowledge\"; filename=\"a.tar.gz\"\r\n\r\n"));
        body.writeBytes(archive);
        body.writeBytes(Bundles.bytes("\r\n--b--\r\n"));
        return service.api().form("/replays", body.toByteArray(), "b", service.as("admin", headers));
    }

    private Api.Answer form(byte[] bundle, String request) {
        var body = new ByteArrayOutputStream();
        body.writeBytes(Bundles.bytes("--b\r\nContent-Disposition: form-data; name=\"request\"\r\n\r\n" + request
                + "\r\n" + "--b\r\nContent-Disposition: form-data; name=\"bundle\"; filename=\"a.txt\"\r\n\r\n"));
        body.writeBytes(bundle);
        body.writeBytes(Bundles.bytes("\r\n--b--\r\n"));
        return service.api().form("/diagnoses", body.toByteArray(), "b", service.as("operator"));
    }

    private void strangers() {
        for (String what : List.of("post /alarms", "post /diagnoses")) {
            Operation it = operation(what);
            tell(
                    it,
                    service.api().post(it.template(), it.body().replace("practice", "nobody"), service.as("operator")));
            tell(
                    it,
                    service.api()
                            .post(
                                    it.template(),
                                    it.body().replaceAll("\"nodeId\":\"[^\"]*\"", "\"nodeId\":\"nobody\""),
                                    service.as("operator")));
        }
        foreignBodies();
        Api.Answer patched = service.api().send("patch", "/diagnoses", "{}", service.as("admin"));
        assertThat(patched.headers().firstValue("Allow")).isPresent();
        types.put(patched.json().path("type").stringValue(), patched.status());
    }

    private void foreignBodies() {
        for (String what : List.of("post /alarms/{source}", "put /alarms/{source}")) {
            Operation it = operation(what);
            tell(
                    it,
                    service.api()
                            .send(
                                    it.method(),
                                    "/alarms/alertmanager",
                                    it.body().replace("practice", "nobody"),
                                    service.as("intake")));
            tell(
                    it,
                    service.api()
                            .send(
                                    it.method(),
                                    "/alarms/cloudevents",
                                    "Obj",
                                    service.as("intake", "Content-Type", "application/cloudevents+avro")));
        }
        String refused = service.api()
                .get("/alarms?state=REJECTED&source=alertmanager", service.as("viewer"))
                .json()
                .path("items")
                .valueStream()
                .filter(alarm -> alarm.path("problem").stringValue().equals("UNKNOWN_INSTANCE"))
                .map(alarm -> alarm.path("id").stringValue())
                .findFirst()
                .orElseThrow();
        tell(
                operation("post /alarms/rejected/{id}/resend"),
                service.api().post("/alarms/rejected/" + refused + "/resend", "", service.as("operator")));
    }

    private void failures(String open) throws SQLException {
        byte[] knowledge = KnowledgeCopy.make().tarGz();
        Runnable all = () -> operations.forEach(it ->
                tell(it, it.what().equals("post /replays") ? knowledge(knowledge) : send(it, it.path(open), "admin")));
        // What nobody can mend by sending it again.
        service.withoutTables(
                List.of("diagnosis", "instance", "alarm", "audit", "capture", "replay", "ticket", "target_state"), all);
        service.withoutDatabase(all);
    }

    /** Last, for whoever was in haste has to wait; a moment later the next request has room again, so it is tried often. */
    private void haste() {
        for (Operation it : operations) {
            int expected = SENDING.contains(it.what()) ? 503 : 429;
            Api.Answer answer = send(it, it.pathToNothing(), "hasty", "API-Version", "9");
            for (int i = 0; i < 2000 && answer.status() != expected; i++) {
                answer = send(it, it.pathToNothing(), "hasty", "API-Version", "9");
            }
            tell(it, answer);
            assertThat(answer.status()).as(it.what()).isEqualTo(expected);
        }
    }

    @Test
    void areDocumentedWithEachOperationThatHasThemAndWithNoOther() {
        var expected = new TreeSet<>(documented);
        OUT_OF_MEMORY.forEach(what -> expected.remove(what + " 500"));

        assertThat(happened).isEqualTo(expected);
    }

    @Test
    void haveTheStatusThatTheListOfAllSays() {
        Map<String, Integer> listed = new TreeMap<>();
        Matcher row = ROW.matcher(document.at("/info/description").stringValue());
        while (row.find()) {
            listed.put("urn:etcd-medic:problem:" + row.group(1), Integer.valueOf(row.group(2)));
        }

        assertThat(types).isEqualTo(listed);
        assertThat(document.at("/components/schemas/Problem/properties/type/enum")
                        .valueStream()
                        .map(JsonNode::stringValue))
                .containsExactlyInAnyOrderElementsOf(listed.keySet());
    }

    @Test
    void keepNobodyOutWhoHasTheRoleThatTheOperationNames() {
        assertThat(keptOut).isEmpty();
    }
}
