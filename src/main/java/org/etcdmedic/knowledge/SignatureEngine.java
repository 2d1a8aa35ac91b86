package org.etcdmedic.knowledge;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import org.etcdmedic.evidence.Log;
import org.etcdmedic.evidence.LogLine;

/**
 * Recognises log lines. A line is first searched for the fixed words of all expressions at once; only the expressions
 * whose word occurs are then tried.
 */
public final class SignatureEngine {
    /** Expressions see at most so much of a text, so that a line of megabytes costs no more than a long one. */
    private static final int HEAD = 3072;

    private static final int TAIL = 1024;

    private final List<Way> ways;
    private final LiteralFinder finder;
    private final List<Place> places;
    private final Map<String, Set<String>> narrowed;

    /** One pattern of one signature. Place: where its word stands, a field's name or the empty word for the message. */
    private record Way(
            Signature signature,
            Signature.Pattern pattern,
            String place,
            List<String> words,
            List<String> messageGroups,
            List<String> valueGroups) {
        private static Way at(Signature signature, Signature.Pattern pattern, String place, List<String> words) {
            return new Way(
                    signature,
                    pattern,
                    place,
                    words,
                    List.copyOf(pattern.message().namedGroups().keySet()),
                    pattern.value()
                            .map(value -> List.copyOf(value.namedGroups().keySet()))
                            .orElse(List.of()));
        }

        static Way of(Signature signature, Signature.Pattern pattern) {
            List<String> inMessage = ExpressionShape.requiredWords(pattern.message());
            if (!inMessage.isEmpty()) {
                return at(signature, pattern, "", inMessage);
            }
            List<String> inField =
                    pattern.value().map(ExpressionShape::requiredWords).orElse(List.of());
            if (inField.isEmpty()) {
                throw new IllegalArgumentException("signature " + signature.id() + " has no fixed word to search for");
            }
            return at(signature, pattern, pattern.field().orElseThrow(), inField);
        }
    }

    /** A field, or the message where its name is empty, and the patterns to try by the word that stands in it. */
    private record Place(String field, Map<Integer, BitSet> waysByWord) {}

    /** A match and where in the line it stands, for the order of matches. */
    private record Placed(SignatureMatch match, boolean inMessage, int start, int end) {}

    private static final Comparator<Placed> OUTER_FIRST = Comparator.comparing(Placed::inMessage)
            .reversed()
            .thenComparingInt(Placed::start)
            .thenComparing(Placed::end, Comparator.reverseOrder())
            .thenComparing(placed -> placed.match().signature().id());

    /** An engine for these signatures. */
    public SignatureEngine(List<Signature> signatures) {
        ways = signatures.stream()
                .flatMap(s -> s.patterns().stream().map(p -> Way.of(s, p)))
                .toList();
        List<String> words = words();
        finder = new LiteralFinder(words);
        var waysByPlaceAndWord = new TreeMap<String, Map<Integer, BitSet>>();
        var wordNumbers = new HashMap<String, Integer>();
        words.forEach(word -> wordNumbers.put(word, wordNumbers.size()));
        for (int i = 0; i < ways.size(); i++) {
            Map<Integer, BitSet> byWord =
                    waysByPlaceAndWord.computeIfAbsent(ways.get(i).place(), place -> new HashMap<>());
            for (String word : ways.get(i).words()) {
                byWord.computeIfAbsent(wordNumbers.get(word), w -> new BitSet()).set(i);
            }
        }
        places = waysByPlaceAndWord.entrySet().stream()
                .map(entry -> new Place(entry.getKey(), entry.getValue()))
                .toList();
        narrowed = transitively(
                signatures.stream().collect(Collectors.toUnmodifiableMap(Signature::id, Signature::narrows)));
    }

    /** The fixed words one of which stands in every line that is recognised. */
    public List<String> words() {
        return ways.stream().flatMap(way -> way.words().stream()).distinct().toList();
    }

    private static Map<String, Set<String>> transitively(Map<String, Set<String>> narrows) {
        var all = new HashMap<String, Set<String>>();
        for (String id : narrows.keySet()) {
            var reached = new HashSet<String>();
            var open = new ArrayList<>(narrows.getOrDefault(id, Set.of()));
            while (!open.isEmpty()) {
                String general = open.removeLast();
                if (reached.add(general)) {
                    open.addAll(narrows.getOrDefault(general, Set.of()));
                }
            }
            all.put(id, reached);
        }
        return all;
    }

    /**
     * What the line says: first the line as a whole, then the errors it quotes. A signature of which another match is a
     * special case is left out.
     */
    public List<SignatureMatch> match(Log.Program program, LogLine line) {
        BitSet candidates = candidates(line);
        if (candidates.isEmpty()) {
            return List.of();
        }
        var matches = new LinkedHashMap<String, Placed>();
        candidates.stream().mapToObj(ways::get).forEach(way -> {
            String id = way.signature().id();
            if (way.signature().programs().contains(program) && !matches.containsKey(id)) {
                find(way, line).ifPresent(placed -> matches.put(id, placed));
            }
        });
        if (matches.size() < 2) {
            return matches.values().stream().map(Placed::match).toList();
        }
        var general = matches.keySet().stream()
                .flatMap(id -> narrowed.getOrDefault(id, Set.of()).stream())
                .collect(Collectors.toSet());
        return matches.entrySet().stream()
                .filter(entry -> !general.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .sorted(OUTER_FIRST)
                .map(Placed::match)
                .toList();
    }

    private BitSet candidates(LogLine line) {
        var candidates = new BitSet(0);
        for (Place place : places) {
            String text =
                    place.field().isEmpty() ? line.message() : line.fields().get(place.field());
            if (text == null || text.isEmpty()) {
                continue;
            }
            BitSet words = finder.in(bounded(text));
            for (int word = words.nextSetBit(0); word >= 0; word = words.nextSetBit(word + 1)) {
                BitSet those = place.waysByWord().get(word);
                if (those != null) {
                    candidates.or(those);
                }
            }
        }
        return candidates;
    }

    private static Optional<Placed> find(Way way, LogLine line) {
        Signature.Pattern pattern = way.pattern();
        Matcher message = pattern.message().matcher(bounded(line.message()));
        if (!message.find()) {
            return Optional.empty();
        }
        var variables = new HashMap<String, String>();
        collect(message, way.messageGroups(), variables);
        if (pattern.field().isPresent() && pattern.value().isPresent()) {
            String text = line.fields().get(pattern.field().get());
            if (text == null) {
                return Optional.empty();
            }
            Matcher value = pattern.value().get().matcher(bounded(text));
            if (!value.find()) {
                return Optional.empty();
            }
            collect(value, way.valueGroups(), variables);
        }
        var match = new SignatureMatch(way.signature(), line, variables);
        boolean inMessage = !pattern.message().pattern().isEmpty();
        return Optional.of(new Placed(match, inMessage, message.start(), message.end()));
    }

    private static void collect(Matcher matcher, List<String> groups, Map<String, String> variables) {
        for (String group : groups) {
            String value = matcher.group(group);
            if (value != null) {
                variables.put(group, value);
            }
        }
    }

    private static String bounded(String text) {
        return text.length() <= HEAD + TAIL ? text : text.substring(0, HEAD) + text.substring(text.length() - TAIL);
    }
}
