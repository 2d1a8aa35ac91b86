package org.etcdmedic.veil;

import java.util.HexFormat;
import org.etcdmedic.veil.Pseudonym.Kind;
import org.jspecify.annotations.Nullable;

/**
 * An address, or an identifier made like one, at a place of a text.
 *
 * @param kind what it is
 * @param bytes its bytes
 * @param end where it ends
 * @param joint what stands between its parts, as the text writes it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never shared
record AddressAt(Kind kind, byte[] bytes, int end, String joint) {
    private static final int LONGEST_RUN = 64;
    private static final int MOST_BACKSLASHES = 4;

    /** Where a run of hexadecimal groups ends that begins here and holds no address, such as a fingerprint or a time. */
    static int endOfRun(String text, int from, int known) {
        if (from < known) {
            return known;
        }
        int at = from;
        int colons = 0;
        while (at < text.length() && (text.charAt(at) == ':' || IpText.hex(text.charAt(at)))) {
            colons += text.charAt(at) == ':' ? 1 : 0;
            at++;
        }
        boolean word = at < text.length() && IpText.letterOrDigit(text.charAt(at));
        return at - from <= LONGEST_RUN && (colons < 2 || word) ? from : at;
    }

    /** What begins here; null when it is none of them. The character before is no letter and no digit. */
    static @Nullable AddressAt of(String text, int from) {
        char c = text.charAt(from);
        if (c != ':' && !IpText.hex(c)) {
            return null;
        }
        AddressAt found = c == ':' ? null : v4(text, from);
        found = found == null ? colons(text, from) : found;
        found = found == null && c != ':' ? hyphens(text, from) : found;
        return found;
    }

    /** Four numbers, parted by dots, also where an expression or a URL writes these with backslashes before them. */
    static @Nullable AddressAt v4(String text, int from) {
        if (!IpText.digit(text.charAt(from))
                || (from > 1 && text.charAt(from - 1) == '.' && IpText.digit(text.charAt(from - 2)))) {
            return null;
        }
        var plain = new StringBuilder();
        String joint = "";
        int at = from;
        for (int part = 0; part < 4; part++) {
            if (part > 0) {
                int dot = at;
                while (dot < text.length() && text.charAt(dot) == '\\' && dot - at < MOST_BACKSLASHES) {
                    dot++;
                }
                if (dot >= text.length() || text.charAt(dot) != '.') {
                    return null;
                }
                joint = text.substring(at, dot + 1);
                plain.append('.');
                at = dot + 1;
            }
            int digits = at;
            while (at < text.length() && at - digits < 4 && IpText.digit(text.charAt(at))) {
                at++;
            }
            plain.append(text, digits, at);
        }
        byte[] address = IpText.v4(plain);
        boolean goesOn = (at < text.length() && IpText.letterOrDigit(text.charAt(at)))
                || (at + 1 < text.length() && text.charAt(at) == '.' && IpText.digit(text.charAt(at + 1)));
        return address == null || goesOn ? null : new AddressAt(Kind.IPV4, address, at, joint);
    }

    private static @Nullable AddressAt colons(String text, int from) {
        int end = from;
        int colons = 0;
        while (end < text.length()
                && end - from < LONGEST_RUN
                && (text.charAt(end) == ':' || IpText.hex(text.charAt(end)))) {
            colons += text.charAt(end) == ':' ? 1 : 0;
            end++;
        }
        if (colons < 2 || !wordEnds(text, end)) {
            return null;
        }
        if (colons == 5 && end - from == 17 && groupsOfTwo(text, from, ':')) {
            return new AddressAt(Kind.MAC, card(text, from), end, ":");
        }
        int dotted = end;
        while (dotted < text.length()
                && dotted - end < 12
                && (text.charAt(dotted) == '.' || IpText.digit(text.charAt(dotted)))) {
            dotted++;
        }
        AddressAt embedded = dotted == end ? null : v6(text, from, dotted);
        return embedded != null ? embedded : v6(text, from, end);
    }

    /** With a colon of the sentence behind it, a port behind that, or a word before it. */
    private static @Nullable AddressAt v6(String text, int from, int end) {
        for (int tail = end; tail > from; tail = text.lastIndexOf(':', tail - 1)) {
            byte[] address = IpText.v6(text.substring(from, tail));
            if (address != null) {
                return new AddressAt(Kind.IPV6, address, tail, "");
            }
            if (tail < end && tail + 6 < end) {
                return null;
            }
        }
        return null;
    }

    private static @Nullable AddressAt hyphens(String text, int from) {
        if (groupsOfTwo(text, from, '-')
                && text.substring(from, from + 17).chars().anyMatch(Character::isLetter)) {
            return new AddressAt(Kind.MAC, card(text, from), from + 17, "-");
        }
        int digits = hexDigits(text, from, 33);
        if (digits == 32 && wordEnds(text, from + 32)) {
            return new AddressAt(Kind.UUID, bytes(text.substring(from, from + 32)), from + 32, "");
        }
        int at = from;
        for (int length : new int[] {8, 4, 4, 4, 12}) {
            if (at > from) {
                if (at >= text.length() || text.charAt(at) != '-') {
                    return null;
                }
                at++;
            }
            if (hexDigits(text, at, length + 1) != length) {
                return null;
            }
            at += length;
        }
        return wordEnds(text, at)
                ? new AddressAt(Kind.UUID, bytes(text.substring(from, at).replace("-", "")), at, "-")
                : null;
    }

    private static int hexDigits(String text, int from, int most) {
        int at = from;
        while (at < text.length() && at - from < most && IpText.hex(text.charAt(at))) {
            at++;
        }
        return at - from;
    }

    private static boolean wordEnds(String text, int at) {
        return at >= text.length() || !IpText.letterOrDigit(text.charAt(at));
    }

    private static boolean groupsOfTwo(String text, int from, char joint) {
        if (from + 17 > text.length() || !wordEnds(text, from + 17)) {
            return false;
        }
        for (int i = 0; i < 17; i++) {
            char c = text.charAt(from + i);
            if (i % 3 == 2 ? c != joint : !IpText.hex(c)) {
                return false;
            }
        }
        return from + 17 == text.length() || text.charAt(from + 17) != joint;
    }

    private static byte[] card(String text, int from) {
        return bytes(text.substring(from, from + 17).replaceAll("[:-]", ""));
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
