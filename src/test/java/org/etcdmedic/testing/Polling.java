package org.etcdmedic.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** Waiting for another process, which has no event that could be awaited. */
public final class Polling {
    private static final Duration PAUSE = Duration.ofMillis(100);

    private Polling() {}

    /** Waits until it is so; fails when that takes too long. */
    public static void await(String what, Duration patience, BooleanSupplier condition) {
        Instant end = Instant.now().plus(patience);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("not within " + patience + ": " + what);
            }
            try {
                Thread.sleep(PAUSE); // see above: there is no event
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }
}
