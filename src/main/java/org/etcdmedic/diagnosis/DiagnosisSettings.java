package org.etcdmedic.diagnosis;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of a diagnosis ({@code medic.diagnosis.*} and {@code medic.evidence-window.*}).
 *
 * @param diagnosis time limits
 * @param evidenceWindow span of time in which log lines testify
 */
@ConfigurationProperties("medic")
record DiagnosisSettings(
        @DefaultValue Limits diagnosis, @DefaultValue Window evidenceWindow) {
    /**
     * Time limits.
     *
     * @param deadline a diagnosis ends by then, with what it has
     * @param maxAttempts so often a lost worker's diagnosis is taken up again before it is given up
     */
    record Limits(
            @DefaultValue("30s") Duration deadline,
            @DefaultValue("5") int maxAttempts) {
        Limits {
            if (deadline.compareTo(Duration.ofSeconds(5)) < 0 || maxAttempts < 1) {
                throw new IllegalArgumentException("medic.diagnosis: deadline is at least 5s, max-attempts at least 1");
            }
        }
    }

    /** How long before and after the alarm log lines testify; the alarm comes about 150 s late (row C6). */
    record Window(
            @DefaultValue("10m") Duration before,
            @DefaultValue("2m") Duration after) {}
}
