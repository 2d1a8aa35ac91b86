package org.etcdmedic.evidence.json;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A JSON object as names and texts: numbers as they are written, nested values as JSON, nulls left out. */
public final class FlatObject {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private FlatObject() {}

    /** The object that the text is, nothing before or behind it; empty when it is none. */
    public static Optional<Map<String, String>> read(String text) {
        JsonNode node;
        try {
            node = MAPPER.readTree(text);
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
        if (!node.isObject()) {
            return Optional.empty();
        }
        var values = new LinkedHashMap<String, String>();
        for (Map.Entry<String, JsonNode> property : node.properties()) {
            JsonNode value = property.getValue();
            if (!value.isNull()) {
                values.put(property.getKey(), value.isString() ? value.stringValue() : value.toString());
            }
        }
        return Optional.of(values);
    }
}
