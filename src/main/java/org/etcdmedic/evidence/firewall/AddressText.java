package org.etcdmedic.evidence.firewall;

import java.util.Arrays;
import java.util.Optional;

/** The text of an address, never asked of any name server. */
final class AddressText {
    private AddressText() {}

    static Optional<byte[]> bytes(String text) {
        if (text.length() > 45) {
            return Optional.empty();
        }
        return text.indexOf(':') < 0 ? four(text) : six(text);
    }

    private static Optional<byte[]> four(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return Optional.empty();
        }
        byte[] bytes = new byte[4];
        for (int i = 0; i < 4; i++) {
            int value = number(parts[i], 10, 3);
            if (value < 0 || value > 255) {
                return Optional.empty();
            }
            bytes[i] = (byte) value;
        }
        return Optional.of(bytes);
    }

    private static Optional<byte[]> six(String text) {
        int gap = text.indexOf("::");
        Optional<byte[]> head = groups(gap < 0 ? text : text.substring(0, gap));
        Optional<byte[]> tail = gap < 0 ? Optional.of(new byte[0]) : groups(text.substring(gap + 2));
        if (head.isEmpty() || tail.isEmpty()) {
            return Optional.empty();
        }
        int length = head.get().length + tail.get().length;
        if (gap < 0 ? length != 16 : length > 14) {
            return Optional.empty();
        }
        byte[] bytes = Arrays.copyOf(head.get(), 16);
        System.arraycopy(tail.get(), 0, bytes, 16 - tail.get().length, tail.get().length);
        return Optional.of(bytes);
    }

    private static Optional<byte[]> groups(String text) {
        if (text.isEmpty()) {
            return Optional.of(new byte[0]);
        }
        String[] parts = text.split(":", -1);
        if (parts.length > 8) {
            return Optional.empty();
        }
        byte[] bytes = new byte[parts.length * 2];
        for (int i = 0; i < parts.length; i++) {
            int value = number(parts[i], 16, 4);
            if (value < 0) {
                return Optional.empty();
            }
            bytes[2 * i] = (byte) (value >> 8);
            bytes[2 * i + 1] = (byte) value;
        }
        return Optional.of(bytes);
    }

    private static int number(String text, int radix, int longest) {
        if (text.isEmpty()
                || text.length() > longest
                || !text.chars().allMatch(c -> Character.digit(c, radix) >= 0 && c < 128)) {
            return -1;
        }
        return Integer.parseInt(text, radix);
    }
}
