package org.etcdmedic.verdict;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.etcdmedic.verdict.MetricCurve.Limit;

/** From which value on a metric is trouble. */
public final class MetricLimits {
    private static final Map<String, Limit> LIMITS = Map.of(
            // Ten times what etcd's guide asks of a disk (99 of 100 syncs within 10 ms), as the mean of all its writes.
            "disk-write-latency", new Limit(0.1, true),
            // cm_agent's own limit of a busy disk is of this size; a disk that works in parallel can be busy and yet
            // fast.
            "disk-utilisation", new Limit(0.95, true),
            "cpu-busy", new Limit(0.95, true),
            "cpu-steal", new Limit(0.10, true),
            "memory-available", new Limit(0.05, false),
            // etcd itself writes a warning from here on (wal.go, warnSyncDuration).
            "etcd-wal-sync", new Limit(1.0, true));

    private MetricLimits() {}

    /** The limit of the metric with this id; empty for one that has none. */
    public static OptionalDouble of(String metric) {
        return Optional.ofNullable(LIMITS.get(metric)).stream()
                .mapToDouble(Limit::value)
                .findFirst();
    }

    static Limit limit(String metric) {
        return Optional.ofNullable(LIMITS.get(metric))
                .orElseThrow(() -> new IllegalArgumentException("no limit of " + metric));
    }
}
