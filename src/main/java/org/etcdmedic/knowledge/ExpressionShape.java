package org.etcdmedic.knowledge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What can be said of a regular expression without running it: the fixed words one of which stands in every text it
 * finds, and whether it may need more than a handful of passes over a hostile text.
 */
public final class ExpressionShape {
    private static final Pattern INLINE_FLAGS = Pattern.compile("(?<!\\\\)\\(\\?[a-zA-Z-]+[:)]");
    private static final Pattern BACK_REFERENCE = Pattern.compile("\\\\(?:[1-9]|k<)");
    private static final int SHORTEST = 4;

    private final String expression;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder run = new StringBuilder();
    private final List<String> runs = new ArrayList<>();
    private int position;
    private boolean nested;

    private ExpressionShape(String expression) {
        this.expression = expression;
    }

    /**
     * One word for each alternative at the top level, the longest of it; empty when an alternative has none that is long
     * and plain enough to search for.
     */
    public static List<String> requiredWords(Pattern pattern) {
        var shape = new ExpressionShape(pattern.pattern());
        shape.walk();
        boolean searchable = shape.words.stream()
                .allMatch(w -> w.length() >= SHORTEST && w.chars().allMatch(c -> c < 128));
        return searchable ? List.copyOf(shape.words) : List.of();
    }

    /** Whether nothing in it can make its running time explode: no repeated repetition, no back reference, no flag. */
    public static boolean isTame(Pattern pattern) {
        var shape = new ExpressionShape(pattern.pattern());
        shape.walk();
        return !shape.nested
                && !BACK_REFERENCE.matcher(pattern.pattern()).find()
                && !INLINE_FLAGS.matcher(pattern.pattern()).find();
    }

    private void walk() {
        while (position < expression.length()) {
            char c = expression.charAt(position++);
            switch (c) {
                case '\\' -> escape();
                case '[' -> {
                    endRun();
                    skipClass();
                }
                case '(' -> {
                    endRun();
                    skipGroup();
                }
                case '|' -> endAlternative();
                case '*', '?', '{' -> {
                    if (!run.isEmpty()) {
                        run.setLength(run.length() - 1);
                    }
                    endRun();
                    if (c == '{') {
                        position = expression.indexOf('}', position) + 1;
                    }
                }
                case '+', '.', '^', '$' -> endRun();
                default -> run.append(c);
            }
        }
        endAlternative();
    }

    private void escape() {
        char escaped = expression.charAt(position++);
        if (Character.isLetterOrDigit(escaped)) {
            endRun();
        } else {
            run.append(escaped);
        }
    }

    private void skipClass() {
        while (expression.charAt(position++) != ']') {
            if (expression.charAt(position - 1) == '\\') {
                position++;
            }
        }
    }

    /** Leaves the group behind and returns whether something in it repeats without limit. */
    private boolean skipGroup() {
        boolean repeats = false;
        while (expression.charAt(position) != ')') {
            char c = expression.charAt(position++);
            switch (c) {
                case '\\' -> position++;
                case '[' -> skipClass();
                case '(' -> repeats |= skipGroup();
                case '*', '+' -> repeats = true;
                default -> {}
            }
        }
        position++;
        boolean repeated = position < expression.length() && "*+{".indexOf(expression.charAt(position)) >= 0;
        nested |= repeats && repeated;
        return repeats || repeated;
    }

    private void endRun() {
        runs.add(run.toString());
        run.setLength(0);
    }

    private void endAlternative() {
        endRun();
        words.add(runs.stream().max(Comparator.comparingInt(String::length)).orElse(""));
        runs.clear();
    }
}
