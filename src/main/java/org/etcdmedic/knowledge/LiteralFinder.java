package org.etcdmedic.knowledge;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Tells which of many fixed words occur in a text, reading it once, however many words there are (Aho and Corasick,
 * Communications of the ACM 18(6), 1975).
 */
final class LiteralFinder {
    private final int[] classes = new int[128];
    private final int width;
    private int[] next;
    private final BitSet[] found;

    /** Looks for these words, which are ASCII; the answer names them by their place in the list. */
    LiteralFinder(List<String> words) {
        int used = 1;
        for (String word : words) {
            for (int i = 0; i < word.length(); i++) {
                if (classes[word.charAt(i)] == 0) {
                    classes[word.charAt(i)] = used++;
                }
            }
        }
        width = used;
        int states = 1 + words.stream().mapToInt(String::length).sum();
        next = new int[states * width];
        found = new BitSet[states];
        Arrays.setAll(found, state -> new BitSet());
        int last = 0;
        for (int word = 0; word < words.size(); word++) {
            int state = 0;
            for (int i = 0; i < words.get(word).length(); i++) {
                int edge = state * width + classes[words.get(word).charAt(i)];
                if (next[edge] == 0) {
                    next[edge] = ++last;
                }
                state = next[edge];
            }
            found[state].set(word);
        }
        next = Arrays.copyOf(next, (last + 1) * width);
        linkFailures(last + 1);
        scale();
    }

    /** A move leads to the place of the next state's row at once; to its complement where a word ends there. */
    private void scale() {
        for (int edge = 0; edge < next.length; edge++) {
            int row = next[edge] * width;
            next[edge] = found[next[edge]].isEmpty() ? row : ~row;
        }
    }

    /** Completes every state with the moves of the longest proper suffix that is a state too. */
    private void linkFailures(int states) {
        int[] suffix = new int[states];
        var queue = new ArrayDeque<Integer>();
        for (int c = 1; c < width; c++) {
            if (next[c] != 0) {
                queue.add(next[c]);
            }
        }
        while (!queue.isEmpty()) {
            int state = queue.remove();
            found[state].or(found[suffix[state]]);
            for (int c = 1; c < width; c++) {
                int edge = state * width + c;
                int fallback = next[suffix[state] * width + c];
                if (next[edge] == 0) {
                    next[edge] = fallback;
                } else {
                    suffix[next[edge]] = fallback;
                    queue.add(next[edge]);
                }
            }
        }
    }

    /** The words that occur. */
    BitSet in(String text) {
        var occurring = new BitSet(0);
        int row = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            row = c < 128 ? next[row + classes[c]] : 0;
            if (row < 0) {
                row = ~row;
                occurring.or(found[row / width]);
            }
        }
        return occurring;
    }
}
