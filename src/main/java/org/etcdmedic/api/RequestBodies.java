package org.etcdmedic.api;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.etcdmedic.access.BodyLimit;
import org.etcdmedic.api.ProblemException.FieldError;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Reads request bodies by the contract: the schema in {@code openapi/openapi.yaml} is the one that is enforced, so that
 * document and behaviour cannot drift apart, and every wrong field is named at once.
 */
@Component
class RequestBodies {
    /** What OpenAPI 3.1 writes schemas in. Its place for them is no word of JSON Schema: it says nothing about a value, and is pointed into. */
    private static final Dialect DIALECT = Dialect.builder(Dialects.getDraft202012())
            .keyword(new NonValidationKeyword("components"))
            .build();

    private final JsonMapper json;
    private final Messages messages;
    private final JsonNode components;
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();
    private final SchemaRegistry registry;

    RequestBodies(JsonMapper json, Messages messages) throws IOException {
        this.messages = messages;
        this.json = json.rebuild()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        try (InputStream in = new ClassPathResource("openapi/openapi.yaml").getInputStream()) {
            this.components = new YAMLMapper().readTree(in).path("components");
        }
        var config =
                SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build();
        this.registry = SchemaRegistry.withDefaultDialect(DIALECT, builder -> builder.schemaRegistryConfig(config));
    }

    /** The body's text, or its beginning; never more than the limit is read. */
    Text text(HttpServletRequest request) throws IOException {
        byte[] bytes = request.getInputStream().readNBytes(BodyLimit.BYTES + 1);
        return new Text(new String(bytes, StandardCharsets.UTF_8), bytes.length > BodyLimit.BYTES);
    }

    /**
     * What was sent.
     *
     * @param beginning all of it, or as much as is taken
     * @param tooLarge whether there was more
     */
    record Text(String beginning, boolean tooLarge) {
        /** All of it. */
        String whole() {
            if (tooLarge) {
                throw new ProblemException(Problem.TOO_LARGE);
            }
            return beginning;
        }
    }

    /** The body as JSON; broken JSON is an error at the root. */
    JsonNode tree(String text, String notJson) {
        try {
            JsonNode tree = json.readTree(text);
            if (tree.isMissingNode()) {
                throw new ProblemException(Problem.INVALID_REQUEST, List.of(new FieldError("", notJson)));
            }
            return tree;
        } catch (JacksonException e) {
            throw new ProblemException(Problem.INVALID_REQUEST, List.of(new FieldError("", notJson)));
        }
    }

    /** The body as a value, when it fits the schema of this name; else a problem that names each wrong field. */
    <T> T read(JsonNode tree, String schema, Class<T> type) {
        Locale locale = LocaleContextHolder.getLocale();
        List<FieldError> errors =
                schema(schema)
                        .validate(tree, context -> context.executionConfig(config -> config.locale(locale)))
                        .stream()
                        .map(RequestBodies::fieldError)
                        .distinct()
                        .collect(Collectors.toCollection(ArrayList::new));
        // The one character that the database cannot keep.
        if (errors.isEmpty() && hasNul(tree)) {
            errors.add(new FieldError("", messages.text("problem.nul")));
        }
        if (!errors.isEmpty()) {
            throw new ProblemException(Problem.INVALID_REQUEST, errors);
        }
        try {
            return json.treeToValue(tree, type);
        } catch (JacksonException e) {
            // The schema's formats are a little wider than Java's: a leap second, a blank for the T.
            String pointer = e.getPath().stream()
                    .map(step ->
                            "/" + (step.getPropertyName() == null ? step.getIndex() : escaped(step.getPropertyName())))
                    .collect(Collectors.joining());
            throw new ProblemException(
                    Problem.INVALID_REQUEST, List.of(new FieldError(pointer, messages.text("problem.value"))));
        }
    }

    private static boolean hasNul(JsonNode tree) {
        return (tree.isString() && tree.stringValue().indexOf('\0') >= 0)
                || tree.propertyNames().stream().anyMatch(name -> name.indexOf('\0') >= 0)
                || tree.valueStream().anyMatch(RequestBodies::hasNul);
    }

    private Schema schema(String name) {
        return schemas.computeIfAbsent(name, n -> {
            ObjectNode root = json.createObjectNode();
            root.put("$ref", "#/components/schemas/" + n);
            root.set("components", components);
            return registry.getSchema(root);
        });
    }

    private static FieldError fieldError(Error error) {
        String pointer = pointer(error);
        return new FieldError(pointer, error.getMessage());
    }

    /** The field itself, also where it is missing or unknown: there the library points at the object around it. */
    private static String pointer(Error error) {
        var pointer = new StringBuilder();
        var location = error.getInstanceLocation();
        for (int i = 0; i < location.getNameCount(); i++) {
            pointer.append('/').append(escaped(String.valueOf(location.getElement(i))));
        }
        if (error.getProperty() != null) {
            pointer.append('/').append(escaped(error.getProperty()));
        }
        return pointer.toString();
    }

    private static String escaped(String name) {
        String shortened = name.length() > 100 ? name.substring(0, 100) : name;
        return shortened.replace("~", "~0").replace("/", "~1");
    }
}
