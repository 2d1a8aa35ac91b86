package org.etcdmedic.verdict;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.etcdmedic.evidence.Metric;
import org.etcdmedic.evidence.OutsideEvidence.MetricReading;
import org.etcdmedic.evidence.Reading;

/** What monitoring was asked for row O4 and did not tell, or told in a way that nothing can be said of it. */
final class MetricGaps {
    /** Metrics of which a node has one series only: a second one belongs to another machine or another exporter. */
    private static final Set<String> SINGLE = Set.of("cpu-busy", "cpu-steal", "memory-available");

    private MetricGaps() {}

    /** One observation for all of them. */
    static Optional<Observation> of(NodeCase node) {
        var metrics = new ArrayList<String>();
        var reasons = new ArrayList<String>();
        for (MetricReading metric : node.outside().metrics().stream()
                .sorted(Comparator.comparing(MetricReading::id))
                .toList()) {
            if (metric.needed()) {
                reason(node, metric).ifPresent(reason -> {
                    metrics.add(metric.id());
                    if (!reasons.contains(reason)) {
                        reasons.add(reason);
                    }
                });
            }
        }
        return metrics.isEmpty()
                ? Optional.empty()
                : Optional.of(new Observation.NotLooked(
                        "O4", Reading.Gap.OUTSIDE, String.join(", ", metrics) + ": " + String.join("; ", reasons)));
    }

    private static Optional<String> reason(NodeCase node, MetricReading reading) {
        return switch (reading.reading()) {
            case Reading.Unknown<Metric> unknown -> Optional.of(unknown.detail());
            case Reading.Known<Metric>(Metric metric, var ignored) -> reason(node, metric);
        };
    }

    private static Optional<String> reason(NodeCase node, Metric metric) {
        if (!metric.warnings().isEmpty()) {
            return Optional.of(
                    "it warns of its own answer: " + metric.warnings().getFirst());
        }
        List<String> devices =
                metric.series().stream().map(series -> series.label("device")).toList();
        boolean twice = devices.stream().distinct().count() < devices.size();
        if (twice || (SINGLE.contains(metric.id()) && metric.series().size() > 1)) {
            return Optional.of("several series match this node");
        }
        if (metric.id().equals("disk-utilisation")
                && metric.series().stream()
                        .allMatch(series ->
                                MeasuredDevice.compare(node, series.label("device")) == DiskName.Match.OTHER)) {
            return Optional.of("the disk of etcd's data directory is not among those measured");
        }
        // A disk that wrote nothing has no latency: the best told series speaks for the metric.
        List<Optional<String>> gaps = metric.series().stream()
                .map(series -> new MetricCurve(series.points(), node.window(), metric.resolution())
                        .gap(node.window().to()))
                .toList();
        return gaps.stream().anyMatch(Optional::isEmpty)
                ? Optional.empty()
                : gaps.stream().flatMap(Optional::stream).findFirst();
    }
}
