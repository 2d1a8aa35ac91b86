package org.etcdmedic.diagnosis.job;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.etcdmedic.diagnosis.Diagnoses;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.diagnosis.RunDiagnosis;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The durable job that runs a diagnosis. A job that fails is tried again, later each time, and given up loudly; the job of
 * a lost worker is revived by any other one.
 */
@Configuration(proxyBeanMethods = false)
class DiagnosisJob {
    private static final Logger log = LoggerFactory.getLogger(DiagnosisJob.class);
    private static final int RETRIES = 5;

    @Bean
    OneTimeTask<Void> diagnosisTask(
            ObjectProvider<RunDiagnosis> run, ObjectProvider<Diagnoses> diagnoses, Clock clock) {
        return Tasks.oneTime(JobQueue.DIAGNOSIS)
                .onFailure(retryThenFail(diagnoses, clock))
                .onDeadExecutionRevive()
                .execute((instance, context) ->
                        run(run.getObject(), new DiagnosisId(UUID.fromString(instance.getId()))));
    }

    private static void run(RunDiagnosis run, DiagnosisId id) {
        try {
            run.run(id);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(
                    "interrupted while running diagnosis " + id + "; it goes back to the queue", e);
        }
    }

    private static FailureHandler<Void> retryThenFail(ObjectProvider<Diagnoses> diagnoses, Clock clock) {
        return (ExecutionComplete complete, ExecutionOperations<Void> operations) -> {
            var id = new DiagnosisId(
                    UUID.fromString(complete.getExecution().taskInstance.getId()));
            int failures = complete.getExecution().consecutiveFailures + 1;
            String reason = complete.getCause()
                    .map(cause -> cause.getClass().getSimpleName())
                    .orElse("unknown");
            if (failures > RETRIES) {
                log.error("diagnosis {} failed {} times and is given up: {}", id, failures, reason);
                diagnoses.getObject().fail(id, "failed " + failures + " times: " + reason, clock.instant());
                operations.remove();
            } else {
                Duration wait = Duration.ofSeconds(1L << failures);
                log.warn("diagnosis {} failed ({}); it is tried again in {} s", id, reason, wait.toSeconds());
                operations.reschedule(complete, clock.instant().plus(wait));
            }
        };
    }
}
