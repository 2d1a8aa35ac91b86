package org.etcdmedic.knowledge.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.dataformat.yaml.YAMLFactory;

/** A YAML document in which every value still knows its line. */
sealed interface Yaml {
    YAMLFactory FACTORY = YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** Line where it begins, counted from 1. */
    int line();

    /** A single value, as it is written. */
    record Scalar(String text, int line) implements Yaml {}

    /** A list. */
    record Sequence(List<Yaml> items, int line) implements Yaml {}

    /** Keys and values, in order. */
    record Mapping(Map<String, Yaml> entries, int line) implements Yaml {}

    /** Reads one document; malformed text and a key given twice are a {@link tools.jackson.core.JacksonException}. */
    static Yaml parse(String text) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            JsonToken first = parser.nextToken();
            return first == null ? new Scalar("", 1) : value(parser);
        }
    }

    private static Yaml value(JsonParser parser) {
        int line = parser.currentTokenLocation().getLineNr();
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                var entries = new LinkedHashMap<String, Yaml>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String key = parser.currentName();
                    parser.nextToken();
                    entries.put(key, value(parser));
                }
                yield new Mapping(entries, line);
            }
            case START_ARRAY -> {
                var items = new ArrayList<Yaml>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(parser));
                }
                yield new Sequence(items, line);
            }
            default -> new Scalar(parser.getString(), line);
        };
    }
}
