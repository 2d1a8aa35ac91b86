package org.etcdmedic.diagnosis.job;

import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.diagnosis.RunDiagnosis;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The durable job that runs a diagnosis. A job that fails is tried again, later each time; the job of a lost worker is
 * revived by any other one. The diagnosis counts its attempts and gives up loudly.
 */
@Configuration(proxyBeanMethods = false)
class DiagnosisJob {
    private static final Logger log = LoggerFactory.getLogger(DiagnosisJob.class);
    private static final long LONGEST_WAIT_SECONDS = 60;

    @Bean
    OneTimeTask<String> diagnosisTask(ObjectProvider<RunDiagnosis> run, ObservedRun observed, JobClock clock) {
        return Tasks.oneTime(JobQueue.DIAGNOSIS)
                .onFailure(retryLater(clock))
                .onDeadExecutionRevive()
                .execute((instance, context) -> run(run.getObject(), observed, context.getExecution()));
    }

    private static void run(RunDiagnosis run, ObservedRun observed, Execution job) {
        var id = new DiagnosisId(UUID.fromString(job.taskInstance.getId()));
        var parent = Optional.ofNullable((String) job.taskInstance.getData());
        try {
            observed.run(id, parent, job.executionTime, run::run);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(
                    "interrupted while running diagnosis " + id + "; it goes back to the queue", e);
        }
    }

    /** What fails here is the database or the process; how often is enough, the diagnosis itself counts. */
    private static FailureHandler<String> retryLater(JobClock clock) {
        return (ExecutionComplete complete, ExecutionOperations<String> operations) -> {
            int failures = complete.getExecution().consecutiveFailures + 1;
            Duration wait = Duration.ofSeconds(Math.min(LONGEST_WAIT_SECONDS, 1L << Math.min(failures, 16)));
            log.warn(
                    "diagnosis {} came to no end ({}); it is tried again in {} s",
                    complete.getExecution().taskInstance.getId(),
                    complete.getCause()
                            .map(cause -> cause.getClass().getSimpleName())
                            .orElse("unknown"),
                    wait.toSeconds());
            operations.reschedule(complete, clock.now().plus(wait));
        };
    }
}
