package org.etcdmedic.veil;

/** Signs that stand for others: of JSON and of programs, of URLs, and colours of a terminal. A word begins behind each of them. */
final class Escapes {
    private static final int LONGEST_COLOUR = 24;

    private Escapes() {}

    /** How long an escape is that stands here, whatever its last letter is; 0 when none does. */
    static int length(String text, int at) {
        return switch (text.charAt(at)) {
            case '\\' -> backslash(text, at);
            case '%' -> hex(text, at + 1, 2) ? 3 : 0;
            case '\u001b' -> colour(text, at);
            default -> 0;
        };
    }

    private static int backslash(String text, int at) {
        if (at + 1 == text.length()) {
            return 0;
        }
        char kind = text.charAt(at + 1);
        if (kind == 'u' && hex(text, at + 2, 4)) {
            return 6;
        }
        if (kind == 'x' && hex(text, at + 2, 2)) {
            return 4;
        }
        return "ntrbf".indexOf(kind) >= 0 ? 2 : 0;
    }

    private static int colour(String text, int at) {
        if (at + 1 == text.length() || text.charAt(at + 1) != '[') {
            return 0;
        }
        int end = at + 2;
        while (end < text.length()
                && end - at < LONGEST_COLOUR
                && (IpText.digit(text.charAt(end)) || text.charAt(end) == ';')) {
            end++;
        }
        return end < text.length() && IpText.letterOrDigit(text.charAt(end)) ? end + 1 - at : 0;
    }

    private static boolean hex(String text, int from, int digits) {
        if (from + digits > text.length()) {
            return false;
        }
        for (int at = from; at < from + digits; at++) {
            if (!IpText.hex(text.charAt(at))) {
                return false;
            }
        }
        return true;
    }
}
