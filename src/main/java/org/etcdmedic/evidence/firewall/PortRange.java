package org.etcdmedic.evidence.firewall;

import java.util.Optional;

/** Ports from one to another, inclusive; of a packet whose port is not known, those that it may be. */
public record PortRange(int from, int to) {
    /** One port. */
    public static PortRange of(int port) {
        return new PortRange(port, port);
    }

    /** Reads {@code 2379}, {@code 2379:2380}, {@code 2379-2380}, {@code :1023} and {@code 1024:}; names are not known. */
    public static Optional<PortRange> read(String text) {
        int mark = Math.max(text.indexOf(':'), text.indexOf('-'));
        String first = mark < 0 ? text : text.substring(0, mark);
        String last = mark < 0 ? text : text.substring(mark + 1);
        int from = mark == 0 ? 0 : number(first);
        int to = mark >= 0 && last.isEmpty() ? 65_535 : number(last);
        return from < 0 || to < from ? Optional.empty() : Optional.of(new PortRange(from, to));
    }

    private static int number(String text) {
        if (text.isEmpty() || text.length() > 5 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        int number = Integer.parseInt(text);
        return number > 65_535 ? -1 : number;
    }

    /** Whether a packet with this port lies in the rule's range. */
    Tri within(PortRange rule) {
        if (rule.from <= from && to <= rule.to) {
            return Tri.YES;
        }
        return rule.to < from || to < rule.from ? Tri.NO : Tri.MAYBE;
    }
}
