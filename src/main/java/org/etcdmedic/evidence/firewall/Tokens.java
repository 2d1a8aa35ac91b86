package org.etcdmedic.evidence.firewall;

import java.util.ArrayList;
import java.util.List;

/** The words of a rule, one by one; what stands in double quotes is one word. */
final class Tokens {
    private final List<String> words;
    private int at;

    private Tokens(List<String> words) {
        this.words = words;
    }

    /** Words parted by blanks; the marks given are words of their own. */
    static Tokens of(String line, String marks) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        boolean quoted = false;
        boolean any = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quoted && c == '\\' && i + 1 < line.length()) {
                word.append(line.charAt(++i));
            } else if (c == '"') {
                quoted = !quoted;
                any = true;
            } else if (!quoted && (c == ' ' || c == '\t' || marks.indexOf(c) >= 0)) {
                if (any || !word.isEmpty()) {
                    words.add(word.toString());
                }
                word.setLength(0);
                any = false;
                if (marks.indexOf(c) >= 0) {
                    words.add(String.valueOf(c));
                }
            } else {
                word.append(c);
            }
        }
        if (any || !word.isEmpty()) {
            words.add(word.toString());
        }
        return new Tokens(words);
    }

    boolean more() {
        return at < words.size();
    }

    /** The next word, empty behind the last one. */
    String peek() {
        return more() ? words.get(at) : "";
    }

    String next() {
        return more() ? words.get(at++) : "";
    }

    /** Takes the word when it is the next one. */
    boolean take(String word) {
        boolean found = more() && words.get(at).equals(word);
        at += found ? 1 : 0;
        return found;
    }
}
