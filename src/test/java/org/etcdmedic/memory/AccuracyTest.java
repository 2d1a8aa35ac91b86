package org.etcdmedic.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.etcdmedic.diagnosis.Sightings.Concluded;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.memory.Accuracy.Count;
import org.etcdmedic.memory.Feedbacks.Answers;
import org.etcdmedic.memory.Statement.Said;
import org.etcdmedic.verdict.Verdict.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccuracyTest {
    private static final CauseCode FULL = new CauseCode("ETCD_DISK_FULL");
    private static final CauseCode CLOCK = new CauseCode("CLOCK_SKEW");

    @Test
    void keepsWhatIsConfirmedApartFromWhatIsLikelyAndCountsWhatNobodyAnswered() {
        Accuracy accuracy = Accuracy.of(
                List.of(
                        new Concluded(Outcome.CONFIRMED, FULL, 12),
                        new Concluded(Outcome.LIKELY, FULL, 3),
                        new Concluded(Outcome.CONFIRMED, CLOCK, 1)),
                List.of(
                        new Answers(Outcome.CONFIRMED, FULL, Said.RIGHT, Optional.empty(), 4),
                        new Answers(Outcome.CONFIRMED, FULL, Said.RIGHT, Optional.of(FULL), 1),
                        new Answers(Outcome.CONFIRMED, FULL, Said.PARTLY, Optional.of(CLOCK), 2),
                        new Answers(Outcome.LIKELY, FULL, Said.WRONG, Optional.of(CLOCK), 1)));

        assertThat(accuracy.outcomes())
                .containsExactly(
                        new Accuracy.OfOutcome(Outcome.CONFIRMED, new Count(13, 5, 2, 0)),
                        new Accuracy.OfOutcome(Outcome.LIKELY, new Count(3, 0, 0, 1)));
        assertThat(accuracy.causes())
                .containsExactly(
                        new Accuracy.OfCause(CLOCK, Outcome.CONFIRMED, new Count(1, 0, 0, 0)),
                        new Accuracy.OfCause(FULL, Outcome.CONFIRMED, new Count(12, 5, 2, 0)),
                        new Accuracy.OfCause(FULL, Outcome.LIKELY, new Count(3, 0, 0, 1)));
        assertThat(accuracy.causes().get(1).count().unanswered()).isEqualTo(5);
        assertThat(accuracy.causes().getFirst().count().share()).isEmpty();
        assertThat(accuracy.confusion()).containsExactly(new Accuracy.Mixup(FULL, CLOCK, 3));
    }

    /** Wilson (1927), as tabled by others: of few no share is certain, and none of one. */
    @ParameterizedTest
    @CsvSource({
        "8, 10, 0.4902, 0.9433",
        "0, 10, 0.0000, 0.2775",
        "10, 10, 0.7225, 1.0000",
        "1, 1, 0.2065, 1.0000",
        "90, 100, 0.8256, 0.9448"
    })
    void givesAShareWithWhatItMayReallyBe(int right, int all, double low, double high) {
        Accuracy.Share share = new Count(500, right, 0, all - right).share().orElseThrow();

        assertThat(share.right()).isEqualTo((double) right / all);
        assertThat(share.low()).isCloseTo(low, within(0.0001));
        assertThat(share.high()).isCloseTo(high, within(0.0001));
    }
}
