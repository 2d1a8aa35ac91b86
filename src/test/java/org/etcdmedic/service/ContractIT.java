package org.etcdmedic.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.etcdmedic.EtcdMedic;
import org.etcdmedic.bundle.Bundles;
import org.etcdmedic.testing.Api;
import org.etcdmedic.testing.CodeContract;
import org.etcdmedic.testing.Contract;
import org.etcdmedic.testing.RecordFields;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The contract in {@code openapi/}, the service's live document and its real answers, side by side. */
@SpringBootTest(
        classes = EtcdMedic.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        // Here what springdoc makes from the code can be read too.
        properties = {"springdoc.api-docs.path=" + ContractIT.FROM_CODE, "springdoc.use-fqn=true"})
@Import({AlarmsIT.FreshDatabase.class, RecordFields.class})
class ContractIT {
    static final String FROM_CODE = "/from-code";

    private static final Contract CONTRACT = Contract.read();

    private static final String LOG = """
            2026-11-22 18:28:50.000001 I | embed: ready to serve client requests
            2026-11-22 18:29:00.000001 W | wal: sync duration of 2.1s, expected less than 1s
            2026-11-22 18:29:03.000001 W | wal: sync duration of 2.3s, expected less than 1s
            2026-11-22 18:30:00.000001 C | etcdserver: raft save state and entries error: write /a/0.wal: no space left on device
            """;

    @LocalServerPort
    int port;

    private Api api() {
        return new Api("http://127.0.0.1:" + port);
    }

    @Test
    void isTheLiveDocumentToTheLetter() throws IOException {
        JsonNode file = Contract.document("openapi.yaml");

        assertThat(api().get("/v3/api-docs").json()).isEqualTo(file);
        assertThat(new YAMLMapper().readTree(api().get("/v3/api-docs.yaml").text()))
                .isEqualTo(file);
        assertThat(Contract.operations(file)).isEqualTo(CONTRACT.operations());
    }

    @Test
    void saysWhatTheCodeDoesAndNothingElse() throws IOException {
        assertThat(CodeContract.differences(fromCode(), Contract.document("openapi.yaml")))
                .isEmpty();
    }

    /** Planted one by one, in what the code says and in what the contract says: a comparison that sees nothing is none. */
    @Test
    void seesEveryDifferenceBetweenCodeAndContract() throws IOException {
        Map<String, Consumer<ObjectNode>> inCode = new LinkedHashMap<>();
        inCode.put(
                "field added to a record",
                code -> field(code, "CaseView.VerdictView").putObject("planted").put("type", "string"));
        inCode.put(
                "field removed from a record",
                code -> field(code, "CaseView.VerdictView").remove("summary"));
        inCode.put(
                "field of another type",
                code -> object(field(code, "CaseView.VerdictView"), "summary").put("type", "integer"));
        inCode.put(
                "value added to an enumeration",
                code -> array(field(code, "CaseView.VerdictView"), "outcome", "enum")
                        .add("GUESSED"));
        inCode.put(
                "field that may be absent now",
                code -> array(schema(code, "CaseView.VerdictView"), "required").remove(0));
        inCode.put(
                "parameter removed",
                code -> array(operation(code, "/diagnoses", "get"), "parameters")
                        .remove(0));
        inCode.put(
                "parameter required",
                code -> ((ObjectNode) array(operation(code, "/alarms", "get"), "parameters")
                                .get(0))
                        .put("required", true));
        inCode.put("operation removed", code -> object(code, "paths", "/audit").remove("get"));
        inCode.put(
                "path added",
                code -> object(code, "paths").putObject("/planted").putObject("get"));
        inCode.put("other status", code -> {
            ObjectNode answers = object(operation(code, "/alarms", "post"), "responses");
            answers.set("200", answers.remove("202"));
        });
        inCode.put("other medium", code -> {
            ObjectNode content = object(operation(code, "/alarms", "post"), "requestBody", "content");
            content.set("text/plain", content.remove("application/json"));
        });
        inCode.put("other name", code -> operation(code, "/alarms", "post").put("operationId", "sendAlarm"));
        JsonNode file = Contract.document("openapi.yaml");
        inCode.forEach((planted, change) -> {
            var code = (ObjectNode) fromCode();
            change.accept(code);
            assertThat(CodeContract.differences(code, file)).as(planted).hasSize(1 + extra(planted));
        });
        Map<String, Consumer<ObjectNode>> inFile = Map.of(
                "field added to the contract",
                contract -> object(contract, "components", "schemas", "Moment", "properties")
                        .putObject("planted")
                        .put("type", "string"),
                "field removed from the contract",
                contract -> object(contract, "components", "schemas", "Alarm", "properties")
                        .remove("labels"),
                "value removed from the contract",
                contract -> array(contract, "components", "schemas", "Status", "enum")
                        .remove(0),
                "field said to be always there",
                contract -> array(contract, "components", "schemas", "Finding", "required")
                        .add("at"),
                "parameter added to the contract",
                contract -> array(operation(contract, "/causes", "get"), "parameters")
                        .addObject()
                        .put("name", "planted")
                        .put("in", "query"));
        inFile.forEach((planted, change) -> {
            ObjectNode contract = (ObjectNode) file.deepCopy();
            change.accept(contract);
            assertThat(CodeContract.differences(fromCode(), contract))
                    .as(planted)
                    .isNotEmpty();
        });
    }

    /** Where one answer stands in for another, one is lacking and one is too many. */
    private static int extra(String planted) {
        return planted.startsWith("other status") || planted.startsWith("other medium") ? 1 : 0;
    }

    private static ObjectNode schema(JsonNode code, String record) {
        return object(code, "components", "schemas", "org.etcdmedic.api." + record);
    }

    private static ObjectNode field(JsonNode code, String record) {
        return object(schema(code, record), "properties");
    }

    private static ObjectNode operation(JsonNode document, String path, String method) {
        return object(document, "paths", path, method);
    }

    private static ObjectNode object(JsonNode node, String... path) {
        return (ObjectNode) at(node, path);
    }

    private static ArrayNode array(JsonNode node, String... path) {
        return (ArrayNode) at(node, path);
    }

    private static JsonNode at(JsonNode node, String... path) {
        JsonNode found = node;
        for (String step : path) {
            found = found.path(step);
        }
        return found;
    }

    private JsonNode fromCode() {
        return api().get(FROM_CODE).json();
    }

    @Test
    void holdsExamplesThatFitTheirSchemas() {
        assertThat(CONTRACT.wrongExamples()).isEmpty();
    }

    @Test
    void answersWhatTheContractDescribesAndNothingMore() {
        Api.Answer taken = upload();
        CONTRACT.check("post", "/diagnoses", taken);
        String id = taken.json().path("diagnosisId").stringValue();
        api().await(id, d -> d.path("status").stringValue("").equals("COMPLETED"), Duration.ofSeconds(60));
        for (String part :
                List.of("", "/findings", "/classifications", "/remediation", "/timeline", "/evidence", "/metrics")) {
            for (String language : List.of("en", "zh-CN")) {
                CONTRACT.check(
                        "get",
                        "/diagnoses/{id}" + part,
                        api().get("/diagnoses/" + id + part, "Accept-Language", language));
            }
        }
        JsonNode evidence = api().get("/diagnoses/" + id + "/evidence").json().path("items");
        CONTRACT.check(
                "get",
                "/diagnoses/{id}/evidence/{evidenceId}",
                api().get("/diagnoses/" + id + "/evidence/"
                        + evidence.get(0).path("id").stringValue()));
        CONTRACT.check("put", "/instances/{instanceId}", api().put("/instances/c1", """
                {"name": "contract", "nodes": [{"nodeId": "n1", "vmId": "v1", "host": "127.0.0.1", "sshPort": 1,
                 "etcd": {"address": "127.0.0.1", "clientPort": 2379, "peerPort": 2380}, "paths": {"gaussHome": "/opt"}}]}
                """));
        for (String path : List.of("/diagnoses", "/instances", "/alarms", "/causes", "/probes", "/audit")) {
            CONTRACT.check("get", path, api().get(path));
        }
        CONTRACT.check("get", "/instances/{instanceId}", api().get("/instances/c1"));
        CONTRACT.check("delete", "/instances/{instanceId}", api().delete("/instances/c1"));
    }

    @Test
    void answersProblemsAsTheContractDescribesThem() {
        CONTRACT.check("post", "/alarms", api().post("/alarms", "{}"));
        CONTRACT.check("post", "/alarms", api().post("/alarms", """
                {"instanceId": "nobody", "nodeId": "n1", "occurredAt": "2026-11-22T18:40:03+08:00"}
                """));
        CONTRACT.check("post", "/diagnoses", api().post("/diagnoses", "[]"));
        CONTRACT.check("get", "/diagnoses", api().get("/diagnoses?limit=0"));
        CONTRACT.check("put", "/instances/{instanceId}", api().put("/instances/c2", "{}"));
        CONTRACT.check("get", "/causes/{code}", api().get("/causes/NOT_THERE"));
        String nobody = "/diagnoses/00000000-0000-0000-0000-000000000000";
        Stream.of("", "/findings", "/classifications", "/remediation", "/timeline", "/evidence", "/metrics")
                .forEach(part -> CONTRACT.check("get", "/diagnoses/{id}" + part, api().get(nobody + part)));
    }

    @Test
    void tellsThePartsOfADiagnosisByThemselves() {
        String id = upload().json().path("diagnosisId").stringValue();
        JsonNode whole =
                api().await(id, d -> d.path("status").stringValue("").equals("COMPLETED"), Duration.ofSeconds(60));

        for (String part : List.of("findings", "classifications", "remediation")) {
            JsonNode parts = api().get("/diagnoses/" + id + "/" + part).json();
            assertThat(parts.path("status").stringValue()).isEqualTo("COMPLETED");
            assertThat(parts.path("items")).isEqualTo(whole.path(part));
        }
        assertThat(api().get("/diagnoses/" + id + "/findings?state=NOT_EVALUATED")
                        .json()
                        .path("items"))
                .isNotEmpty()
                .allMatch(finding -> finding.path("state").stringValue().equals("NOT_EVALUATED"));
    }

    @Test
    void tellsTheStoryOfABundleOnOneAxis() {
        String id = upload().json().path("diagnosisId").stringValue();
        api().await(id, d -> d.path("status").stringValue("").equals("COMPLETED"), Duration.ofSeconds(60));

        JsonNode timeline = api().get("/diagnoses/" + id + "/timeline", "Accept-Language", "zh-CN")
                .json();

        assertThat(timeline.path("items"))
                .extracting(item -> item.path("lane").stringValue() + " "
                        + item.path("kind").stringValue() + " "
                        + item.path("at").stringValue() + " x"
                        + item.path("count").intValue())
                .contains(
                        "ETCD START 2026-11-22T10:28:50.000001Z x1",
                        "LOAD SYMPTOM 2026-11-22T10:29:00.000001Z x2",
                        "ETCD FATAL 2026-11-22T10:30:00.000001Z x1",
                        "ALARM ALARM 2026-11-22T10:31:00Z x1");
        assertThat(timeline.path("items"))
                .allMatch(item -> !item.path("text").stringValue().isBlank());
    }

    @Test
    void writesTheReportAsAPageAndAsMarkdownInBothLanguages() {
        String id = upload().json().path("diagnosisId").stringValue();
        api().await(id, d -> d.path("status").stringValue("").equals("COMPLETED"), Duration.ofSeconds(60));
        String path = "/diagnoses/" + id + "/report";

        for (String type : List.of("text/html", "text/markdown")) {
            for (String language : List.of("en", "zh-CN")) {
                Api.Answer answer = api().get(path, "Accept", type, "Accept-Language", language);
                CONTRACT.check("get", "/diagnoses/{id}/report", answer);
                assertThat(answer.header("Content-Type")).startsWith(type);
                // Markdown has an underscore in words only behind a backslash.
                assertThat(answer.text().replace("\\_", "_"))
                        .contains("ETCD_DISK_FULL", "no space left on device")
                        .contains(language.equals("en") ? "What to do now" : "现在该做什么")
                        .doesNotContain("??", "{{", " th:");
            }
        }
        assertThat(api().get(path).header("Content-Type")).startsWith("text/html");
        assertThat(api().get(path, "Accept", "text/markdown;q=0.5, text/html;q=0.4")
                        .header("Content-Type"))
                .startsWith("text/markdown");
        assertThat(api().get(path, "Accept", "image/png").status()).isEqualTo(406);
    }

    @Test
    void showsEveryCauseWithWhatToDo() {
        JsonNode causes = api().get("/causes").json().path("items");

        assertThat(causes.size()).isGreaterThan(30);
        for (JsonNode summary : causes) {
            String code = summary.path("code").stringValue();
            for (String language : List.of("en", "zh-CN")) {
                Api.Answer answer = api().get("/causes/" + code, "Accept-Language", language);
                CONTRACT.check("get", "/causes/{code}", answer);
                assertThat(answer.text()).as(code).doesNotContain("{{");
            }
        }
    }

    @Test
    void servesSwaggerUi() {
        assertThat(api().get("/swagger-ui.html").status()).isEqualTo(302);
        assertThat(api().get("/swagger-ui/index.html").text()).contains("swagger-ui");
    }

    private Api.Answer upload() {
        String head = """
                --b
                Content-Disposition: form-data; name="request"
                Content-Type: application/json

                {"occurredAt": "2026-11-22T18:31:00+08:00", "timeZone": "+08:00"}
                --b
                Content-Disposition: form-data; name="bundle"; filename="etcd.log"

                """.replace("\n", "\r\n");
        return api().form("/diagnoses", Bundles.bytes(head + LOG + "\r\n--b--\r\n"), "b");
    }
}
