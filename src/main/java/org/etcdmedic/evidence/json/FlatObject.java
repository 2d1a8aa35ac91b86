package org.etcdmedic.evidence.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
        return parsed(text).filter(JsonNode::isObject).map(FlatObject::flat);
    }

    /** The objects of the list that the text is; whatever else stands in the list is left out. */
    public static List<Map<String, String>> list(String text) {
        var objects = new ArrayList<Map<String, String>>();
        parsed(text)
                .filter(JsonNode::isArray)
                .ifPresent(node -> node.forEach(item -> {
                    if (item.isObject()) {
                        objects.add(flat(item));
                    }
                }));
        return objects;
    }

    /** The texts of the list that the text is; whatever else stands in the list is left out. */
    public static List<String> texts(String text) {
        var texts = new ArrayList<String>();
        parsed(text)
                .filter(JsonNode::isArray)
                .ifPresent(node -> node.forEach(item -> {
                    if (item.isString()) {
                        texts.add(item.stringValue());
                    }
                }));
        return texts;
    }

    private static Optional<JsonNode> parsed(String text) {
        try {
            return Optional.of(MAPPER.readTree(text));
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }

    private static Map<String, String> flat(JsonNode node) {
        var values = new LinkedHashMap<String, String>();
        for (Map.Entry<String, JsonNode> property : node.properties()) {
            JsonNode value = property.getValue();
            if (!value.isNull()) {
                values.put(property.getKey(), value.isString() ? value.stringValue() : value.toString());
            }
        }
        return values;
    }
}
