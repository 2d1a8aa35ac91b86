package org.etcdmedic.ticketing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.etcdmedic.ticketing.target.Answer;
import org.etcdmedic.ticketing.target.Receipt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
    private static final RandomGenerator NONE = new Random(1) {
        private static final long serialVersionUID = 1L;

        @Override
        public double nextDouble() {
            return 0;
        }
    };

    @ParameterizedTest
    @CsvSource({"1, PT5S", "2, PT5M", "3, PT30M", "4, PT2H", "5, PT5H", "6, PT10H", "7, PT14H", "8, PT20H", "9, PT24H"})
    void waitsAsStandardWebhooksAdvise(int failed, Duration wait) {
        assertThat(new Schedule(NONE).after(failed, Optional.empty())).contains(wait);
        for (int seed = 0; seed < 200; seed++) {
            Duration jittered = new Schedule(new Random(seed))
                    .after(failed, Optional.empty())
                    .orElseThrow();
            assertThat(jittered).isBetween(wait, wait.plus(wait.dividedBy(10)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 11, 100})
    void givesUpAfterTheTenth(int failed) {
        assertThat(new Schedule(NONE).after(failed, Optional.of(Duration.ofSeconds(1))))
                .isEmpty();
    }

    @Test
    void honoursHowLongATargetWantsToBeLeftAloneWithinADay() {
        var schedule = new Schedule(NONE);
        assertThat(schedule.after(1, Optional.of(Duration.ofMinutes(2)))).contains(Duration.ofMinutes(2));
        assertThat(schedule.after(2, Optional.of(Duration.ofSeconds(1)))).contains(Duration.ofMinutes(5));
        assertThat(schedule.after(1, Optional.of(Duration.ofDays(900)))).contains(Duration.ofHours(24));
    }

    @Test
    void everyStatusHasOneMeaning() {
        for (int status = 100; status < 600; status++) {
            Receipt receipt = Receipt.ofStatus(
                    new Answer(status, "secret text", Optional.of(Duration.ofSeconds(7)), Optional.empty()));
            Class<? extends Receipt> meant = status >= 200 && status < 300
                    ? Receipt.Accepted.class
                    : status == 410
                            ? Receipt.Gone.class
                            : status == 408 || status == 425 || status == 429 || status >= 500
                                    ? Receipt.RetryLater.class
                                    : Receipt.Refused.class;
            assertThat(receipt).as("status " + status).isInstanceOf(meant);
            assertThat(receipt.toString()).doesNotContain("secret text");
        }
        assertThat(Receipt.ofStatus(new Answer(429, "", Optional.of(Duration.ofSeconds(7)), Optional.empty())))
                .isEqualTo(new Receipt.RetryLater(Optional.of(Duration.ofSeconds(7)), "status 429"));
    }

    @Test
    void readsRetryAfterInBothForms() {
        Instant now = Instant.parse("2026-11-23T10:00:00Z");
        assertThat(Post.retryAfter("120", now)).contains(Duration.ofMinutes(2));
        assertThat(Post.retryAfter("Mon, 23 Nov 2026 10:05:00 GMT", now)).contains(Duration.ofMinutes(5));
        assertThat(Post.retryAfter("Mon, 23 Nov 2026 09:00:00 GMT", now)).isEmpty();
        assertThat(Post.retryAfter("99999999999999999999", now)).isEmpty();
        assertThat(Post.retryAfter("soon", now)).isEmpty();
    }
}
