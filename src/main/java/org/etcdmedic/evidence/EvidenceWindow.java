package org.etcdmedic.evidence;

import java.time.Duration;
import java.time.Instant;

/**
 * The span of time around an alarm in which log lines testify. The alarm itself comes about 150 s after the first
 * failure (row C6), so the window opens well before it.
 *
 * @param from first instant
 * @param alarmedAt the alarm's own time
 * @param to last instant
 */
public record EvidenceWindow(Instant from, Instant alarmedAt, Instant to) {
    /** A window that opens and closes so long before and after the alarm. */
    public static EvidenceWindow around(Instant alarmedAt, Duration before, Duration after) {
        return new EvidenceWindow(alarmedAt.minus(before), alarmedAt, alarmedAt.plus(after));
    }

    /** The same, opening no earlier than that; never later than the alarm. */
    public EvidenceWindow notBefore(Instant earliest) {
        Instant opens = earliest.isAfter(alarmedAt) ? alarmedAt : earliest;
        return opens.isAfter(from) ? new EvidenceWindow(opens, alarmedAt, to) : this;
    }

    /** Whether the instant lies in it. */
    public boolean contains(Instant instant) {
        return !instant.isBefore(from) && !instant.isAfter(to);
    }
}
