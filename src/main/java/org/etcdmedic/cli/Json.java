package org.etcdmedic.cli;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON of the service. A class of its own, because a help needs none of it and is not kept waiting for the library. */
final class Json {
    private static final JsonMapper MAPPER = new JsonMapper();

    private Json() {}

    /**
     * A value out of JSON.
     *
     * @throws tools.jackson.core.JacksonException when it holds none
     */
    static <T> T read(String json, Class<T> type) {
        return MAPPER.readValue(json, type);
    }

    /**
     * JSON as a tree.
     *
     * @throws tools.jackson.core.JacksonException when it is none
     */
    static JsonNode tree(String json) {
        return MAPPER.readTree(json);
    }

    /** A value as JSON. */
    static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }
}
