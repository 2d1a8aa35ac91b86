package org.etcdmedic.platform;

import java.time.Duration;
import java.time.Instant;

/** Something that a room keeps for a time only; the room says what it is, and how it goes. */
public interface Sweep {
    /** What is swept, as it is called in {@code medic.retention.keep}: lower-case words with hyphens. */
    String of();

    /** How long it is kept unless the configuration says otherwise. */
    Duration kept();

    /**
     * Deletes some of what is older, the oldest first, in a transaction of its own.
     *
     * @param before what ended or came before this may go
     * @param atMost how many at once
     * @return how many are gone; fewer than {@code atMost} when none is left
     */
    int sweep(Instant before, int atMost);
}
