package org.etcdmedic.veil;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads and writes addresses as text (RFC 4291, RFC 5952). */
final class IpText {
    private static final int LONGEST_V6 = 45;

    private IpText() {}

    /** Four bytes of {@code 192.0.2.1}; null for what is none. A version, or a number with a leading zero, is none. */
    static byte @Nullable [] v4(CharSequence text) {
        byte[] bytes = new byte[4];
        int at = 0;
        for (int part = 0; part < 4; part++) {
            if (part > 0) {
                if (at >= text.length() || text.charAt(at) != '.') {
                    return null;
                }
                at++;
            }
            int from = at;
            int value = 0;
            while (at < text.length() && at - from < 4 && digit(text.charAt(at))) {
                value = value * 10 + text.charAt(at) - '0';
                at++;
            }
            if (at == from || at - from > 3 || value > 255 || (at - from > 1 && text.charAt(from) == '0')) {
                return null;
            }
            bytes[part] = (byte) value;
        }
        return at == text.length() ? bytes : null;
    }

    /** Sixteen bytes; null for what is no IPv6 address. */
    static byte @Nullable [] v6(String text) {
        if (text.length() > LONGEST_V6 || text.length() < 2) {
            return null;
        }
        int gap = text.indexOf("::");
        if (gap < 0) {
            List<Integer> groups = groups(text);
            return groups == null || groups.size() != 8 ? null : bytes(groups, List.of());
        }
        List<Integer> head = groups(text.substring(0, gap));
        List<Integer> tail = groups(text.substring(gap + 2));
        return head == null || tail == null || head.size() + tail.size() > 7 ? null : bytes(head, tail);
    }

    private static @Nullable List<Integer> groups(String text) {
        var groups = new ArrayList<Integer>();
        if (text.isEmpty()) {
            return groups;
        }
        String[] parts = text.split(":", -1);
        for (int i = 0; i < parts.length; i++) {
            String part = parts[i];
            if (i == parts.length - 1 && part.indexOf('.') >= 0) {
                byte[] embedded = v4(part);
                if (embedded == null) {
                    return null;
                }
                groups.add(((embedded[0] & 0xff) << 8) | (embedded[1] & 0xff));
                groups.add(((embedded[2] & 0xff) << 8) | (embedded[3] & 0xff));
            } else if (part.isEmpty() || part.length() > 4 || !part.chars().allMatch(c -> hex((char) c))) {
                return null;
            } else {
                groups.add(Integer.parseInt(part, 16));
            }
        }
        return groups;
    }

    private static byte[] bytes(List<Integer> head, List<Integer> tail) {
        byte[] bytes = new byte[16];
        for (int i = 0; i < head.size(); i++) {
            put(bytes, i, head.get(i));
        }
        for (int i = 0; i < tail.size(); i++) {
            put(bytes, 8 - tail.size() + i, tail.get(i));
        }
        return bytes;
    }

    private static void put(byte[] bytes, int group, int value) {
        bytes[2 * group] = (byte) (value >> 8);
        bytes[2 * group + 1] = (byte) value;
    }

    static String write(byte[] address) {
        return address.length == 4 ? writeV4(address) : writeV6(address);
    }

    private static String writeV4(byte[] a) {
        return (a[0] & 0xff) + "." + (a[1] & 0xff) + "." + (a[2] & 0xff) + "." + (a[3] & 0xff);
    }

    /** The longest run of zero groups is left out, as RFC 5952 has it. */
    private static String writeV6(byte[] a) {
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = ((a[2 * i] & 0xff) << 8) | (a[2 * i + 1] & 0xff);
        }
        int start = -1;
        int length = 1;
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && groups[end] == 0) {
                end++;
            }
            if (end - i > length) {
                start = i;
                length = end - i;
            }
        }
        var text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == start) {
                text.append("::");
                i += length - 1;
                continue;
            }
            if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(Integer.toHexString(groups[i]).toLowerCase(Locale.ROOT));
        }
        return text.toString();
    }

    static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean hex(char c) {
        return digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    static boolean letterOrDigit(char c) {
        return digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
