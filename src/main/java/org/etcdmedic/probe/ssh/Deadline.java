package org.etcdmedic.probe.ssh;

import java.time.Duration;

/** A moment by the monotonic clock, which no time correction moves. */
record Deadline(long nanos) {

    static Deadline in(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    /** The earlier of this and the moment that lies so far ahead. */
    Deadline within(Duration limit) {
        Deadline other = in(limit);
        return other.nanos - nanos < 0 ? other : this;
    }

    /** Never negative. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
    }

    /** How long ago it was; for a moment that has begun something. */
    Duration since() {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    boolean passed() {
        return nanos - System.nanoTime() <= 0;
    }

    /** What is left for calls to which 0 means for ever. */
    int millis() {
        return Math.clamp(left().toMillis(), 1, Integer.MAX_VALUE);
    }
}
