package org.etcdmedic.diagnosis.job;

import java.time.Duration;
import java.util.ArrayList;
import org.etcdmedic.platform.Wellness;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Whether the queue moves, over all replicas. */
@Component("queueHealthIndicator")
class QueueHealth implements HealthIndicator {
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final QueueMetrics queue;

    QueueHealth(QueueMetrics queue) {
        this.queue = queue;
    }

    @Override
    public Health health() {
        var troubles = new ArrayList<String>();
        double oldest = queue.value(QueueMetrics.OLDEST);
        double lost = queue.value(QueueMetrics.LOST);
        if (Double.isNaN(oldest)) {
            troubles.add("the database does not tell how the queue stands");
        }
        if (oldest > LONGEST_WAIT.toSeconds()) {
            troubles.add("the first in the queue has been due for %.0f s".formatted(oldest));
        }
        if (lost > 0) {
            troubles.add("%.0f open diagnoses have no job that would end them".formatted(lost));
        }
        return Wellness.of(troubles)
                .withDetail("waiting", queue.value(QueueMetrics.WAITING))
                .withDetail("oldestSeconds", oldest)
                .build();
    }
}
