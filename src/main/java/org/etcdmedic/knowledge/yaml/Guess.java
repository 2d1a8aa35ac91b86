package org.etcdmedic.knowledge.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.stream.Collectors;

/** What a mistyped word was meant to be. */
final class Guess {
    /** So many allowed words are listed in full; of more, only the nearest is named. */
    private static final int LISTED = 25;

    private Guess() {}

    /** {@code ; did you mean X?} where one allowed word is near, and the allowed words where they are few. */
    static String among(String word, Collection<?> allowed) {
        var words = allowed.stream().map(Object::toString).sorted().toList();
        String nearest = words.stream()
                .filter(candidate -> distance(word, candidate) <= Math.max(1, candidate.length() / 4))
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)))
                .map(candidate -> "; did you mean " + candidate + "?")
                .orElse("");
        return words.size() > LISTED
                ? nearest
                : nearest + "; allowed here: " + words.stream().collect(Collectors.joining(", ", "[", "]"));
    }

    /** The number of letters to insert, drop or change (Levenshtein, 1965). */
    static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int change = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
