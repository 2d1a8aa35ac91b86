package org.etcdmedic.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The contract in {@code openapi/openapi.yaml} as a judge of answers. It is stricter than the contract itself: a field that
 * is not described there is a mistake of ours, though clients have to bear one.
 */
public final class Contract {
    private static final List<String> METHODS = List.of("get", "put", "post", "delete", "patch");

    private final JsonMapper json = new JsonMapper();
    private final ObjectNode document;
    private final SchemaRegistry registry;

    private Contract(ObjectNode document) {
        this.document = document;
        closed(document.path("components").path("schemas"));
        var config =
                SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build();
        this.registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, builder -> builder.schemaRegistryConfig(config));
    }

    /** The contract of this source tree. */
    public static Contract read() {
        try {
            return new Contract(document("openapi.yaml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A contract as it stands in a file below {@code openapi}, with the examples that lie beside it put in. */
    public static ObjectNode document(String file) throws IOException {
        Path folder = Path.of("openapi");
        var document = (ObjectNode) new YAMLMapper().readTree(Files.readString(folder.resolve(file)));
        if (document.at("/components/examples") instanceof ObjectNode examples) {
            for (Map.Entry<String, JsonNode> example : examples.properties()) {
                String beside = example.getValue().path("$ref").stringValue("");
                // One that was named and not yet recorded is missed by the tests that look for it.
                if (!beside.isEmpty() && Files.exists(folder.resolve(beside))) {
                    examples.set(example.getKey(), new YAMLMapper().readTree(Files.readString(folder.resolve(beside))));
                }
            }
        }
        return document;
    }

    /** Id of each operation, by {@code method path}. */
    public Map<String, String> operations() {
        return operations(document);
    }

    /** Id of each operation of a document, by {@code method path}. */
    public static Map<String, String> operations(JsonNode document) {
        var operations = new TreeMap<String, String>();
        document.path("paths").forEachEntry((path, item) -> {
            for (String method : METHODS) {
                if (item.has(method)) {
                    operations.put(
                            method + " " + path,
                            item.path(method).path("operationId").stringValue());
                }
            }
        });
        return operations;
    }

    /** Each example with its summary and its value, by name. */
    public Map<String, JsonNode> examples() {
        var examples = new TreeMap<String, JsonNode>();
        document.at("/components/examples").forEachEntry(examples::put);
        return examples;
    }

    /** What an example shows. */
    public JsonNode value(String example) {
        return document.at("/components/examples/" + example + "/value");
    }

    /** Fails unless this answer is one that the contract describes, whole and without anything more. */
    public void check(String method, String path, Api.Answer answer) {
        String what = method + " " + path + " " + answer.status();
        JsonNode response = resolved(document.path("paths")
                .path(path)
                .path(method)
                .path("responses")
                .path(Integer.toString(answer.status())));
        assertThat(response.isMissingNode())
                .as(what + " is described; it was " + answer.text())
                .isFalse();
        response.path("headers").forEachEntry((name, header) -> {
            if (resolved(header).path("required").asBoolean(false)) {
                assertThat(answer.headers().firstValue(name))
                        .as(what + " header " + name)
                        .isPresent();
            }
        });
        String type = answer.headers().firstValue("Content-Type").orElse("").replaceAll(";.*", "");
        JsonNode content = response.path("content");
        if (content.isMissingNode()) {
            assertThat(answer.text()).as(what).isEmpty();
            return;
        }
        assertThat(content.has(type)).as(what + " as " + type).isTrue();
        if (type.endsWith("json")) {
            assertThat(errors(content.path(type).path("schema"), answer.json()))
                    .as(what + " " + answer.text())
                    .isEmpty();
        }
    }

    /** All examples that stand in the contract beside the schema they are of, by where they stand. */
    public Map<String, List<String>> wrongExamples() {
        var wrong = new TreeMap<String, List<String>>();
        document.path("components").path("schemas").forEachEntry((name, schema) -> {
            if (schema.has("example")) {
                List<String> errors = errors(schema, schema.path("example"));
                if (!errors.isEmpty()) {
                    wrong.put(name, errors);
                }
            }
        });
        document.path("paths").forEachEntry((path, item) -> {
            for (String method : METHODS) {
                JsonNode operation = item.path(method);
                examples(method + " " + path, operation.path("requestBody").path("content"), wrong);
                operation
                        .path("responses")
                        .forEachEntry((status, response) -> examples(
                                method + " " + path + " " + status,
                                resolved(response).path("content"),
                                wrong));
            }
        });
        return wrong;
    }

    /** Every body, of a request or an answer, that no example stands beside. */
    public List<String> withoutExample() {
        var lacking = new ArrayList<String>();
        media((where, media) -> {
            // A file of bytes is nothing that a text could show.
            boolean bytes = media.path("schema").path("format").stringValue("").equals("binary");
            if (!bytes && media.path("examples").isEmpty()) {
                lacking.add(where);
            }
        });
        return lacking;
    }

    /** The names of the examples that stand beside any body. */
    public Set<String> shownExamples() {
        var shown = new TreeSet<String>();
        media((where, media) -> media.path("examples")
                .forEach(example -> shown.add(example.path("$ref").stringValue().replaceAll(".*/", ""))));
        return shown;
    }

    private void media(BiConsumer<String, JsonNode> each) {
        document.path("paths").forEachEntry((path, item) -> {
            for (String method : METHODS) {
                JsonNode operation = item.path(method);
                operation
                        .path("requestBody")
                        .path("content")
                        .forEachEntry((type, media) -> each.accept(method + " " + path + " " + type, media));
                operation
                        .path("responses")
                        .forEachEntry((status, response) -> resolved(response)
                                .path("content")
                                .forEachEntry((type, media) ->
                                        each.accept(method + " " + path + " " + status + " " + type, media)));
            }
        });
    }

    private void examples(String where, JsonNode content, Map<String, List<String>> wrong) {
        content.forEachEntry((type, media) -> {
            if (media.has("example")) {
                List<String> errors = errors(media.path("schema"), media.path("example"));
                if (!errors.isEmpty()) {
                    wrong.put(where + " " + type, errors);
                }
            }
            media.path("examples").forEachEntry((name, example) -> {
                List<String> errors =
                        errors(media.path("schema"), resolved(example).path("value"));
                if (!errors.isEmpty()) {
                    wrong.put(where + " " + type + " " + name, errors);
                }
            });
        });
    }

    private List<String> errors(JsonNode schema, JsonNode value) {
        ObjectNode root = json.createObjectNode();
        root.set("components", document.path("components"));
        schema.forEachEntry(root::set);
        Schema compiled = registry.getSchema(root);
        return compiled.validate(value).stream().map(Error::toString).toList();
    }

    private JsonNode resolved(JsonNode node) {
        String reference = node.path("$ref").stringValue("");
        return reference.isEmpty() ? node : document.at(reference.substring(1));
    }

    private static void closed(JsonNode node) {
        if (node instanceof ObjectNode object
                && object.path("properties").isObject()
                && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        node.forEach(Contract::closed);
    }
}
