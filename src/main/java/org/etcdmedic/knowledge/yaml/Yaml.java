package org.etcdmedic.knowledge.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.dataformat.yaml.YAMLFactory;

/** A YAML document in which every value still knows its line and column. */
sealed interface Yaml {
    YAMLFactory FACTORY = YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** Where it begins. */
    Place place();

    /** A line and a column, both counted from 1. */
    record Place(int line, int column) {
        static final Place BEGIN = new Place(1, 1);

        static Place of(TokenStreamLocation location) {
            return new Place(Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
        }
    }

    /** A single value, as it is written. */
    record Scalar(String text, Place place) implements Yaml {}

    /** A list. */
    record Sequence(List<Yaml> items, Place place) implements Yaml {}

    /**
     * Keys and values, in order.
     *
     * @param keys where each key stands
     */
    record Mapping(Map<String, Yaml> entries, Map<String, Place> keys, Place place) implements Yaml {}

    /** Where a word stands in it first, as a value of its own or as a key. */
    default Optional<Place> find(String word) {
        return switch (this) {
            case Scalar(String text, Place place) ->
                text.strip().equals(word.strip()) ? Optional.of(place) : Optional.empty();
            case Sequence(List<Yaml> items, var ignored) ->
                items.stream().flatMap(item -> item.find(word).stream()).findFirst();
            case Mapping(Map<String, Yaml> entries, Map<String, Place> keys, var ignored) ->
                Optional.ofNullable(keys.get(word))
                        .or(() -> entries.values().stream()
                                .flatMap(item -> item.find(word).stream())
                                .findFirst());
        };
    }

    /** Reads one document; malformed text and a key given twice are a {@link tools.jackson.core.JacksonException}. */
    static Yaml parse(String text) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            JsonToken first = parser.nextToken();
            return first == null ? new Scalar("", Place.BEGIN) : value(parser);
        }
    }

    private static Yaml value(JsonParser parser) {
        Place place = Place.of(parser.currentTokenLocation());
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                var entries = new LinkedHashMap<String, Yaml>();
                var keys = new LinkedHashMap<String, Place>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String key = parser.currentName();
                    keys.put(key, Place.of(parser.currentTokenLocation()));
                    parser.nextToken();
                    entries.put(key, value(parser));
                }
                yield new Mapping(entries, keys, place);
            }
            case START_ARRAY -> {
                var items = new ArrayList<Yaml>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(parser));
                }
                yield new Sequence(items, place);
            }
            default -> new Scalar(parser.getString(), place);
        };
    }
}
