package org.etcdmedic.diagnosis.job;

import com.github.kagkarlsson.scheduler.Clock;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** The time by which jobs are due and workers are lost: the one that all replicas share. */
@Component
class JobClock implements Clock {
    private final java.time.Clock shared;

    JobClock(java.time.Clock shared) {
        this.shared = shared;
    }

    @Override
    public Instant now() {
        return shared.instant();
    }
}
