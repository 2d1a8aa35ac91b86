package org.etcdmedic.knowledge.yaml;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.etcdmedic.knowledge.yaml.Yaml.Mapping;
import org.etcdmedic.knowledge.yaml.Yaml.Scalar;
import org.etcdmedic.knowledge.yaml.Yaml.Sequence;

/**
 * The keys of one mapping of a YAML file. What is wrong is noted where it stands, and a harmless value handed back, so that the rest of the file
 * is still looked at.
 */
class Keys {
    private final String path;
    private final Mapping mapping;
    private final Problems problems;
    private final Set<String> known = new TreeSet<>();

    Keys(String path, Mapping mapping, Problems problems) {
        this.path = path;
        this.mapping = mapping;
        this.problems = problems;
    }

    /** Those of a mapping inside. */
    Keys(Keys around, Mapping inside) {
        this(around.path, inside, around.problems);
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
        problems.add(path, value == null ? mapping.place() : value.find(word).orElse(value.place()), key, what);
    }

    /** Notes what is wrong with the text of one language. */
    void problemIn(String key, String language, String what) {
        Yaml text = mapping.entries().get(key) instanceof Mapping languages
                ? languages.entries().get(language)
                : mapping.entries().get(key);
        problems.add(path, text == null ? mapping.place() : text.place(), key + "." + language, what);
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
        return has(key) ? Optional.of(string(key)) : Optional.empty();
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
        return has(key) && bool(key);
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

    /** The names of the keys, in order. */
    Set<String> names() {
        return mapping.entries().keySet();
    }

    /** The mapping under a key, if there is one; when something else stands there, that is noted. */
    Optional<Mapping> mapping(String key, String expected) {
        known.add(key);
        Yaml value = mapping.entries().get(key);
        if (value instanceof Mapping inner) {
            return Optional.of(inner);
        }
        if (value != null) {
            problem(key, expected);
        }
        return Optional.empty();
    }

    /** Whether there is anything under a key. */
    boolean has(String key) {
        known.add(key);
        return mapping.entries().containsKey(key);
    }

    /** A list of mappings; an absent key is an empty list. */
    List<Mapping> mappingsIn(String key) {
        var mappings = new ArrayList<Mapping>();
        for (Yaml item : items(key)) {
            if (item instanceof Mapping inner) {
                mappings.add(inner);
            } else {
                problems.add(path, item.place(), key, "keys with values are expected here");
            }
        }
        return mappings;
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
