package org.etcdmedic.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/**
 * The contract and the last released one. {@code -Dmedic.contract.freeze=true} keeps the present contract as released, under
 * its version: see docs/contract.md.
 */
class CompatibilityTest {
    private static final Path RELEASED = Path.of("openapi", "released");

    @Test
    void breaksNoClientOfTheLastRelease() throws IOException {
        JsonNode now = Contract.document("openapi.yaml");
        if (Boolean.getBoolean("medic.contract.freeze")) {
            freeze((ObjectNode) now.deepCopy());
        }
        JsonNode released = last();

        assertThat(Compatibility.breaks(released, now))
                .as("against " + released.at("/info/version").stringValue())
                .isEmpty();
        assertThat(version(now)).isGreaterThanOrEqualTo(version(released));
    }

    private static JsonNode last() throws IOException {
        try (Stream<Path> files = Files.list(RELEASED)) {
            List<JsonNode> all = files.<JsonNode>map(file -> {
                        try {
                            return new YAMLMapper().readTree(Files.readString(file));
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .sorted(Comparator.comparing(CompatibilityTest::version))
                    .toList();
            return all.getLast();
        }
    }

    private static Runtime.Version version(JsonNode document) {
        // 1.0.0 is no version of Java: the noughts at its end are left out there.
        return Runtime.Version.parse(document.at("/info/version").stringValue().replaceAll("(\\.0)+$", ""));
    }

    /** Without examples, which promise nothing. */
    private static void freeze(ObjectNode contract) throws IOException {
        ((ObjectNode) contract.path("components")).remove("examples");
        contract.findParents("examples").forEach(parent -> ((ObjectNode) parent).remove("examples"));
        var yaml = YAMLMapper.builder()
                .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
                .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER, YAMLWriteFeature.SPLIT_LINES)
                .build();
        Files.createDirectories(RELEASED);
        Files.writeString(
                RELEASED.resolve(contract.at("/info/version").stringValue() + ".yaml"),
                "# Frozen by CompatibilityTest: see docs/contract.md. Never edited.\n"
                        + yaml.writeValueAsString(contract));
    }

    /** A change, and what is said of it. */
    private static Arguments breaking(String planted, String said, Consumer<ObjectNode> change) {
        return arguments(planted, said, change);
    }

    static Stream<Arguments> breaking() {
        return Stream.of(
                breaking(
                        "removed path",
                        "get /causes is gone",
                        it -> object(it, "paths").remove("/causes")),
                breaking(
                        "removed operation",
                        "delete /instances/{instanceId} is gone",
                        it -> object(it, "paths", "/instances/{instanceId}").remove("delete")),
                breaking(
                        "renamed operation",
                        "post /alarms operationId was \"postAlarm\" and is \"sendAlarm\"",
                        it -> operation(it, "/alarms", "post").put("operationId", "sendAlarm")),
                breaking(
                        "removed parameter",
                        "get /alarms query state is gone",
                        it -> array(operation(it, "/alarms", "get"), "parameters")
                                .remove(2)),
                breaking(
                        "new required parameter",
                        "get /alarms query planted is required now",
                        it -> array(operation(it, "/alarms", "get"), "parameters")
                                .addObject()
                                .put("name", "planted")
                                .put("in", "query")
                                .put("required", true)),
                breaking(
                        "parameter that was optional",
                        "get /alarms query state is required now",
                        it -> ((ObjectNode) array(operation(it, "/alarms", "get"), "parameters")
                                        .get(2))
                                .put("required", true)),
                breaking(
                        "narrower parameter",
                        "maximum is lower",
                        it -> object(it, "components", "parameters", "Limit", "schema")
                                .put("maximum", 100)),
                breaking(
                        "other default",
                        "default was 50 and is 20",
                        it -> object(it, "components", "parameters", "Limit", "schema")
                                .put("default", 20)),
                breaking(
                        "body that was optional",
                        "body is required now",
                        it -> object(operation(it, "/diagnoses/{id}/rerun", "post"), "requestBody")
                                .put("required", true)),
                breaking(
                        "body of another type",
                        "body as application/json is gone",
                        it -> object(operation(it, "/alarms", "post"), "requestBody", "content")
                                .remove("application/json")),
                breaking(
                        "new required field of a request",
                        "Alarm (request) field severity is required now",
                        it -> array(schema(it, "Alarm"), "required").add("severity")),
                breaking(
                        "removed field of a request",
                        "Alarm (request) field labels is gone",
                        it -> fields(it, "Alarm").remove("labels")),
                breaking(
                        "shorter field of a request",
                        "Alarm (request).name maxLength is lower",
                        it -> object(fields(it, "Alarm"), "name").put("maxLength", 10)),
                breaking(
                        "pattern where there was none",
                        "pattern was",
                        it -> object(fields(it, "Alarm"), "name").put("pattern", "^[a-z]*$")),
                breaking(
                        "fields that are refused",
                        "Alarm (request) refuses fields",
                        it -> schema(it, "Alarm").put("additionalProperties", false)),
                breaking(
                        "removed value of a request",
                        "value HA_FAILOVER is gone",
                        it -> array(fields(it, "VmEvent"), "type", "enum").remove(3)),
                breaking(
                        "certain values of a request only",
                        "takes certain values only",
                        it -> object(fields(it, "Alarm"), "severity")
                                .putArray("enum")
                                .add("MAJOR")),
                breaking(
                        "removed value of a filter",
                        "Status (request) value QUEUED is gone",
                        it -> array(schema(it, "Status"), "enum").remove(0)),
                breaking(
                        "narrowed type",
                        "Alarm (request).name type was \"string\" and is \"integer\"",
                        it -> object(fields(it, "Alarm"), "name").put("type", "integer")),
                breaking(
                        "removed field of an answer that was required",
                        "Verdict (answer) field summary is gone",
                        it -> {
                            fields(it, "Verdict").remove("summary");
                            array(schema(it, "Verdict"), "required").remove(4);
                        }),
                breaking(
                        "removed field of an answer that was optional",
                        "Verdict (answer) field nodeId is gone",
                        it -> fields(it, "Verdict").remove("nodeId")),
                breaking(
                        "field of an answer that may be absent",
                        "Verdict (answer) field outcome may be absent now",
                        it -> array(schema(it, "Verdict"), "required").remove(0)),
                breaking(
                        "field of an answer of another type",
                        "Verdict (answer).confidence type was \"number\" and is \"string\"",
                        it -> object(fields(it, "Verdict"), "confidence").put("type", "string")),
                breaking(
                        "field of an answer in another format",
                        "format was \"date-time\" and is \"date\"",
                        it -> object(fields(it, "Diagnosis"), "queuedAt").put("format", "date")),
                breaking(
                        "values of an answer that are open",
                        "Status (answer) can be anything now",
                        it -> schema(it, "Status").remove("enum")),
                breaking(
                        "other items of a list",
                        "CauseCode (answer) type was \"string\" and is \"integer\"",
                        it -> object(fields(it, "Verdict"), "effects")
                                .putObject("items")
                                .put("type", "integer")),
                breaking(
                        "removed status",
                        "get /causes/{code} status 404 is gone",
                        it -> object(operation(it, "/causes/{code}", "get"), "responses")
                                .remove("404")),
                breaking("success by another status", "post /alarms status 201 is a success that nobody knew", it -> {
                    ObjectNode answers = object(operation(it, "/alarms", "post"), "responses");
                    answers.set("201", answers.path("202"));
                }),
                breaking(
                        "removed medium of an answer",
                        "as text/markdown is gone",
                        it -> object(operation(it, "/diagnoses/{id}/report", "get"), "responses", "200", "content")
                                .remove("text/markdown")),
                breaking(
                        "removed header",
                        "header Location is not promised any more",
                        it -> object(operation(it, "/alarms", "post"), "responses", "202", "headers")
                                .remove("Location")),
                breaking(
                        "way in that is closed",
                        "security {} is gone",
                        it -> array(it, "security").remove(2)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("breaking")
    void seesWhatBreaksAClient(String planted, String said, Consumer<ObjectNode> change) throws IOException {
        assertThat(Compatibility.breaks(Contract.document("openapi.yaml"), changed(change)))
                .as(planted)
                .anyMatch(sentence -> sentence.contains(said));
    }

    static Stream<Arguments> additive() {
        return Stream.<Arguments>of(
                added(
                        "new path",
                        it -> object(it, "paths")
                                .putObject("/planted")
                                .putObject("get")
                                .put("operationId", "getPlanted")),
                added(
                        "new operation",
                        it -> object(it, "paths", "/causes").putObject("post").put("operationId", "postCause")),
                added(
                        "new optional parameter",
                        it -> array(operation(it, "/alarms", "get"), "parameters")
                                .addObject()
                                .put("name", "planted")
                                .put("in", "query")
                                .putObject("schema")
                                .put("type", "string")),
                added(
                        "wider parameter",
                        it -> object(it, "components", "parameters", "Limit", "schema")
                                .put("maximum", 500)),
                added(
                        "new optional field of a request",
                        it -> fields(it, "Alarm").putObject("planted").put("type", "string")),
                added(
                        "field of a request that may be left out",
                        it -> array(schema(it, "Alarm"), "required").remove(0)),
                added(
                        "longer field of a request",
                        it -> object(fields(it, "Alarm"), "name").put("maxLength", 400)),
                added(
                        "new value of a request",
                        it -> array(fields(it, "VmEvent"), "type", "enum").add("PLANTED")),
                added(
                        "new medium of a body",
                        it -> object(operation(it, "/alarms", "post"), "requestBody", "content")
                                .putObject("application/cloudevents+json")),
                added(
                        "new field of an answer",
                        it -> fields(it, "Verdict").putObject("planted").put("type", "string")),
                added(
                        "field of an answer that is always there",
                        it -> array(schema(it, "Verdict"), "required").add("nodeId")),
                added(
                        "new value of an answer",
                        it -> array(fields(it, "Bundle"), "timeBy", "enum").add("PLANTED")),
                added("new problem", it -> {
                    array(fields(it, "Problem"), "type", "enum").add("urn:etcd-medic:problem:planted");
                    object(operation(it, "/causes", "get"), "responses").putObject("418");
                }),
                added(
                        "new medium of an answer",
                        it -> object(operation(it, "/causes", "get"), "responses", "200", "content")
                                .putObject("application/yaml")),
                added(
                        "new header",
                        it -> object(operation(it, "/causes", "get"), "responses", "200")
                                .withObjectProperty("headers")
                                .putObject("Planted")),
                added(
                        "other texts",
                        it -> operation(it, "/causes", "get")
                                .put("summary", "planted")
                                .put("description", "planted")),
                added("schema put into one of its own", it -> {
                    schema(it, "Outcome");
                    object(it, "components", "schemas").set("Sureness", schema(it, "Outcome"));
                    fields(it, "Verdict").putObject("outcome").put("$ref", "#/components/schemas/Sureness");
                }));
    }

    private static Arguments added(String planted, Consumer<ObjectNode> change) {
        return arguments(planted, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("additive")
    void bearsWhatIsAdded(String planted, Consumer<ObjectNode> change) throws IOException {
        assertThat(Compatibility.breaks(Contract.document("openapi.yaml"), changed(change)))
                .as(planted)
                .isEmpty();
    }

    private static JsonNode changed(Consumer<ObjectNode> change) throws IOException {
        ObjectNode changed = Contract.document("openapi.yaml");
        JsonNode before = changed.deepCopy();
        change.accept(changed);
        assertThat(changed).isNotEqualTo(before);
        return changed;
    }

    private static ObjectNode operation(JsonNode document, String path, String method) {
        return object(document, "paths", path, method);
    }

    private static ObjectNode schema(JsonNode document, String name) {
        return object(document, "components", "schemas", name);
    }

    private static ObjectNode fields(JsonNode document, String name) {
        return object(schema(document, name), "properties");
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
}
