package org.etcdmedic.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The words of one line, which blanks part; and words that are numbers. */
final class Words {
    private Words() {}

    /** The words of a line, at most so many; the last one holds the rest of the line. */
    static List<String> of(String line, int most) {
        var words = new ArrayList<String>();
        int at = skipBlanks(line, 0);
        while (at < line.length() && words.size() < most - 1) {
            int end = at;
            while (end < line.length() && !blank(line.charAt(end))) {
                end++;
            }
            words.add(line.substring(at, end));
            at = skipBlanks(line, end);
        }
        if (at < line.length()) {
            words.add(line.substring(at).stripTrailing());
        }
        return words;
    }

    /** All words of a line. */
    static List<String> of(String line) {
        return of(line, Integer.MAX_VALUE);
    }

    /** A number that is not negative and nothing else, such as {@code 42}. */
    static OptionalLong number(String word) {
        if (!digits(word) || word.length() > 18) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Long.parseLong(word));
    }

    /** The same, as far as it fits 31 bits. */
    static OptionalInt smallNumber(String word) {
        OptionalLong number = number(word);
        return number.isPresent() && number.getAsLong() <= Integer.MAX_VALUE
                ? OptionalInt.of((int) number.getAsLong())
                : OptionalInt.empty();
    }

    /** An account's number: 32 bits without sign, kept in an {@code int} as the kernel's bits are. */
    static OptionalInt accountId(String word) {
        OptionalLong number = number(word);
        return number.isPresent() && number.getAsLong() <= 0xFFFF_FFFFL
                ? OptionalInt.of((int) number.getAsLong())
                : OptionalInt.empty();
    }

    /** Whether the word is made of the digits 0 to 9 and nothing else. */
    static boolean digits(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (!digit(word.charAt(i))) {
                return false;
            }
        }
        return !word.isEmpty();
    }

    static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean blank(char c) {
        return c == ' ' || c == '\t';
    }

    private static int skipBlanks(String line, int from) {
        int at = from;
        while (at < line.length() && blank(line.charAt(at))) {
            at++;
        }
        return at;
    }
}
