package org.etcdmedic.evidence;

import java.time.Instant;
import java.util.Optional;
import org.etcdmedic.probe.Capture;

/**
 * What the times in a log are read against.
 *
 * @param node the node's zone and how far its clock is ahead
 * @param readAt when the log was read, by the node's clock: a time without a year is of the latest year before that
 */
record LogClock(NodeClock node, Instant readAt) {
    /** The clock for the log that a node answered with. */
    static LogClock of(Capture.Answer answer, NodeClock clock) {
        return new LogClock(clock, clock.byNode(answer.startedAt().plus(answer.took())));
    }

    /** The clock for a line by itself, of which nobody knows where or when it was written. */
    static LogClock unknown() {
        return new LogClock(NodeClock.of(Optional.empty()), Instant.EPOCH);
    }
}
