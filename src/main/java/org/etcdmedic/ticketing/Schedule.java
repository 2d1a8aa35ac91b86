package org.etcdmedic.ticketing;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** When to try again: the example schedule of Standard Webhooks (spec, section "Deliverability and reliability"), about 75 hours. */
public final class Schedule {
    /** Attempts in all, the first one at once. */
    public static final int ATTEMPTS = 10;

    /** Longer than that no target is left alone, whatever it says. */
    static final Duration LONGEST_PAUSE = Duration.ofHours(24);

    private static final List<Duration> WAITS = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(20),
            Duration.ofHours(24));

    /** So much is added at most, so that all who failed together do not come back together. */
    private static final double JITTER = 0.1;

    private final RandomGenerator random;

    /** With this source of jitter. */
    public Schedule(RandomGenerator random) {
        this.random = random;
    }

    /**
     * How long to wait; empty when it is given up.
     *
     * @param failed attempts that came to nothing, this one included
     * @param wish for how long the target wants to be left alone
     */
    public Optional<Duration> after(int failed, Optional<Duration> wish) {
        if (failed >= ATTEMPTS) {
            return Optional.empty();
        }
        Duration usual = WAITS.get(Math.max(0, failed - 1));
        Duration wanted = wish.filter(pause -> pause.compareTo(LONGEST_PAUSE) <= 0)
                .or(() -> wish.map(pause -> LONGEST_PAUSE))
                .orElse(Duration.ZERO);
        Duration base = wanted.compareTo(usual) > 0 ? wanted : usual;
        return Optional.of(base.plusMillis((long) (base.toMillis() * JITTER * random.nextDouble())));
    }
}
