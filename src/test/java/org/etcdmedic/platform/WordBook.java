package org.etcdmedic.platform;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The texts of one program in both languages, and what can be wrong with them.
 *
 * @param english file of the English ones
 * @param chinese file of the Chinese ones
 */
public record WordBook(String english, String chinese) {
    private static final Pattern KEY = Pattern.compile("(?m)^([^#=\\s][^=\\s]*)=");
    private static final Pattern PLACE = Pattern.compile("\\{[^{}]*}");
    private static final Pattern LETTER = Pattern.compile("\\p{IsLatin}");
    private static final Pattern HAN = Pattern.compile("\\p{IsHan}");

    /** Both of these files. */
    public static WordBook read(Path english, Path chinese) {
        return new WordBook(content(english), content(chinese));
    }

    static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All keys there are, in whichever language. */
    public Set<String> keys() {
        var keys = new TreeSet<>(texts(english).keySet());
        keys.addAll(texts(chinese).keySet());
        return keys;
    }

    private static Map<String, String> texts(String file) {
        var read = new Properties();
        try {
            read.load(new StringReader(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var texts = new TreeMap<String, String>();
        read.forEach((key, text) -> texts.put(key.toString(), text.toString()));
        return texts;
    }

    /**
     * What is wrong with them.
     *
     * @param used keys that somebody asks for
     * @param names keys whose text is a name, and the same in every language
     */
    public List<String> faults(Set<String> used, Set<String> names) {
        var faults = new ArrayList<String>();
        Map<String, String> en = texts(english);
        Map<String, String> zh = texts(chinese);
        twice(english).forEach(key -> faults.add(key + " stands twice in English"));
        twice(chinese).forEach(key -> faults.add(key + " stands twice in Chinese"));
        var keys = keys();
        used.stream().filter(key -> !keys.contains(key)).forEach(key -> faults.add(key + " is used and is missing"));
        for (String key : keys) {
            String english = en.getOrDefault(key, "");
            String chinese = zh.getOrDefault(key, "");
            if (english.isBlank() || chinese.isBlank()) {
                faults.add(key + " is missing in " + (english.isBlank() ? "English" : "Chinese"));
                continue;
            }
            if (!used.contains(key)) {
                faults.add(key + " is used by nobody");
            }
            if (!places(english).equals(places(chinese))) {
                faults.add(key + " has other places in Chinese: " + places(english) + ", " + places(chinese));
            }
            if (!names.contains(key) && HAN.matcher(english).find()) {
                faults.add(key + " is Chinese in English");
            }
            boolean words =
                    LETTER.matcher(PLACE.matcher(english).replaceAll("")).find();
            if (words && !names.contains(key) && !HAN.matcher(chinese).find()) {
                faults.add(key + " is not translated");
            }
            Stream.of(english, chinese).forEach(text -> pattern(key, text, faults));
        }
        return faults;
    }

    private static Set<String> twice(String file) {
        var seen = new HashSet<String>();
        return KEY.matcher(file)
                .results()
                .map(found -> found.group(1))
                .filter(key -> !seen.add(key))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> places(String text) {
        return PLACE.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }

    /** A text with numbered places is a pattern, in which an apostrophe is no apostrophe. */
    private static void pattern(String key, String text, List<String> faults) {
        List<Integer> numbers = places(text).stream()
                .map(place -> place.substring(1, place.length() - 1))
                .filter(place -> place.matches("\\d+"))
                .map(Integer::valueOf)
                .toList();
        if (numbers.isEmpty()) {
            return;
        }
        try {
            Object[] values = new Object
                    [1 + numbers.stream().mapToInt(Integer::intValue).max().orElse(0)];
            Arrays.setAll(values, i -> "<" + i + ">");
            String filled = new MessageFormat(text).format(values);
            if (numbers.stream().anyMatch(number -> !filled.contains("<" + number + ">"))
                    || text.replace("''", "").contains("'")) {
                faults.add(key + " loses a value or an apostrophe when it is filled in: " + Objects.toString(filled));
            }
        } catch (IllegalArgumentException e) {
            faults.add(key + " cannot be filled in: " + e.getMessage());
        }
    }
}
