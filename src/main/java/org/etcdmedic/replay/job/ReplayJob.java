package org.etcdmedic.replay.job;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.etcdmedic.replay.ReplayId;
import org.etcdmedic.replay.RunReplay;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The durable job that runs a replay, slice by slice. The job of a lost worker is revived by any other one, which goes on
 * with the diagnosis that was under way.
 */
@Configuration(proxyBeanMethods = false)
class ReplayJob {
    private static final Logger log = LoggerFactory.getLogger(ReplayJob.class);
    private static final long LONGEST_WAIT_SECONDS = 60;

    @Bean
    CustomTask<Void> replayTask(ObjectProvider<RunReplay> run, Clock clock) {
        return Tasks.custom(ReplayQueue.REPLAY)
                .onFailure(retryLater(clock))
                .onDeadExecutionRevive()
                .execute((instance, context) -> run.getObject()
                        .slice(new ReplayId(UUID.fromString(instance.getId())))
                        .<CompletionHandler<Void>>map(after -> (complete, operations) ->
                                operations.reschedule(complete, clock.instant().plus(after)))
                        .orElseGet(CompletionHandler.OnCompleteRemove::new));
    }

    /** What fails here is the database or the process; a case that cannot be judged is told in the replay. */
    private static FailureHandler<Void> retryLater(Clock clock) {
        return (ExecutionComplete complete, ExecutionOperations<Void> operations) -> {
            int failures = complete.getExecution().consecutiveFailures + 1;
            Duration wait = Duration.ofSeconds(Math.min(LONGEST_WAIT_SECONDS, 1L << Math.min(failures, 16)));
            log.warn(
                    "replay {} came to a halt ({}); it goes on in {} s",
                    complete.getExecution().taskInstance.getId(),
                    complete.getCause()
                            .map(cause -> cause.getClass().getSimpleName())
                            .orElse("unknown"),
                    wait.toSeconds());
            operations.reschedule(complete, clock.instant().plus(wait));
        };
    }
}
