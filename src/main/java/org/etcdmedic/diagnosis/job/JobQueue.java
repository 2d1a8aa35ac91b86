package org.etcdmedic.diagnosis.job;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import java.time.Instant;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Queues jobs inside the caller's transaction and wakes the workers as soon as it is committed. */
@Component
public class JobQueue {
    static final TaskDescriptor<Void> DIAGNOSIS = TaskDescriptor.of("diagnosis");

    private final ObjectProvider<SchedulerClient> client;

    JobQueue(ObjectProvider<SchedulerClient> client) {
        this.client = client;
    }

    /** Queues the job of a diagnosis. It exists if and only if the transaction commits. */
    public void queue(DiagnosisId id, Instant now) {
        SchedulerClient scheduler = client.getObject();
        scheduler.scheduleIfNotExists(DIAGNOSIS.instance(id.toString()).scheduledTo(now));
        // The library's own trigger fires before the commit and finds nothing; the next poll would come a second later.
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                if (scheduler instanceof Scheduler running) {
                    running.triggerCheckForDueExecutions();
                }
            }
        });
    }
}
