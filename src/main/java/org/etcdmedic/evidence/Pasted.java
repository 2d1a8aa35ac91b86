package org.etcdmedic.evidence;

/**
 * What terminals, editors and mail leave in a line that was copied out of a log: a byte order mark, the zero bytes of
 * UTF-16, colours, marks of quotation, numbers of lines.
 */
final class Pasted {
    private static final char ESCAPE = '\u001b';
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /** A NUL, and what stands for it in a text that was cleaned to be stored. */
    private static final String PADDING = "\0\u2400";

    /** What two bytes of a byte order mark become that are no UTF-8. */
    private static final char REPLACED = '\uFFFD';

    private Pasted() {}

    /** The line without binary padding, byte order mark and colours; wide characters narrowed. */
    static String plain(String line) {
        String text = wide(line) ? narrowed(line) : line;
        int from = 0;
        int to = text.length();
        while (from < to && (PADDING.indexOf(text.charAt(from)) >= 0 || text.charAt(from) == BYTE_ORDER_MARK)) {
            from++;
        }
        while (to > from && (PADDING.indexOf(text.charAt(to - 1)) >= 0 || text.charAt(to - 1) == '\r')) {
            to--;
        }
        String bare = text.substring(from, to);
        return bare.indexOf(ESCAPE) < 0 ? bare : withoutColours(bare);
    }

    /** The line behind marks of quotation or its number in an editor; the same line when it has none. */
    static String unquoted(String line) {
        int at = 0;
        while (at < line.length() && (line.charAt(at) == '>' || blank(line.charAt(at)))) {
            at++;
        }
        int digits = at;
        while (digits < line.length() && digits < at + 8 && Words.digit(line.charAt(digits))) {
            digits++;
        }
        if (digits > at && digits < line.length()) {
            char behind = line.charAt(digits);
            int text = digits + (behind == ':' || behind == '|' ? 1 : 0);
            if (behind == ':' || behind == '|' || behind == '\t' || line.startsWith("  ", digits)) {
                return line.substring(text).strip();
            }
        }
        return line.substring(at);
    }

    /** UTF-16 that was read as bytes: every other character is a NUL. */
    private static boolean wide(String line) {
        if (line.length() < 4) {
            return false;
        }
        int nuls = 0;
        int looked = Math.min(line.length(), 64);
        for (int i = 0; i < looked; i++) {
            nuls += PADDING.indexOf(line.charAt(i)) >= 0 ? 1 : 0;
        }
        return nuls * 5 >= looked * 2 && nuls * 5 <= looked * 3;
    }

    private static String narrowed(String line) {
        var text = new StringBuilder(line.length() / 2 + 1);
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (PADDING.indexOf(c) < 0 && c != REPLACED) {
                text.append(c);
            }
        }
        return text.toString();
    }

    /** Without the sequences that begin with escape and a bracket and end with a letter. */
    private static String withoutColours(String line) {
        var text = new StringBuilder(line.length());
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) == ESCAPE && i + 1 < line.length() && line.charAt(i + 1) == '[') {
                i += 2;
                while (i < line.length() && !letter(line.charAt(i))) {
                    i++;
                }
            } else if (line.charAt(i) != ESCAPE) {
                text.append(line.charAt(i));
            }
        }
        return text.toString();
    }

    private static boolean letter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean blank(char c) {
        return c == ' ' || c == '\t';
    }
}
