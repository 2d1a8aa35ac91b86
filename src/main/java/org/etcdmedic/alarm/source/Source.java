package org.etcdmedic.alarm.source;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.etcdmedic.alarm.source.Mapped.Problem;
import org.etcdmedic.alarm.source.Mapped.Problem.Code;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A sender of alarms, and how it is understood. */
public final class Source {
    /** What a source may be called. */
    public static final String NAME_PATTERN = "[a-z][a-z0-9-]{0,40}";

    /** More elements than any sender's batch; a larger body is refused as a whole. */
    static final int MOST_ELEMENTS = 2000;

    private final String name;
    private final SourceDocument document;
    private final Envelope envelope;
    private final Mapping mapping;

    private Source(String name, SourceDocument document, Envelope envelope, Mapping mapping) {
        this.name = name;
        this.document = document;
        this.envelope = envelope;
        this.mapping = mapping;
    }

    /** How the elements are wrapped. */
    public enum Envelope {
        /** JSON. */
        JSON,
        /** A text; its one element has a field {@code text}. */
        TEXT,
        /** CloudEvents 1.0 over HTTP: binary, structured or batch. */
        CLOUDEVENTS,
        /** A message of Huawei Cloud SMN. */
        HUAWEI_SMN;

        /** As it is written. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** The source that is described; what is wrong with it is told with its name. */
    static Source of(String name, SourceDocument document, List<String> problems) {
        String at = "medic.sources." + name + " ";
        if (!name.matches(NAME_PATTERN) || name.equals("rejected")) {
            problems.add(at + "has a name that is not lower-case words, or is taken");
        }
        String written = document.envelope() == null ? Envelope.JSON.word() : document.envelope();
        Optional<Envelope> envelope = Arrays.stream(Envelope.values())
                .filter(one -> one.word().equals(written))
                .findFirst();
        if (envelope.isEmpty()) {
            problems.add(at + "has an envelope that is none of json, text, cloudevents, huawei-smn");
        }
        return new Source(
                name,
                document,
                envelope.orElse(Envelope.JSON),
                Mapping.of(document, problem -> problems.add(at + problem)));
    }

    /** What stands in the path. */
    public String name() {
        return name;
    }

    /** How it is described, preset and configuration together. */
    public SourceDocument document() {
        return document;
    }

    /** How its elements are wrapped. */
    public Envelope envelope() {
        return envelope;
    }

    /** The elements of a body that was taken out of its envelope. */
    public List<Reading> read(JsonNode body) {
        JsonNode list = mapping.each().map(place -> place.in(body, body)).orElse(body);
        if (mapping.each().isPresent() && !list.isArray()) {
            return List.of(whole(Code.NO_LIST));
        }
        String base = mapping.each().map(Place::written).orElse("").replace("^", "");
        if (!list.isArray()) {
            return List.of(ElementReader.read(name, mapping, Embedded.unpacked(list, mapping.embedded()), body, base));
        }
        if (list.size() > MOST_ELEMENTS) {
            return List.of(whole(Code.TOO_MANY));
        }
        var readings = new ArrayList<Reading>();
        for (int i = 0; i < list.size(); i++) {
            String at = base + "/" + i;
            if (mapping.each().isEmpty() && envelope == Envelope.CLOUDEVENTS && !CloudEvents.isEvent(list.get(i))) {
                readings.add(unreadable(at, Code.NOT_A_CLOUD_EVENT));
            } else {
                JsonNode element = Embedded.unpacked(list.get(i), mapping.embedded());
                readings.add(ElementReader.read(name, mapping, element, body, at));
            }
        }
        return List.copyOf(readings);
    }

    private Reading whole(Code code) {
        return unreadable(mapping.each().map(Place::written).orElse(""), code);
    }

    private static Reading unreadable(String at, Code code) {
        return new Reading(at, java.util.Map.of(), List.of(), new Mapped.Unreadable(List.of(new Problem(at, code))));
    }

    /** How many elements the sender says it left out. */
    public int leftOut(JsonNode body) {
        @Nullable
        JsonNode told = mapping.truncated().map(place -> place.in(body, body)).orElse(null);
        return told != null && told.isIntegralNumber() && told.canConvertToInt() ? Math.max(0, told.intValue()) : 0;
    }

    @Override
    public String toString() {
        return "Source[" + name + "]";
    }
}
