package org.etcdmedic.alarm.source;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One way to find a field's value. Its expressions run in linear time, whoever wrote them and whatever they read. */
record Rule(
        List<Place> from,
        @Nullable String constant,
        @Nullable Pattern pattern,
        Map<String, String> values,
        @Nullable String otherwise) {
    /** So much of a text is looked at. */
    private static final int MOST_CHARACTERS = 64 * 1024;

    /** What a rule came to. */
    sealed interface Outcome {
        /** A value. */
        record Value(Reading.Found found) implements Outcome {}

        /** Nothing stands there. */
        record Nothing() implements Outcome {}

        /** A word stands there that the rule does not know. */
        record Unknown(Reading.Found found) implements Outcome {}
    }

    /** The rule that is described; what is wrong with it is told. */
    static Optional<Rule> of(SourceDocument.RuleDocument document, Consumer<String> problems) {
        var places = new ArrayList<Place>();
        boolean sound = true;
        for (String written : orEmpty(document.from())) {
            try {
                places.add(Place.of(written));
            } catch (IllegalArgumentException e) {
                problems.accept("from " + written + " " + e.getMessage());
                sound = false;
            }
        }
        if (places.isEmpty() == (document.constant() == null)) {
            problems.accept("needs either from or constant");
            sound = false;
        }
        @Nullable Pattern compiled = null;
        if (document.pattern() != null) {
            try {
                compiled = Pattern.compile(document.pattern());
                if (compiled.groupCount() != 1) {
                    problems.accept("pattern has to have exactly one group");
                    sound = false;
                }
            } catch (PatternSyntaxException e) {
                problems.accept("pattern is no expression: " + e.getDescription());
                sound = false;
            }
        }
        return sound
                ? Optional.of(new Rule(
                        List.copyOf(places),
                        document.constant(),
                        compiled,
                        document.values() == null ? Map.of() : Map.copyOf(document.values()),
                        document.otherwise()))
                : Optional.empty();
    }

    private static List<String> orEmpty(@Nullable List<String> list) {
        return list == null ? List.of() : list;
    }

    /** Looks for the value. */
    Outcome find(JsonNode element, JsonNode body) {
        if (constant != null) {
            return new Outcome.Value(new Reading.Found(constant, "constant"));
        }
        for (Place place : from) {
            Optional<String> text = text(place.in(element, body)).flatMap(this::part);
            if (text.isPresent()) {
                return meaning(text.get(), place.written());
            }
        }
        return new Outcome.Nothing();
    }

    private Optional<String> text(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return Optional.empty();
        }
        // An expression may look through a whole object, written as JSON.
        String text = node.isContainer() ? (pattern == null ? "" : node.toString()) : node.asString("");
        String stripped = text.replace("\0", "").strip();
        return Optional.of(stripped.length() > MOST_CHARACTERS ? stripped.substring(0, MOST_CHARACTERS) : stripped)
                .filter(found -> !found.isEmpty());
    }

    private Optional<String> part(String text) {
        if (pattern == null) {
            return Optional.of(text);
        }
        Matcher matcher = pattern.matcher(text);
        return matcher.find()
                ? Optional.ofNullable(matcher.group(1)).map(String::strip).filter(group -> !group.isEmpty())
                : Optional.empty();
    }

    private Outcome meaning(String text, String place) {
        if (values.isEmpty()) {
            return new Outcome.Value(new Reading.Found(text, place));
        }
        String meant = values.getOrDefault(text, otherwise);
        return meant == null
                ? new Outcome.Unknown(new Reading.Found(text, place))
                : new Outcome.Value(new Reading.Found(meant, place));
    }
}
