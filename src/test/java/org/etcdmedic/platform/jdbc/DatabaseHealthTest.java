package org.etcdmedic.platform.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;
import org.springframework.dao.DataAccessResourceFailureException;

class DatabaseHealthTest {
    private final AtomicLong now = new AtomicLong();
    private final AtomicBoolean away = new AtomicBoolean();
    private final AtomicInteger looks = new AtomicInteger();

    private void look() {
        looks.incrementAndGet();
        if (away.get()) {
            throw new DataAccessResourceFailureException("secret words of the driver");
        }
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void isUpWhileTheDatabaseAnswers() {
        var health = new DatabaseHealth(this::look, now::get);

        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void isDownBeforeTheDatabaseEverAnswered() {
        away.set(true);
        var health = new DatabaseHealth(this::look, now::get);

        assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.health().getDetails())
                .containsEntry("trouble", "the last look ended with DataAccessResourceFailureException");
    }

    @Test
    void oneFailedLookSaysNothingYetAndFiveSecondsOfThemDo() {
        var health = new DatabaseHealth(this::look, now::get);
        health.health();
        away.set(true);

        pass(Duration.ofSeconds(4));
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
        pass(Duration.ofSeconds(2));
        assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);

        away.set(false);
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void aLookThatHangsHoldsUpNobodyAndIsNotBegunTwice() {
        var end = new CountDownLatch(1);
        var health = new DatabaseHealth(
                () -> {
                    looks.incrementAndGet();
                    try {
                        end.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                now::get);
        long begun = System.nanoTime();

        assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
        assertThat(looks).hasValue(1);
        end.countDown();
    }
}
