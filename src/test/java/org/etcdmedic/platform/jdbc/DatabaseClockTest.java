package org.etcdmedic.platform.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

class DatabaseClockTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    /** What the database's clock shows; null while it is away. */
    private Instant there = NOON;

    private boolean away;
    private long ticks = 1_000_000_000L;

    /** So long each way to the database takes. */
    private Duration way = Duration.ZERO;

    private int looks;
    private final Queue<Runnable> background = new ArrayDeque<>();
    private final DatabaseClock clock = new DatabaseClock(this::look, () -> ticks, background::add);

    private Instant look() {
        looks++;
        if (away) {
            throw new DataAccessResourceFailureException("away");
        }
        pass(way);
        Instant read = there;
        pass(way);
        return read;
    }

    private void pass(Duration time) {
        ticks += time.toNanos();
        there = there.plus(time);
    }

    private void lookInBackground() {
        Runnable next = background.poll();
        if (next != null) {
            next.run();
        }
    }

    @Test
    void showsWhatTheDatabaseShowsAndGoesOnByItselfBetween() {
        assertThat(clock.instant()).isEqualTo(NOON);

        pass(Duration.ofSeconds(9));

        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(9));
        assertThat(looks).isEqualTo(1);
    }

    @Test
    void allowsForTheWayToTheDatabase() {
        way = Duration.ofMillis(200);

        assertThat(clock.instant()).isEqualTo(there);
    }

    @Test
    void looksAgainInTheBackgroundAndKeepsNobodyWaiting() {
        clock.instant();
        pass(Duration.ofSeconds(11));
        there = there.minusSeconds(300);

        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(11));
        clock.instant();
        assertThat(background).as("one look at a time").hasSize(1);
        lookInBackground();

        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(11 - 300));
    }

    @Test
    void doesNotJitterWithTheNetwork() {
        clock.instant();
        pass(Duration.ofSeconds(11));
        clock.instant();
        Instant before = there;
        way = Duration.ofMillis(300);
        there = there.plusMillis(100);
        lookInBackground();
        way = Duration.ZERO;

        assertThat(clock.instant()).isCloseTo(before.plusMillis(600), within(1, ChronoUnit.MILLIS));
    }

    @Test
    void goesOnWhileTheDatabaseIsAway() {
        clock.instant();
        away = true;
        pass(Duration.ofMinutes(10));

        assertThat(clock.instant()).isEqualTo(NOON.plus(Duration.ofMinutes(10)));
        lookInBackground();
        assertThat(clock.instant()).isEqualTo(NOON.plus(Duration.ofMinutes(10)));
        assertThat(background).as("it is asked again").hasSize(1);
    }

    @Test
    void isOursBeforeTheDatabaseWasEverRead() {
        away = true;

        long apart = Math.abs(Duration.between(Instant.now(), clock.instant()).toMillis());

        assertThat(apart).isLessThan(TimeUnit.SECONDS.toMillis(5));
        away = false;
        assertThat(clock.instant()).isEqualTo(NOON);
    }
}
