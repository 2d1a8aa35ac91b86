package org.etcdmedic.diagnosis;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the queue ({@code medic.queue.*}).
 *
 * @param mostWaiting so many diagnoses wait for a worker; one more is refused. Requests at the same moment may each see the last
 *     place free, so that it is exceeded by the few that run side by side
 */
@ConfigurationProperties("medic.queue")
public record QueueSettings(@DefaultValue("10000") int mostWaiting) {
    /** Checks it. */
    public QueueSettings {
        if (mostWaiting < 1) {
            throw new IllegalArgumentException("medic.queue.most-waiting is at least 1");
        }
    }
}
