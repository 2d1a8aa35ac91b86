package org.etcdmedic.evidence;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * The evidence window as the programs of one node wrote it: by the node's own clock, in seconds since 1970, and with the
 * offsets that a time without a zone may have been written in. What the probe {@code log-window} looks for. It is rather
 * too wide than too narrow; which line testifies is decided where the lines are read.
 *
 * @param from first second
 * @param first when what the alarm tells of may have begun; of a window that is too large to send, lines from here on count most
 * @param alarm the alarm's own second
 * @param to last second
 * @param low smallest offset from UTC in the window, in seconds
 * @param high greatest one
 */
record NodeWindow(long from, long first, long alarm, long to, long low, long high) {
    /** Measuring the difference of the clocks is wrong by half a round trip at most, and lines may be a little out of order. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    /** The alarm comes about 150 s after the first failure (row C6: 15 probes, 10 s apart). */
    private static final Duration LATE = Duration.ofSeconds(150);

    /** Easternmost and westernmost offset on earth: where the node's zone is not known, it is anywhere between. */
    private static final ZoneOffset WEST = ZoneOffset.ofHours(-12);

    private static final ZoneOffset EAST = ZoneOffset.ofHours(14);

    static NodeWindow of(EvidenceWindow window, Optional<NodeIdentity> identity) {
        NodeClock clock = NodeClock.of(identity);
        Instant from = clock.byNode(window.from()).minus(MARGIN);
        Instant to = clock.byNode(window.to()).plus(MARGIN);
        // An hour that is written twice is read from its first minute: only in a row can the two be told apart.
        Instant opens = clock.repeatedHour(from)
                .map(NodeClock.Repeated::from)
                .filter(from::isAfter)
                .orElse(from);
        Instant closes = clock.repeatedHour(to)
                .map(NodeClock.Repeated::to)
                .filter(to::isBefore)
                .orElse(to);
        Instant alarm = clock.byNode(window.alarmedAt());
        return new NodeWindow(
                opens.getEpochSecond(),
                alarm.minus(LATE).minus(LATE.dividedBy(5)).getEpochSecond(),
                alarm.getEpochSecond(),
                closes.getEpochSecond() + 1,
                clock.zone().isEmpty()
                        ? WEST.getTotalSeconds()
                        : offsets(clock.zone().get(), opens, closes).min().orElseThrow(),
                clock.zone().isEmpty()
                        ? EAST.getTotalSeconds()
                        : offsets(clock.zone().get(), opens, closes).max().orElseThrow());
    }

    private static LongStream offsets(ZoneId zone, Instant opens, Instant closes) {
        return LongStream.of(
                zone.getRules().getOffset(opens).getTotalSeconds(),
                zone.getRules().getOffset(closes).getTotalSeconds());
    }

    /** As arguments of the probe. */
    Map<String, String> arguments() {
        return Map.of(
                "from", Long.toString(from),
                "first", Long.toString(first),
                "alarm", Long.toString(alarm),
                "to", Long.toString(to),
                "low", Long.toString(low),
                "high", Long.toString(high));
    }
}
