package org.etcdmedic.evidence;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How well packets come through to a host that answers at all.
 *
 * @param sent small packets that were sent
 * @param received how many of them were answered
 * @param roundTrip their average way there and back; empty where none was answered
 * @param mtu size of the large packets, which is that of the interface; 0 where none was sent
 * @param largeReceived how many of the large ones were answered
 */
public record PathQuality(int sent, int received, Optional<Duration> roundTrip, int mtu, int largeReceived) {
    /** Nothing was measured. */
    static final PathQuality UNKNOWN = new PathQuality(0, 0, Optional.empty(), 0, 0);

    private static final Pattern COUNTS =
            Pattern.compile("([0-9]{1,6}) packets transmitted, ([0-9]{1,6}) (?:packets )?received");
    private static final Pattern TIMES = Pattern.compile("min/avg/max[a-z/]{0,10} = [0-9.]{1,16}/([0-9]{1,9})");

    /** {@code PING a (a) 56(84) bytes of data. 10 packets transmitted, 10 received, 0% packet loss, time 1800ms rtt min/avg/max/mdev = 0.03/0.05/0.1/0.02 ms}. */
    PathQuality withSmall(String said) {
        Matcher counts = COUNTS.matcher(said);
        Matcher times = TIMES.matcher(said);
        return counts.find()
                ? new PathQuality(
                        Integer.parseInt(counts.group(1)),
                        Integer.parseInt(counts.group(2)),
                        times.find()
                                ? Optional.of(Duration.ofMillis(Long.parseLong(times.group(1))))
                                : Optional.empty(),
                        mtu,
                        largeReceived)
                : this;
    }

    /** The same of packets as large as the interface sends them. */
    PathQuality withLarge(String size, String said) {
        Matcher counts = COUNTS.matcher(said);
        // A host that cannot send so much itself says nothing of the way.
        return counts.find() && !said.contains("too long")
                ? new PathQuality(
                        sent, received, roundTrip, Words.smallNumber(size).orElse(0), Integer.parseInt(counts.group(2)))
                : this;
    }
}
