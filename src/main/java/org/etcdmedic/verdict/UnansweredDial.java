package org.etcdmedic.verdict;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * etcd's line of a peer to which no connection could be made, in the words of Go's {@code net.Dialer}: nothing answered, or there was
 * no way. A peer that refuses is there, and one that falls silent once it is connected may only hang; neither is meant.
 */
final class UnansweredDial {
    private static final Set<String> COMPLAINTS = Set.of("prober-unhealthy", "peerurl-unreachable");

    private static final Pattern DIAL = Pattern.compile(
            "dial tcp \\[?(?<peer>[0-9A-Fa-f.:]{2,64}?)\\]?:[0-9]{1,5}: (?:i/o timeout|connect: no route to host"
                    + "|connect: network is unreachable|connect: connection timed out)");

    private UnansweredDial() {}

    /** The address that did not answer; empty for any other line. */
    static Optional<String> peer(KnownLine line) {
        if (!COMPLAINTS.contains(line.signature().id())) {
            return Optional.empty();
        }
        Matcher dial = DIAL.matcher(line.captured().getOrDefault("err", ""));
        return dial.find() ? Optional.of(dial.group("peer")) : Optional.empty();
    }
}
