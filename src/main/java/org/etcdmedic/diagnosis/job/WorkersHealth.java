package org.etcdmedic.diagnosis.job;

import com.github.kagkarlsson.scheduler.Scheduler;
import java.util.List;
import org.etcdmedic.platform.Wellness;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Whether this process takes jobs. */
@Component("workersHealthIndicator")
class WorkersHealth implements HealthIndicator {
    private final ObjectProvider<Scheduler> scheduler;

    WorkersHealth(ObjectProvider<Scheduler> scheduler) {
        this.scheduler = scheduler;
    }

    @Override
    public Health health() {
        Scheduler workers = scheduler.getObject();
        var state = workers.getSchedulerState();
        boolean take = state.isStarted() && !state.isShuttingDown() && !state.isPaused();
        return Wellness.of(take ? List.of() : List.of("this process takes no jobs: its workers are not running"))
                .withDetail("running", workers.getCurrentlyExecuting().size())
                .build();
    }
}
