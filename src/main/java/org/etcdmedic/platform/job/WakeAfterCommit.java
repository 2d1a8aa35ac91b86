package org.etcdmedic.platform.job;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Lets the workers of this process look for due jobs as soon as the caller's transaction is committed. The library's own trigger
 * fires before the commit and finds nothing; the next poll would come a second later.
 */
public final class WakeAfterCommit implements TransactionSynchronization {
    private final SchedulerClient scheduler;

    private WakeAfterCommit(SchedulerClient scheduler) {
        this.scheduler = scheduler;
    }

    /** Wakes the workers of this scheduler when the caller's transaction is committed, and never when it is not. */
    public static void of(SchedulerClient scheduler) {
        TransactionSynchronizationManager.registerSynchronization(new WakeAfterCommit(scheduler));
    }

    @Override
    public void afterCommit() {
        // A client without workers of its own has nobody to wake.
        if (scheduler instanceof Scheduler running) {
            running.triggerCheckForDueExecutions();
        }
    }
}
