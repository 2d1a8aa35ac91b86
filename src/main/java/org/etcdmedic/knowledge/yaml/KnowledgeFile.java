package org.etcdmedic.knowledge.yaml;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.knowledge.Subject;
import org.etcdmedic.knowledge.Text;
import org.etcdmedic.knowledge.yaml.Yaml.Mapping;

/** What the knowledge is made of, read from the keys of one file or of one mapping in it. */
final class KnowledgeFile extends Keys {
    /** Far longer than any that somebody could still read; Java's own reader of expressions falls over endless ones. */
    private static final int LONGEST_EXPRESSION = 2_000;

    private static final Text NO_TEXT = new Text("", "");
    private static final CauseCode NO_CAUSE = new CauseCode("NONE");

    KnowledgeFile(String path, Mapping mapping, Problems problems) {
        super(path, mapping, problems);
    }

    private KnowledgeFile(KnowledgeFile around, Mapping inside) {
        super(around, inside);
    }

    /** What stands under a key; when it is no mapping, that is noted. */
    private Optional<KnowledgeFile> inside(String key, String expected) {
        return mapping(key, expected).map(inner -> new KnowledgeFile(this, inner));
    }

    /** A list of mappings; an absent key is an empty list. */
    List<KnowledgeFile> mappings(String key) {
        return mappingsIn(key).stream()
                .map(inner -> new KnowledgeFile(this, inner))
                .toList();
    }

    /** A text in both languages. */
    Text text(String key) {
        String expected = "texts are missing here, en and zh-CN";
        if (!has(key)) {
            problem(key, expected);
        }
        return inside(key, expected).map(KnowledgeFile::languages).orElse(NO_TEXT);
    }

    private Text languages() {
        var text = new Text(string("en"), string("zh-CN"));
        refuseUnknownKeys();
        if (!text.zhCn().isEmpty() && !chinese(text.zhCn())) {
            problem("zh-CN", "is not translated");
        }
        if (chinese(text.en())) {
            problem("en", "is not English");
        }
        return text;
    }

    private static boolean chinese(String text) {
        return text.codePoints().anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN);
    }

    Set<CauseCode> causes(String key) {
        var codes = new LinkedHashSet<CauseCode>();
        strings(key).forEach(code -> codes.add(cause(key, code)));
        return codes;
    }

    /** The same, where the key may be left out. */
    Set<CauseCode> causesIfAny(String key) {
        return has(key) ? causes(key) : Set.of();
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
        return byCause(key, "causes with a confidence are expected here", KnowledgeFile::confidence);
    }

    /** Whole seconds by cause; an absent key is none. */
    Map<CauseCode, Duration> spans(String key) {
        return byCause(
                key,
                "causes with whole seconds are expected here",
                (inside, code) -> Duration.ofSeconds(inside.integer(code)));
    }

    private <V> Map<CauseCode, V> byCause(String key, String expected, BiFunction<KnowledgeFile, String, V> value) {
        var values = new LinkedHashMap<CauseCode, V>();
        inside(key, expected)
                .ifPresent(inside -> inside.names()
                        .forEach(code -> values.put(inside.cause(code, code), value.apply(inside, code))));
        return values;
    }

    /** Whole numbers by name; an absent key is none. */
    Map<String, Integer> thresholds(String key) {
        var thresholds = new LinkedHashMap<String, Integer>();
        inside(key, "names with whole numbers are expected here")
                .ifPresent(inside -> inside.names().forEach(name -> thresholds.put(name, inside.integer(name))));
        return thresholds;
    }

    /** What a finding is about; an absent key is nothing. */
    Optional<Subject> subject(String key) {
        return inside(key, "an aspect and names are expected here").map(inside -> {
            var subject = new Subject(inside.string("aspect"), inside.strings("names"));
            inside.refuseUnknownKeys();
            return subject;
        });
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
}
