package org.etcdmedic.alarm.source;

import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON that stands in a text of JSON, as several senders have it. */
final class Embedded {
    private static final int DEEPEST = 50;
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .build();

    private Embedded() {}

    /** The element with what these texts hold in their place; a text that is no JSON object or list stays what it is. */
    static JsonNode unpacked(JsonNode element, List<Place> places) {
        if (places.isEmpty() || !element.isObject()) {
            return element;
        }
        JsonNode copy = element.deepCopy();
        for (Place place : places) {
            JsonNode text = place.in(copy, copy);
            if (text.isString() && !place.steps().isEmpty()) {
                replace(place, copy, text.stringValue());
            }
        }
        return copy;
    }

    private static void replace(Place place, JsonNode copy, String text) {
        var above = new Place(
                place.written(), false, place.steps().subList(0, place.steps().size() - 1));
        Place.Step last = place.steps().getLast();
        if (above.in(copy, copy) instanceof ObjectNode parent && last.field() == null) {
            try {
                JsonNode held = JSON.readTree(text);
                if (held.isContainer()) {
                    parent.set(last.name(), held);
                }
            } catch (JacksonException plain) {
                // A plain text; the rules read it as it is.
            }
        }
    }
}
