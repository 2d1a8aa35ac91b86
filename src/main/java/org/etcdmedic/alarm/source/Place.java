package org.etcdmedic.alarm.source;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * A place in a body: a JSON Pointer (RFC 6901), led by {@code ^} when it starts at the body and not at the element. Behind a
 * list {@code [name=value]} picks the first item with this text.
 */
record Place(String written, boolean fromBody, List<Step> steps) {
    private static final Pattern SELECTED = Pattern.compile("([^\\[\\]]*)\\[([^=\\[\\]]+)=([^\\[\\]]*)\\]");
    private static final int LONGEST = 500;

    /** A step down: into a field or an item, then to the item that is picked. */
    record Step(
            String name, @Nullable String field, @Nullable String value) {}

    /** The place that is written so; throws {@link IllegalArgumentException} when it is none. */
    static Place of(String written) {
        boolean fromBody = written.startsWith("^");
        String pointer = fromBody ? written.substring(1) : written;
        if (written.length() > LONGEST || (!pointer.isEmpty() && !pointer.startsWith("/"))) {
            throw new IllegalArgumentException("is no pointer: it begins with / or ^/");
        }
        var steps = new ArrayList<Step>();
        String[] parts = pointer.split("/", -1);
        for (int i = 1; i < parts.length; i++) {
            var selected = SELECTED.matcher(parts[i]);
            steps.add(
                    selected.matches()
                            ? new Step(unescaped(selected.group(1)), selected.group(2), selected.group(3))
                            : new Step(unescaped(parts[i]), null, null));
        }
        return new Place(written, fromBody, List.copyOf(steps));
    }

    private static String unescaped(String step) {
        return step.replace("~1", "/").replace("~0", "~");
    }

    /** What stands there; missing when nothing does. */
    JsonNode in(JsonNode element, JsonNode body) {
        JsonNode at = fromBody ? body : element;
        for (Step step : steps) {
            at = picked(down(at, step.name()), step);
        }
        return at;
    }

    private static JsonNode down(JsonNode node, String name) {
        if (node.isArray() && name.matches("[0-9]{1,6}")) {
            return node.path(Integer.parseInt(name));
        }
        return node.path(name);
    }

    private static JsonNode picked(JsonNode node, Step step) {
        if (step.field() == null) {
            return node;
        }
        for (JsonNode item : node) {
            if (item.path(step.field()).asString("").equals(step.value())) {
                return item;
            }
        }
        return MissingNode.getInstance();
    }
}
