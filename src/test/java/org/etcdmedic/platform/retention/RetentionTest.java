package org.etcdmedic.platform.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.etcdmedic.platform.Sweep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.TransientDataAccessResourceException;

class RetentionTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final Heap letters = new Heap("letters", 25);

    /** A heap of things that are all too old. */
    private static final class Heap implements Sweep {
        private final String of;
        private final List<Instant> asked = new ArrayList<>();
        private int left;

        Heap(String of, int left) {
            this.of = of;
            this.left = left;
        }

        @Override
        public String of() {
            return of;
        }

        @Override
        public Duration kept() {
            return Duration.ofDays(30);
        }

        @Override
        public int sweep(Instant before, int atMost) {
            asked.add(before);
            int some = Math.min(left, atMost);
            left -= some;
            return some;
        }
    }

    private static final class Stuck implements Sweep {
        @Override
        public String of() {
            return "a-stuck-one";
        }

        @Override
        public Duration kept() {
            return Duration.ofDays(1);
        }

        @Override
        public int sweep(Instant before, int atMost) {
            throw new TransientDataAccessResourceException("locked");
        }
    }

    private Retention retention(Map<String, Duration> keep, Sweep... sweeps) {
        return new Retention(
                List.of(sweeps),
                new RetentionSettings(keep, Duration.ofHours(1), 10),
                meters,
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @Test
    void sweepsInBatchesUntilNothingIsLeft() {
        retention(Map.of(), letters).run(() -> false);

        assertThat(letters.left).isZero();
        assertThat(letters.asked).hasSize(3).containsOnly(NOW.minus(Duration.ofDays(30)));
        assertThat(meters.get("medic.retention.deleted")
                        .tag("of", "letters")
                        .counter()
                        .count())
                .isEqualTo(25);
    }

    @Test
    void keepsForAsLongAsTheConfigurationSays() {
        retention(Map.of("letters", Duration.ofDays(7)), letters).run(() -> false);

        assertThat(letters.asked).containsOnly(NOW.minus(Duration.ofDays(7)));
    }

    @Test
    void leavesTheRestForTheNextTimeWhenTheServiceEnds() {
        retention(Map.of(), letters).run(() -> letters.asked.size() == 1);

        assertThat(letters.left).isEqualTo(15);
    }

    @Test
    void letsOneThatIsStuckKeepNoOtherFromItsOwnAndStillFails() {
        assertThatThrownBy(() -> retention(Map.of(), new Stuck(), letters).run(() -> false))
                .isInstanceOf(TransientDataAccessResourceException.class);

        assertThat(letters.left).isZero();
    }

    @Test
    void refusesANameThatNothingIsKeptUnder() {
        assertThatThrownBy(() -> retention(Map.of("leters", Duration.ofDays(7)), letters))
                .hasMessage("medic.retention.keep knows no leters; there is: letters");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', textBlock = """
            PT23H, PT1H, 500,   medic.retention.keep.letters is at least 1d
            PT0S,  PT1H, 500,   medic.retention.keep.letters is at least 1d
            P1D,   PT59S, 500,  medic.retention: every is at least 1m
            P1D,   PT1H, 0,     medic.retention: every is at least 1m
            P1D,   PT1H, 10001, medic.retention: every is at least 1m
            """)
    void refusesWhatWouldDeleteWhatIsStillWanted(Duration keep, Duration every, int batch, String told) {
        assertThatThrownBy(() -> new RetentionSettings(Map.of("letters", keep), every, batch))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(told);
    }
}
