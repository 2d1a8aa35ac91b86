package org.etcdmedic.platform.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.event.SchedulerListeners;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaterEachTimeTest {
    private static final Instant NOW = Instant.parse("2026-07-01T08:00:00Z");

    @ParameterizedTest(name = "{0} failures before this one: {1} s")
    @CsvSource({
        "0, 2",
        "1, 4",
        "2, 8",
        "3, 16",
        "4, 32",
        "5, 60",
        "6, 60",
        "15, 60",
        // Doubled without a limit, these would overflow and wait for nothing, or for ever.
        "31, 60",
        "62, 60",
        "63, 60",
        "64, 60",
        "2147483645, 60"
    })
    void waitsFromNowTwiceAsLongEachTimeAndNeverLongerThanAMinute(int before, long seconds) {
        assertThat(triedAgain(before)).containsExactly(NOW.plusSeconds(seconds));
    }

    /** When the job is to run again that is failing now, after so many failures in a row. */
    private static List<Instant> triedAgain(int before) {
        var times = new ArrayList<Instant>();
        var execution = new Execution(NOW.minus(Duration.ofHours(1)), new TaskInstance<Void>("case", "c1"));
        execution.consecutiveFailures = before;
        var failure = ExecutionComplete.failure(execution, NOW, NOW, new IllegalStateException("the database is away"));
        new LaterEachTime<Void>(Clock.fixed(NOW, ZoneOffset.UTC)).onFailure(failure, new Noted(execution, times));
        return times;
    }

    private static final class Noted extends ExecutionOperations<Void> {
        private final List<Instant> times;

        Noted(Execution execution, List<Instant> times) {
            super(null, new SchedulerListeners(), execution);
            this.times = times;
        }

        @Override
        public void reschedule(ExecutionComplete complete, Instant next) {
            times.add(next);
        }
    }
}
