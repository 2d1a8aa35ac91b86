package org.etcdmedic.alarm.source;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.etcdmedic.alarm.source.Mapped.Ignored;
import org.etcdmedic.alarm.source.Mapped.Problem;
import org.etcdmedic.alarm.source.Mapped.Problem.Code;
import org.etcdmedic.inventory.OpaqueId;
import tools.jackson.databind.JsonNode;

/** Reads one element by a mapping. Never throws: what cannot be understood is told. */
final class ElementReader {
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_SEVERITY = 40;
    private static final int MOST_LABELS = 100;
    private static final int LONGEST_LABEL = 1000;
    private static final int LONGEST_KEY = 64;

    private final String source;
    private final Mapping mapping;
    private final JsonNode element;
    private final JsonNode body;
    private final String pointer;
    private final Map<Field, Reading.Found> found = new EnumMap<>(Field.class);
    private final List<Field> missing = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    private ElementReader(String source, Mapping mapping, JsonNode element, JsonNode body, String pointer) {
        this.source = source;
        this.mapping = mapping;
        this.element = element;
        this.body = body;
        this.pointer = pointer;
    }

    /**
     * Reads it.
     *
     * @param source name of the source, which its keys begin with
     * @param pointer where the element stands in the body
     */
    static Reading read(String source, Mapping mapping, JsonNode element, JsonNode body, String pointer) {
        var reader = new ElementReader(source, mapping, element, body, pointer);
        mapping.rules().forEach(reader::find);
        return new Reading(pointer, reader.found, reader.missing, reader.judged());
    }

    private void find(Field field, List<Rule> rules) {
        var parts = new ArrayList<String>();
        var from = new ArrayList<String>();
        for (Rule rule : rules) {
            switch (rule.find(element, body)) {
                case Rule.Outcome.Value(Reading.Found value) -> {
                    parts.add(field.joined() ? canonical(value.value()) : value.value());
                    from.add(value.from());
                }
                case Rule.Outcome.Nothing _ -> {
                    // Another rule may know.
                }
                case Rule.Outcome.Unknown(Reading.Found word) -> {
                    // How bad it is decides nothing here: a word that nobody foresaw is kept as it is.
                    if (field != Field.SEVERITY) {
                        problem(word.from(), Code.UNKNOWN_WORD);
                        return;
                    }
                    parts.add(word.value());
                    from.add(word.from());
                }
            }
            if (!field.joined() && !parts.isEmpty()) {
                break;
            }
        }
        boolean whole = field.joined() ? parts.size() == rules.size() : !parts.isEmpty();
        if (whole) {
            found.put(field, new Reading.Found(String.join(":", parts), String.join(" ", from)));
        } else {
            missing.add(field);
        }
    }

    /** A sender may write the same time in two zones: what makes a repeat known is the time. */
    private static String canonical(String part) {
        return part.indexOf('T') < 0
                ? part
                : SourceTime.parse(part, Optional.empty())
                        .map(Instant::toString)
                        .orElse(part);
    }

    private Mapped judged() {
        if (!mapping.means(value(Field.CODE), value(Field.NAME))) {
            return new Ignored(Ignored.Reason.NOT_MEANT);
        }
        if (!problems.isEmpty()) {
            return new Mapped.Unreadable(problems);
        }
        return switch (value(Field.STATE).orElse("RAISED")) {
            case "IGNORED" -> new Ignored(Ignored.Reason.NO_ALARM);
            case "CLEARED" -> cleared();
            default -> raised();
        };
    }

    private Mapped cleared() {
        Optional<String> key = value(Field.CLEARS).or(() -> value(Field.KEY)).map(this::key);
        if (key.isEmpty()) {
            return new Ignored(Ignored.Reason.CLEARS_NOTHING_KNOWN);
        }
        Optional<Instant> at = time(Field.CLEARED);
        return problems.isEmpty() ? new Mapped.Cleared(key.get(), at) : new Mapped.Unreadable(problems);
    }

    private Mapped raised() {
        Optional<Instant> occurredAt = time(Field.AT);
        if (missing.contains(Field.AT)) {
            problem("", Code.NO_TIME);
        }
        var where = new Mapped.Where(
                identifier(Field.INSTANCE), identifier(Field.NODE), value(Field.HOST), identifier(Field.VM));
        if (value(Field.INSTANCE)
                .or(() -> value(Field.NODE))
                .or(() -> value(Field.HOST))
                .or(() -> value(Field.VM))
                .isEmpty()) {
            problem("", Code.NO_INSTANCE);
        }
        if (!problems.isEmpty()) {
            return new Mapped.Unreadable(problems);
        }
        // Who numbers nothing is known again by the very text.
        String key = value(Field.KEY).map(this::key).orElseGet(() -> source + ":" + digest(element.toString()));
        return new Mapped.Raised(new Mapped.Told(
                key,
                value(Field.CLEARS).map(this::key).orElse(key),
                value(Field.NAME).map(name -> cut(name, LONGEST_NAME)),
                where,
                value(Field.SEVERITY).map(word -> cut(word, LONGEST_SEVERITY)),
                occurredAt,
                value(Field.STATUS),
                labels()));
    }

    private Optional<String> value(Field field) {
        return Optional.ofNullable(found.get(field)).map(Reading.Found::value);
    }

    private Optional<Instant> time(Field field) {
        Optional<Instant> time = value(field).flatMap(text -> SourceTime.parse(text, mapping.zone()));
        if (time.isEmpty() && found.containsKey(field)) {
            problem(from(field), Code.NOT_A_TIME);
        }
        return time;
    }

    private Optional<String> identifier(Field field) {
        Optional<String> value = value(field);
        if (value.filter(Predicate.not(OpaqueId::fits)).isPresent()) {
            problem(from(field), Code.NOT_AN_IDENTIFIER);
        }
        return value;
    }

    private String from(Field field) {
        Reading.Found at = found.get(field);
        return at == null ? "" : at.from();
    }

    private void problem(String place, Code code) {
        String at = place.startsWith("^") ? place.substring(1) : pointer + (place.startsWith("/") ? place : "");
        problems.add(new Problem(at, code));
    }

    /** The source's name in front: what two senders number alike is not the same. */
    private String key(String told) {
        String key = source + ":" + told;
        return OpaqueId.fits(key) ? key : source + ":" + digest(told);
    }

    private String digest(String text) {
        try {
            byte[] bytes = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            String hex = HexFormat.of().formatHex(bytes);
            return hex.substring(0, Math.max(16, Math.min(32, LONGEST_KEY - source.length() - 1)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private Map<String, String> labels() {
        var labels = new LinkedHashMap<String, String>();
        for (Place place : mapping.labels()) {
            place.in(element, body).forEachEntry((name, value) -> {
                if (value.isValueNode() && !value.isNull() && labels.size() < MOST_LABELS) {
                    labels.put(cut(name, LONGEST_NAME), cut(value.asString(""), LONGEST_LABEL));
                }
            });
        }
        return labels;
    }

    private static String cut(String text, int most) {
        String kept = text.replace("\0", "");
        return kept.length() <= most ? kept : kept.substring(0, most);
    }
}
