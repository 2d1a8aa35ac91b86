package org.etcdmedic.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Texts side by side. Chinese characters and their punctuation take two places of a terminal, all others one. */
final class Columns {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    /** One more row; all have the same number of cells. */
    void add(List<String> cells) {
        rows.add(List.copyOf(cells));
    }

    /** The rows as lines. The last cell is not filled up. */
    List<String> lines() {
        return rows.stream().map(this::line).toList();
    }

    private String line(List<String> row) {
        var line = new StringBuilder();
        for (int i = 0; i < row.size() - 1; i++) {
            line.append(row.get(i)).repeat(' ', widest(i) - width(row.get(i))).append(GAP);
        }
        return line.append(row.getLast()).toString();
    }

    private int widest(int column) {
        return rows.stream().mapToInt(row -> width(row.get(column))).max().orElse(0);
    }

    /** Places that a text takes. */
    static int width(String text) {
        return text.codePoints().map(Columns::width).sum();
    }

    /** As much of a text as fits into so many places. */
    static String cut(String text, int places) {
        if (width(text) <= places) {
            return text;
        }
        int[] points = text.codePoints().toArray();
        int end = IntStream.rangeClosed(0, points.length)
                .filter(length -> width(new String(points, 0, length)) > places - 1)
                .findFirst()
                .orElse(points.length);
        return new String(points, 0, Math.max(0, end - 1)) + "…";
    }

    private static int width(int c) {
        if (Character.getType(c) == Character.NON_SPACING_MARK) {
            return 0;
        }
        boolean wide = switch (Character.UnicodeScript.of(c)) {
            case HAN, HIRAGANA, KATAKANA, HANGUL, BOPOMOFO, YI -> true;
            // Full stops, brackets and commas of Chinese, and Latin letters in their width.
            default -> (c >= 0x3000 && c <= 0x303f) || (c >= 0xff01 && c <= 0xff60) || (c >= 0x1f300 && c <= 0x1faff);
        };
        return wide ? 2 : 1;
    }
}
