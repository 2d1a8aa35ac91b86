package org.etcdmedic.testing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Holds the document that springdoc makes from the code against the contract: operations, parameters, bodies, answers, and
 * each field of each record with its type, its values and whether it is always there. What code cannot tell (lengths,
 * patterns, texts, problems) is not compared. springdoc has to run with {@code springdoc.use-fqn}, for records of the
 * same short name would be taken for one another, and with {@link RecordFields}.
 */
public final class CodeContract {
    private static final List<String> METHODS = List.of("get", "put", "post", "delete", "patch");

    /** What springdoc adds to the enumeration of API versions. */
    private static final String VERSION_HEADER = "header API-Version";

    private final JsonNode code;
    private final JsonNode contract;
    private final List<String> differences = new ArrayList<>();
    private final Set<String> compared = new HashSet<>();

    private CodeContract(JsonNode code, JsonNode contract) {
        this.code = code;
        this.contract = contract;
    }

    /** What the two say differently, one sentence each. */
    public static List<String> differences(JsonNode code, JsonNode contract) {
        var comparison = new CodeContract(code, contract);
        comparison.operations();
        return comparison.differences;
    }

    private void operations() {
        var paths = new TreeSet<String>();
        paths.addAll(code.path("paths").propertyNames());
        paths.addAll(contract.path("paths").propertyNames());
        for (String path : paths) {
            for (String method : METHODS) {
                JsonNode ours = code.path("paths").path(path).path(method);
                JsonNode theirs = contract.path("paths").path(path).path(method);
                String where = method + " " + path;
                if (ours.isMissingNode() != theirs.isMissingNode()) {
                    only(where, theirs.isMissingNode());
                } else if (!ours.isMissingNode()) {
                    operation(
                            where,
                            ours,
                            theirs,
                            contract.path("paths").path(path).path("parameters"));
                }
            }
        }
    }

    private void operation(String where, JsonNode ours, JsonNode theirs, JsonNode shared) {
        same(where + " operationId", ours.path("operationId"), theirs.path("operationId"));
        same(where + " tags", ours.path("tags"), theirs.path("tags"));
        ObjectNode inCode = parameters(code, ours.path("parameters"));
        ObjectNode inContract = parameters(contract, shared);
        inContract.setAll(parameters(contract, theirs.path("parameters")));
        each(inCode, inContract, where + " parameter ", name -> {
            JsonNode a = inCode.path(name);
            JsonNode b = inContract.path(name);
            String parameter = where + " parameter " + name;
            same(
                    parameter + " required",
                    a.path("required").asBoolean(false),
                    b.path("required").asBoolean(false));
            if (!name.equals(VERSION_HEADER)) {
                schemas(parameter, a.path("schema"), b.path("schema"));
                same(
                        parameter + " default",
                        a.path("schema").path("default"),
                        resolved(contract, b.path("schema")).path("default"));
            }
        });
        JsonNode body = ours.path("requestBody");
        JsonNode described = resolved(contract, theirs.path("requestBody"));
        same(
                where + " body required",
                body.path("required").asBoolean(false),
                described.path("required").asBoolean(false));
        contents(where + " body", body.path("content"), described.path("content"));
        ObjectNode given = successes(ours.path("responses"));
        ObjectNode promised = successes(theirs.path("responses"));
        each(
                given,
                promised,
                where + " answer ",
                status -> contents(
                        where + " " + status,
                        given.path(status).path("content"),
                        resolved(contract, promised.path(status)).path("content")));
    }

    private static ObjectNode parameters(JsonNode document, JsonNode list) {
        ObjectNode found = JsonNodeFactory.instance.objectNode();
        for (JsonNode entry : list) {
            JsonNode parameter = resolved(document, entry);
            found.set(
                    parameter.path("in").asString() + " "
                            + parameter.path("name").asString(),
                    parameter);
        }
        return found;
    }

    /** Problems are given by the advice, which springdoc does not look into: {@code ProblemsIT} does. */
    private static ObjectNode successes(JsonNode responses) {
        ObjectNode found = JsonNodeFactory.instance.objectNode();
        responses.forEachEntry((status, response) -> {
            if (status.startsWith("2")) {
                found.set(status, response);
            }
        });
        return found;
    }

    private void contents(String where, JsonNode ours, JsonNode theirs) {
        each(ours, theirs, where + " as ", type -> {
            // A file in a form, a page or a plain text: there the type of the medium says it all.
            if (type.endsWith("json")) {
                schemas(
                        where + " as " + type,
                        ours.path(type).path("schema"),
                        theirs.path(type).path("schema"));
            }
        });
    }

    private void schemas(String where, JsonNode one, JsonNode other) {
        String pair = one.path("$ref").asString("") + " " + other.path("$ref").asString("");
        if (one.has("$ref") && other.has("$ref") && !compared.add(pair)) {
            return;
        }
        JsonNode ours = resolved(code, one);
        JsonNode theirs = resolved(contract, other);
        String place = other.has("$ref") ? other.path("$ref").asString().replaceAll(".*/", "") : where;
        same(
                place + " type",
                ours.path("type").asString("any"),
                theirs.path("type").asString("any"));
        same(place + " format", format(ours), format(theirs));
        same(place + " values", values(ours), values(theirs));
        if (ours.has("properties") || theirs.has("properties")) {
            JsonNode fields = ours.path("properties");
            JsonNode described = theirs.path("properties");
            each(
                    fields,
                    described,
                    place + " field ",
                    name -> schemas(place + "." + name, fields.path(name), described.path(name)));
            same(place + " required", names(ours.path("required")), names(theirs.path("required")));
        }
        if (ours.has("items") || theirs.has("items")) {
            schemas(place + "[]", ours.path("items"), theirs.path("items"));
        }
        if (ours.path("additionalProperties").isObject()
                || theirs.path("additionalProperties").isObject()) {
            schemas(place + "{}", ours.path("additionalProperties"), theirs.path("additionalProperties"));
        }
    }

    /** How wide a number is in Java is nobody's business. */
    private static String format(JsonNode schema) {
        String format = schema.path("format").asString("");
        return Set.of("int32", "int64", "double", "float").contains(format) ? "" : format;
    }

    private static Set<String> values(JsonNode schema) {
        return names(schema.path("enum"));
    }

    private static Set<String> names(JsonNode list) {
        var names = new TreeSet<String>();
        list.forEach(name -> names.add(name.asString()));
        return names;
    }

    private interface Both {
        void compare(String name);
    }

    private void each(JsonNode ours, JsonNode theirs, String what, Both both) {
        var all = new TreeSet<String>(ours.propertyNames());
        all.addAll(theirs.propertyNames());
        for (String name : all) {
            if (ours.has(name) && theirs.has(name)) {
                both.compare(name);
            } else {
                only(what + name, ours.has(name));
            }
        }
    }

    private void only(String what, boolean inCode) {
        differences.add(what
                + (inCode ? " is in the code and not in the contract" : " is in the contract and not in the code"));
    }

    private void same(String what, Object ours, Object theirs) {
        if (!ours.equals(theirs)) {
            differences.add(what + " is " + ours + " in the code and " + theirs + " in the contract");
        }
    }

    private static JsonNode resolved(JsonNode document, JsonNode node) {
        String reference = node.path("$ref").asString("");
        // Names of classes hold no slash, so a pointer is what it looks like.
        return reference.isEmpty() ? node : document.at(reference.substring(1));
    }
}
