package org.etcdmedic.diagnosis.job;

import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.diagnosis.RunDiagnosis;
import org.etcdmedic.platform.job.LaterEachTime;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The durable job that runs a diagnosis. A job that fails is tried again, later each time; the job of a lost worker is
 * revived by any other one. The diagnosis counts its attempts and gives up loudly.
 */
@Configuration(proxyBeanMethods = false)
class DiagnosisJob {
    @Bean
    OneTimeTask<String> diagnosisTask(ObjectProvider<RunDiagnosis> run, ObservedRun observed, Clock clock) {
        return Tasks.oneTime(JobQueue.DIAGNOSIS)
                .onFailure(new LaterEachTime<>(clock))
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
}
