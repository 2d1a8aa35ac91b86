package org.etcdmedic.alarm.source;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A mapping that can be used: every pointer and every expression of it is sound.
 *
 * @param each where the elements are; the body itself when empty
 * @param embedded texts that hold JSON
 * @param zone of times that carry none
 * @param truncated where the body says how many elements were left out
 * @param codes numbers of the alarms that are meant
 * @param names expressions one of which finds the name of an alarm that is meant
 * @param labels objects whose texts are kept
 * @param rules by field
 */
record Mapping(
        Optional<Place> each,
        List<Place> embedded,
        Optional<ZoneId> zone,
        Optional<Place> truncated,
        Set<String> codes,
        List<Pattern> names,
        List<Place> labels,
        Map<Field, List<Rule>> rules) {
    private static final Set<String> STATES = Set.of("RAISED", "CLEARED", "IGNORED");

    /** The mapping that is described; everything that is wrong with it is told. */
    static Mapping of(SourceDocument document, Consumer<String> problems) {
        var rules = rules(document, problems);
        if (rules.isEmpty()) {
            problems.accept("has no mapping");
        } else if (!rules.containsKey(Field.INSTANCE)
                && !rules.containsKey(Field.NODE)
                && !rules.containsKey(Field.HOST)
                && !rules.containsKey(Field.VM)) {
            problems.accept("mapping has none of instance, node, host, vm");
        }
        SourceDocument.@Nullable AcceptDocument accept = document.accept();
        return new Mapping(
                places("each", single(document.each()), problems).stream().findFirst(),
                places("embedded", orEmpty(document.embedded()), problems),
                zone(document.zone(), problems),
                places("truncated", single(document.truncated()), problems).stream()
                        .findFirst(),
                accept == null ? Set.of() : Set.copyOf(new HashSet<>(orEmpty(accept.codes()))),
                accept == null ? List.of() : names(orEmpty(accept.names()), problems),
                places("labels", orEmpty(document.labels()), problems),
                rules);
    }

    private static Map<Field, List<Rule>> rules(SourceDocument document, Consumer<String> problems) {
        var rules = new EnumMap<Field, List<Rule>>(Field.class);
        if (document.mapping() == null) {
            return rules;
        }
        document.mapping().forEach((word, described) -> {
            Optional<Field> field = Field.of(word);
            if (field.isEmpty()) {
                problems.accept("mapping." + word + " is no field");
                return;
            }
            var usable = new ArrayList<Rule>();
            for (int i = 0; i < described.size(); i++) {
                String at = "mapping." + word + "[" + i + "] ";
                Rule.of(described.get(i), problem -> problems.accept(at + problem))
                        .ifPresent(usable::add);
            }
            if (described.isEmpty()) {
                return; // switches off what the preset has
            }
            rules.put(field.get(), List.copyOf(usable));
        });
        states(rules.getOrDefault(Field.STATE, List.of()), problems);
        return rules;
    }

    private static void states(List<Rule> rules, Consumer<String> problems) {
        for (Rule rule : rules) {
            var meant = new ArrayList<>(rule.values().values());
            if (rule.otherwise() != null) {
                meant.add(rule.otherwise());
            }
            if (rule.constant() != null) {
                meant.add(rule.constant());
            }
            if (meant.isEmpty() || !STATES.containsAll(meant)) {
                problems.accept("mapping.state has to come to RAISED, CLEARED or IGNORED by its values");
            }
        }
    }

    private static List<String> single(@Nullable String one) {
        return one == null ? List.of() : List.of(one);
    }

    private static List<String> orEmpty(@Nullable List<String> list) {
        return list == null ? List.of() : list;
    }

    private static List<Place> places(String what, List<String> written, Consumer<String> problems) {
        var places = new ArrayList<Place>();
        for (String one : written) {
            try {
                places.add(Place.of(one));
            } catch (IllegalArgumentException e) {
                problems.accept(what + " " + one + " " + e.getMessage());
            }
        }
        return List.copyOf(places);
    }

    private static Optional<ZoneId> zone(@Nullable String written, Consumer<String> problems) {
        try {
            return Optional.ofNullable(written).filter(zone -> !zone.isBlank()).map(ZoneId::of);
        } catch (DateTimeException e) {
            problems.accept("zone is no time zone");
            return Optional.empty();
        }
    }

    private static List<Pattern> names(List<String> written, Consumer<String> problems) {
        var names = new ArrayList<Pattern>();
        for (String one : written) {
            try {
                names.add(Pattern.compile(one));
            } catch (PatternSyntaxException e) {
                problems.accept("accept.names has what is no expression: " + e.getDescription());
            }
        }
        return List.copyOf(names);
    }

    /** Whether an alarm of this number and name is one of those that are meant. */
    boolean means(Optional<String> code, Optional<String> name) {
        if (codes.isEmpty() && names.isEmpty()) {
            return true;
        }
        return code.filter(codes::contains).isPresent()
                || name.filter(text -> names.stream()
                                .anyMatch(expression -> expression.matcher(text).find()))
                        .isPresent();
    }
}
