package org.etcdmedic.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EvidenceWindowTest {
    private static final Instant ALARM = Instant.parse("2026-11-23T12:00:00Z");
    private static final EvidenceWindow WINDOW =
            EvidenceWindow.around(ALARM, Duration.ofMinutes(10), Duration.ofMinutes(2));

    @Test
    void opensLaterWhenWhatWasBeforeHasBeenJudged() {
        EvidenceWindow window = WINDOW.notBefore(ALARM.minusSeconds(60));

        assertThat(window.contains(ALARM.minusSeconds(61))).isFalse();
        assertThat(window.contains(ALARM.minusSeconds(60))).isTrue();
        assertThat(window.to()).isEqualTo(WINDOW.to());
        assertThat(window.alarmedAt()).isEqualTo(ALARM);
    }

    @Test
    void neverOpensEarlierThanItDid() {
        assertThat(WINDOW.notBefore(ALARM.minus(Duration.ofDays(1)))).isEqualTo(WINDOW);
    }

    @Test
    void opensAtTheAlarmAtTheLatest() {
        assertThat(WINDOW.notBefore(ALARM.plusSeconds(3600)).from()).isEqualTo(ALARM);
    }
}
