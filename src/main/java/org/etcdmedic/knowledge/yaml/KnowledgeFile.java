package org.etcdmedic.knowledge.yaml;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.knowledge.Subject;
import org.etcdmedic.knowledge.Text;
import org.etcdmedic.knowledge.yaml.Yaml.Mapping;
import org.etcdmedic.knowledge.yaml.Yaml.Scalar;
import org.etcdmedic.knowledge.yaml.Yaml.Sequence;

/**
 * Reads the keys of one mapping of one file. What is wrong is noted, and a harmless value handed back, so that the rest
 * of the file is still looked at.
 */
final class KnowledgeFile {
    /** Far longer than any that somebody could still read; Java's own reader of expressions falls over endless ones. */
    private static final int LONGEST_EXPRESSION = 2_000;

    private static final Text NO_TEXT = new Text("", "");
    private static final CauseCode NO_CAUSE = new CauseCode("NONE");

    private final String path;
    private final Mapping mapping;
    private final Problems problems;
    private final Set<String> known = new TreeSet<>();

    KnowledgeFile(String path, Mapping mapping, Problems problems) {
        this.path = path;
        this.mapping = mapping;
        this.problems = problems;
    }

    /** File name without folder and ending. */
    String stem() {
        return path.substring(path.lastIndexOf('/') + 1).replace(".yaml", "");
    }

    /** Notes what is wrong with a key: where its value stands, or, when it has none, where the keys begin. */
    void problem(String key, String what) {
        Yaml value = mapping.entries().get(key);
        problems.add(path, value == null ? mapping.place() : value.place(), key, what);
    }

    /** Notes what is wrong with one word in the value of a key, be it an item of a list, a key or a value inside. */
    void problem(String key, String word, String what) {
        Yaml value = mapping.entries().get(key);
        problems.add(path, value == null ? mapping.place() : find(value, word).orElse(value.place()), key, what);
    }

    /** Notes what is wrong with the text of one language. */
    void problemIn(String key, String language, String what) {
        Yaml text = mapping.entries().get(key) instanceof Mapping languages
                ? languages.entries().get(language)
                : mapping.entries().get(key);
        problems.add(path, text == null ? mapping.place() : text.place(), key + "." + language, what);
    }

    private static Optional<Yaml.Place> find(Yaml value, String word) {
        return switch (value) {
            case Scalar(String text, Yaml.Place place) ->
                text.strip().equals(word.strip()) ? Optional.of(place) : Optional.empty();
            case Sequence(List<Yaml> items, var ignored) ->
                items.stream().flatMap(item -> find(item, word).stream()).findFirst();
            case Mapping(Map<String, Yaml> entries, Map<String, Yaml.Place> keys, var ignored) ->
                Optional.ofNullable(keys.get(word))
                        .or(() -> entries.values().stream()
                                .flatMap(item -> find(item, word).stream())
                                .findFirst());
        };
    }

    /** Notes every key that nobody asked for. */
    void refuseUnknownKeys() {
        mapping.keys().forEach((key, place) -> {
            if (!known.contains(key)) {
                problems.add(path, place, key, "unknown key" + Guess.among(key, known));
            }
        });
    }

    Optional<String> optional(String key) {
        known.add(key);
        return mapping.entries().containsKey(key) ? Optional.of(string(key)) : Optional.empty();
    }

    String string(String key) {
        known.add(key);
        if (mapping.entries().get(key) instanceof Scalar(String text, var ignored) && !text.isBlank()) {
            return text.strip();
        }
        problem(key, "a text is missing here");
        return "";
    }

    int integer(String key) {
        try {
            return Integer.parseInt(string(key));
        } catch (NumberFormatException e) {
            problem(key, "not a whole number: " + string(key));
            return 0;
        }
    }

    boolean bool(String key) {
        String word = string(key);
        if (!word.equals("true") && !word.equals("false")) {
            problem(key, "true or false is expected here: " + word);
        }
        return word.equals("true");
    }

    /** True or false; an absent key is false. */
    boolean flag(String key) {
        known.add(key);
        return mapping.entries().containsKey(key) && bool(key);
    }

    Text text(String key) {
        known.add(key);
        if (!(mapping.entries().get(key) instanceof Mapping languages)) {
            problem(key, "texts are missing here, en and zh-CN");
            return NO_TEXT;
        }
        var inside = new KnowledgeFile(path, languages, problems);
        var text = new Text(inside.string("en"), inside.string("zh-CN"));
        inside.refuseUnknownKeys();
        if (!text.zhCn().isEmpty() && !chinese(text.zhCn())) {
            inside.problem("zh-CN", "is not translated");
        }
        if (chinese(text.en())) {
            inside.problem("en", "is not English");
        }
        return text;
    }

    private static boolean chinese(String text) {
        return text.codePoints().anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN);
    }

    /** A list of texts; an absent key is an empty list. */
    List<String> strings(String key) {
        var texts = new ArrayList<String>();
        for (Yaml item : items(key)) {
            if (item instanceof Scalar(String text, var ignored) && !text.isBlank()) {
                texts.add(text);
            } else {
                problems.add(path, item.place(), key, "a text is missing here");
            }
        }
        return texts;
    }

    Set<CauseCode> causes(String key) {
        var codes = new LinkedHashSet<CauseCode>();
        strings(key).forEach(code -> codes.add(cause(key, code)));
        return codes;
    }

    /** The same, where the key may be left out. */
    Set<CauseCode> causesIfAny(String key) {
        known.add(key);
        return mapping.entries().containsKey(key) ? causes(key) : Set.of();
    }

    CauseCode cause(String key, String code) {
        try {
            return new CauseCode(code);
        } catch (IllegalArgumentException e) {
            problem(key, code, "not a cause code, which is upper-case words joined by underscores: " + code);
            return NO_CAUSE;
        }
    }

    /** Confidence by cause; an absent key is none. */
    Map<CauseCode, Double> confidences(String key) {
        known.add(key);
        var confidences = new LinkedHashMap<CauseCode, Double>();
        Yaml value = mapping.entries().get(key);
        if (value instanceof Mapping supported) {
            var inside = new KnowledgeFile(path, supported, problems);
            for (String code : supported.entries().keySet()) {
                confidences.put(inside.cause(code, code), inside.confidence(code));
            }
        } else if (value != null) {
            problem(key, "causes with a confidence are expected here");
        }
        return confidences;
    }

    /** Whole numbers by name; an absent key is none. */
    Map<String, Integer> thresholds(String key) {
        known.add(key);
        var thresholds = new LinkedHashMap<String, Integer>();
        Yaml value = mapping.entries().get(key);
        if (value instanceof Mapping named) {
            var inside = new KnowledgeFile(path, named, problems);
            named.entries().keySet().forEach(name -> thresholds.put(name, inside.integer(name)));
        } else if (value != null) {
            problem(key, "names with whole numbers are expected here");
        }
        return thresholds;
    }

    /** What a finding is about; an absent key is nothing. */
    Optional<Subject> subject(String key) {
        known.add(key);
        Yaml value = mapping.entries().get(key);
        if (value instanceof Mapping named) {
            var inside = new KnowledgeFile(path, named, problems);
            var subject = new Subject(inside.string("aspect"), inside.strings("names"));
            inside.refuseUnknownKeys();
            return Optional.of(subject);
        }
        if (value != null) {
            problem(key, "an aspect and names are expected here");
        }
        return Optional.empty();
    }

    /** Whole seconds by cause; an absent key is none. */
    Map<CauseCode, Duration> spans(String key) {
        known.add(key);
        var spans = new LinkedHashMap<CauseCode, Duration>();
        Yaml value = mapping.entries().get(key);
        if (value instanceof Mapping named) {
            var inside = new KnowledgeFile(path, named, problems);
            named.entries()
                    .keySet()
                    .forEach(code -> spans.put(inside.cause(code, code), Duration.ofSeconds(inside.integer(code))));
        } else if (value != null) {
            problem(key, "causes with whole seconds are expected here");
        }
        return spans;
    }

    private double confidence(String key) {
        try {
            double confidence = Double.parseDouble(string(key));
            if (confidence > 0 && confidence <= 1) {
                return confidence;
            }
        } catch (NumberFormatException e) {
            // Told below, with the numbers out of range.
        }
        problem(key, "a confidence is greater than 0 and at most 1: " + string(key));
        return 1;
    }

    <E extends Enum<E>> E word(Class<E> type, String key) {
        return word(type, key, string(key));
    }

    <E extends Enum<E>> Set<E> words(Class<E> type, String key) {
        var words = new LinkedHashSet<E>();
        strings(key).forEach(word -> words.add(word(type, key, word)));
        if (words.isEmpty()) {
            problem(key, "at least one of " + List.of(type.getEnumConstants()) + " is missing here");
        }
        return words;
    }

    private <E extends Enum<E>> E word(Class<E> type, String key, String word) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(word)) {
                return constant;
            }
        }
        problem(key, word, "not one of the words: " + word + Guess.among(word, List.of(type.getEnumConstants())));
        return type.getEnumConstants()[0];
    }

    Pattern expression(String key) {
        if (optional(key).orElse("").length() > LONGEST_EXPRESSION) {
            problem(key, "is longer than " + LONGEST_EXPRESSION + " characters");
            return Pattern.compile("");
        }
        try {
            // A node's text may hold characters that Java takes for the end of a line; to us a line is one line.
            return Pattern.compile(optional(key).orElse(""), Pattern.UNIX_LINES);
        } catch (PatternSyntaxException e) {
            problem(
                    key,
                    "does not compile: " + e.getDescription() + " at character " + (e.getIndex() + 1) + " of "
                            + e.getPattern());
            return Pattern.compile("");
        }
    }

    /** A list of mappings; an absent key is an empty list. */
    List<KnowledgeFile> mappings(String key) {
        var files = new ArrayList<KnowledgeFile>();
        for (Yaml item : items(key)) {
            if (item instanceof Mapping inner) {
                files.add(new KnowledgeFile(path, inner, problems));
            } else {
                problems.add(path, item.place(), key, "keys with values are expected here");
            }
        }
        return files;
    }

    private List<Yaml> items(String key) {
        known.add(key);
        return switch (mapping.entries().get(key)) {
            case Sequence(List<Yaml> items, var ignored) -> items;
            case null -> List.of();
            case Scalar ignored -> {
                problem(key, "a list is expected here");
                yield List.of();
            }
            case Mapping ignored -> {
                problem(key, "a list is expected here");
                yield List.of();
            }
        };
    }
}
