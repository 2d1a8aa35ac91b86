package org.etcdmedic.testing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a client of a released contract would trip over in a newer one. A request that was taken has to be taken still, and
 * of an answer nothing may be missing that was promised. What is added is borne: operations, optional fields and parameters,
 * values in answers, problems. A keyword that is not known here is an error, never let pass unseen.
 */
public final class Compatibility {
    private static final List<String> METHODS = List.of("get", "put", "post", "delete", "patch", "head", "options");
    private static final Set<String> TEXTS =
            Set.of("description", "title", "summary", "example", "examples", "$comment");
    private static final Set<String> COMPARED = Set.of(
            "$ref",
            "allOf",
            "type",
            "format",
            "enum",
            "const",
            "properties",
            "required",
            "additionalProperties",
            "items",
            "pattern",
            "default",
            "minimum",
            "maximum",
            "minLength",
            "maxLength",
            "minItems",
            "maxItems",
            "maxProperties",
            "deprecated");
    private static final List<String> AT_LEAST = List.of("minimum", "minLength", "minItems");
    private static final List<String> AT_MOST = List.of("maximum", "maxLength", "maxItems", "maxProperties");

    /** Who writes what a schema describes. */
    private enum Way {
        REQUEST,
        ANSWER
    }

    private final JsonNode released;
    private final JsonNode now;
    private final List<String> breaks = new ArrayList<>();
    private final Set<String> compared = new HashSet<>();

    private Compatibility(JsonNode released, JsonNode now) {
        this.released = released;
        this.now = now;
    }

    /** Everything in the newer contract that breaks a client of the released one, one sentence each. */
    public static List<String> breaks(JsonNode released, JsonNode now) {
        var comparison = new Compatibility(released, now);
        comparison.document();
        return comparison.breaks;
    }

    private void document() {
        released.path("paths").forEachEntry((path, item) -> {
            for (String method : METHODS) {
                if (item.has(method)) {
                    JsonNode other = now.path("paths").path(path);
                    if (other.has(method)) {
                        operation(method + " " + path, item, other, method);
                    } else {
                        breaks.add(method + " " + path + " is gone");
                    }
                }
            }
        });
        lost("security", names(released.path("security")), names(now.path("security")));
    }

    private void operation(String where, JsonNode oldItem, JsonNode newItem, String method) {
        JsonNode old = oldItem.path(method);
        JsonNode current = newItem.path(method);
        changed(where + " operationId", old.path("operationId"), current.path("operationId"));
        lost(where + " security", names(old.path("security")), names(current.path("security")));
        ObjectNode before = parameters(released, oldItem, old);
        ObjectNode after = parameters(now, newItem, current);
        before.forEachEntry((name, parameter) -> {
            if (after.has(name)) {
                schemas(
                        where + " " + name,
                        parameter.path("schema"),
                        after.path(name).path("schema"),
                        Way.REQUEST);
            } else {
                breaks.add(where + " " + name + " is gone");
            }
        });
        after.forEachEntry((name, parameter) -> {
            if (isTrue(parameter, "required") && !isTrue(before.path(name), "required")) {
                breaks.add(where + " " + name + " is required now");
            }
        });
        JsonNode oldBody = resolved(released, old.path("requestBody"));
        JsonNode newBody = resolved(now, current.path("requestBody"));
        if (isTrue(newBody, "required") && !isTrue(oldBody, "required")) {
            breaks.add(where + " body is required now");
        }
        contents(where + " body", oldBody.path("content"), newBody.path("content"), Way.REQUEST);
        answers(where, old.path("responses"), current.path("responses"));
    }

    private static ObjectNode parameters(JsonNode document, JsonNode item, JsonNode operation) {
        ObjectNode found = JsonNodeFactory.instance.objectNode();
        for (JsonNode list : List.of(item.path("parameters"), operation.path("parameters"))) {
            for (JsonNode entry : list) {
                JsonNode parameter = resolved(document, entry);
                found.set(
                        parameter.path("in").asString() + " "
                                + parameter.path("name").asString(),
                        parameter);
            }
        }
        return found;
    }

    private void answers(String where, JsonNode before, JsonNode after) {
        lost(where + " status", Set.copyOf(before.propertyNames()), Set.copyOf(after.propertyNames()));
        for (String status : after.propertyNames()) {
            // A client knows what success looks like; a problem that is new to it is borne as any other.
            if (status.startsWith("2") && !before.has(status)) {
                breaks.add(where + " status " + status + " is a success that nobody knew");
            }
        }
        before.forEachEntry((status, answer) -> {
            if (after.has(status)) {
                JsonNode old = resolved(released, answer);
                JsonNode current = resolved(now, after.path(status));
                contents(where + " " + status, old.path("content"), current.path("content"), Way.ANSWER);
                old.path("headers").forEachEntry((name, header) -> {
                    JsonNode was = resolved(released, header);
                    JsonNode is = resolved(now, current.path("headers").path(name));
                    if (is.isMissingNode() || (isTrue(was, "required") && !isTrue(is, "required"))) {
                        breaks.add(where + " " + status + " header " + name + " is not promised any more");
                    } else {
                        schemas(
                                where + " " + status + " header " + name,
                                was.path("schema"),
                                is.path("schema"),
                                Way.ANSWER);
                    }
                });
            }
        });
    }

    private void contents(String where, JsonNode before, JsonNode after, Way way) {
        lost(where + " as", Set.copyOf(before.propertyNames()), Set.copyOf(after.propertyNames()));
        before.forEachEntry((type, media) -> {
            if (after.has(type)) {
                schemas(where, media.path("schema"), after.path(type).path("schema"), way);
            }
        });
    }

    private void schemas(String where, JsonNode one, JsonNode other, Way way) {
        String pair = one.path("$ref").asString("") + " " + other.path("$ref").asString("") + " " + way;
        if (one.has("$ref") && other.has("$ref") && !compared.add(pair)) {
            return;
        }
        JsonNode old = flat(released, one);
        JsonNode current = flat(now, other);
        String place = one.has("$ref")
                ? one.path("$ref").asString().replaceAll(".*/", "") + " ("
                        + way.name().toLowerCase(Locale.ROOT) + ")"
                : where;
        changed(place + " type", old.path("type"), current.path("type"));
        values(place, old, current, way);
        if (way == Way.REQUEST) {
            narrowed(place, old, current);
        } else {
            changed(place + " format", old.path("format"), current.path("format"));
        }
        JsonNode fields = old.path("properties");
        lost(
                place + " field",
                Set.copyOf(fields.propertyNames()),
                Set.copyOf(current.path("properties").propertyNames()));
        Set<String> had = names(old.path("required"));
        Set<String> has = names(current.path("required"));
        if (way == Way.REQUEST) {
            gained(place + " field", had, has, "is required now");
        } else {
            gained(place + " field", has, had, "may be absent now");
        }
        fields.forEachEntry((name, field) -> {
            if (current.path("properties").has(name)) {
                schemas(place + "." + name, field, current.path("properties").path(name), way);
            }
        });
        if (old.has("items")) {
            schemas(place + "[]", old.path("items"), current.path("items"), way);
        }
        further(place, old.path("additionalProperties"), current.path("additionalProperties"), way);
    }

    private void values(String place, JsonNode old, JsonNode current, Way way) {
        changed(place + " const", old.path("const"), current.path("const"));
        Set<String> had = names(old.path("enum"));
        Set<String> has = names(current.path("enum"));
        if (old.has("enum") && current.has("enum")) {
            if (way == Way.REQUEST) {
                lost(place + " value", had, has);
            }
        } else if (way == Way.REQUEST && current.has("enum")) {
            breaks.add(place + " takes certain values only");
        } else if (way == Way.ANSWER && old.has("enum")) {
            breaks.add(place + " can be anything now");
        }
    }

    private void narrowed(String place, JsonNode old, JsonNode current) {
        for (String keyword : List.of("format", "pattern")) {
            if (current.has(keyword)) {
                changed(place + " " + keyword, old.path(keyword), current.path(keyword));
            }
        }
        changed(place + " default", old.path("default"), current.path("default"));
        for (String keyword : AT_LEAST) {
            if (current.has(keyword)
                    && current.path(keyword).asDouble() > old.path(keyword).asDouble(Double.NEGATIVE_INFINITY)) {
                breaks.add(place + " " + keyword + " is higher");
            }
        }
        for (String keyword : AT_MOST) {
            if (current.has(keyword)
                    && current.path(keyword).asDouble() < old.path(keyword).asDouble(Double.POSITIVE_INFINITY)) {
                breaks.add(place + " " + keyword + " is lower");
            }
        }
    }

    /** Fields that no schema names. */
    private void further(String place, JsonNode old, JsonNode current, Way way) {
        boolean closed = current.isBoolean() && !current.booleanValue();
        boolean wasClosed = old.isBoolean() && !old.booleanValue();
        if (way == Way.REQUEST && closed && !wasClosed) {
            breaks.add(place + " refuses fields that it does not know");
        }
        if (old.isObject()) {
            if (current.isObject()) {
                schemas(place + "{}", old, current, way);
            } else {
                breaks.add(place + " holds other fields");
            }
        } else if (way == Way.REQUEST && current.isObject()) {
            breaks.add(place + " takes further fields of one kind only");
        }
    }

    /** A schema with what it refers to and consists of put together. */
    private static ObjectNode flat(JsonNode document, JsonNode schema) {
        ObjectNode flat = JsonNodeFactory.instance.objectNode();
        if (schema.has("$ref")) {
            merge(flat, flat(document, resolved(document, schema)));
        }
        schema.path("allOf").forEach(part -> merge(flat, flat(document, part)));
        schema.forEachEntry((keyword, value) -> {
            if (!COMPARED.contains(keyword) && !TEXTS.contains(keyword)) {
                throw new AssertionError("a contract with the keyword " + keyword + " cannot be compared yet");
            }
            if (!keyword.equals("$ref") && !keyword.equals("allOf")) {
                merge(flat, JsonNodeFactory.instance.objectNode().set(keyword, value));
            }
        });
        return flat;
    }

    private static void merge(ObjectNode into, ObjectNode further) {
        further.forEachEntry((keyword, value) -> {
            if (into.path(keyword) instanceof ObjectNode object && value instanceof ObjectNode more) {
                merge(object, more);
            } else if (keyword.equals("required") && into.has(keyword)) {
                into.withArray("required").addAll(value.valueStream().toList());
            } else {
                into.set(keyword, value.deepCopy());
            }
        });
    }

    private void lost(String what, Set<String> had, Set<String> has) {
        gained(what, has, had, "is gone");
    }

    private void gained(String what, Set<String> before, Set<String> after, String trouble) {
        for (String name : new TreeSet<>(after)) {
            if (!before.contains(name)) {
                breaks.add(what + " " + name + " " + trouble);
            }
        }
    }

    private void changed(String what, JsonNode before, JsonNode after) {
        if (!before.equals(after)) {
            breaks.add(what + " was " + before + " and is " + after);
        }
    }

    private static Set<String> names(JsonNode list) {
        var names = new TreeSet<String>();
        list.forEach(name -> names.add(name.isString() ? name.stringValue() : name.toString()));
        return names;
    }

    private static boolean isTrue(JsonNode node, String keyword) {
        return node.path(keyword).asBoolean(false);
    }

    private static JsonNode resolved(JsonNode document, JsonNode node) {
        String reference = node.path("$ref").asString("");
        return reference.isEmpty() ? node : document.at(reference.substring(1));
    }
}
