package org.etcdmedic.platform.job;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A job that failed is tried again, later each time: after 2, 4, 8, 16 and 32 seconds, and then every minute. It is never given up
 * here: what fails a job is the database or the process, and what is wrong with a case is told in the case.
 *
 * <p>The library's own handler doubles the wait without an end: a job would still wait for hours when the database has long been back.
 *
 * @param <T> what the job carries
 */
public final class LaterEachTime<T> implements FailureHandler<T> {
    private static final Logger log = LoggerFactory.getLogger(LaterEachTime.class);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    /** Doubled so often it is longer than the longest wait by far; a few dozen times more, and it would overflow. */
    private static final int MOST_DOUBLINGS = 16;

    private final Clock clock;

    /** By the clock that all replicas share. */
    public LaterEachTime(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void onFailure(ExecutionComplete complete, ExecutionOperations<T> operations) {
        Duration wait = waitAfter(complete.getExecution().consecutiveFailures + 1);
        log.warn(
                "{} {} came to a halt ({}); it is tried again in {} s",
                complete.getExecution().getTaskName(),
                complete.getExecution().getId(),
                complete.getCause()
                        .map(cause -> cause.getClass().getSimpleName())
                        .orElse("unknown"),
                wait.toSeconds());
        operations.reschedule(complete, clock.instant().plus(wait));
    }

    /**
     * How long a job waits.
     *
     * @param failures so often it failed without a success in between
     */
    static Duration waitAfter(int failures) {
        Duration doubled = Duration.ofSeconds(1L << Math.min(failures, MOST_DOUBLINGS));
        return doubled.compareTo(LONGEST_WAIT) < 0 ? doubled : LONGEST_WAIT;
    }
}
