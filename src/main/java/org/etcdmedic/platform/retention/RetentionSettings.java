package org.etcdmedic.platform.retention;

import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long what is kept ({@code medic.retention.*}).
 *
 * @param keep by what is swept; what is not named is kept as long as its room says
 * @param every how long after the last sweep the next one begins
 * @param batch so many are deleted in one transaction, which bounds for how long their rows are locked
 */
@ConfigurationProperties("medic.retention")
record RetentionSettings(
        @DefaultValue Map<String, Duration> keep,
        @DefaultValue("1h") Duration every,
        @DefaultValue("500") int batch) {
    private static final Duration SHORTEST = Duration.ofDays(1);

    /** Refuses what would delete what is still wanted. */
    RetentionSettings {
        keep = Map.copyOf(keep);
        keep.forEach((of, span) -> {
            if (span.compareTo(SHORTEST) < 0) {
                throw new IllegalArgumentException(
                        "medic.retention.keep." + of + " is at least 1d; it is a span as 90d, not " + span);
            }
        });
        if (every.compareTo(Duration.ofMinutes(1)) < 0 || batch < 1 || batch > 10_000) {
            throw new IllegalArgumentException("medic.retention: every is at least 1m, batch is between 1 and 10000");
        }
    }
}
