package org.etcdmedic.evidence.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A JSON value of any shape, asked step by step: what is not there is an empty text, an empty list or no value. */
public final class JsonTree {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final JsonNode node;

    private JsonTree(JsonNode node) {
        this.node = node;
    }

    /** The object that the text is; empty when it is none. */
    public static Optional<JsonTree> object(String text) {
        try {
            JsonNode node = MAPPER.readTree(text);
            return node != null && node.isObject() ? Optional.of(new JsonTree(node)) : Optional.empty();
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }

    /** What stands under the name. */
    public JsonTree at(String name) {
        return new JsonTree(node.path(name));
    }

    /** What stands at the place, from 0. */
    public JsonTree at(int place) {
        return new JsonTree(node.path(place));
    }

    /** Whether it is a list. */
    public boolean isList() {
        return node.isArray();
    }

    /** Whether it is an object. */
    public boolean isObject() {
        return node.isObject();
    }

    /** The items, when it is a list. */
    public List<JsonTree> items() {
        var items = new ArrayList<JsonTree>();
        if (node.isArray()) {
            node.values().forEach(item -> items.add(new JsonTree(item)));
        }
        return items;
    }

    /** The text, or the number as it is written; empty for anything else. */
    public String text() {
        return node.isString() ? node.stringValue() : node.isNumber() ? node.asString() : "";
    }

    /** Names and texts, when it is an object. */
    public Map<String, String> texts() {
        var texts = new LinkedHashMap<String, String>();
        if (node.isObject()) {
            node.properties().forEach(p -> texts.put(p.getKey(), new JsonTree(p.getValue()).text()));
        }
        return texts;
    }
}
