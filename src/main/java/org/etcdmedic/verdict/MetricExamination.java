package org.etcdmedic.verdict;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.etcdmedic.evidence.Metric;
import org.etcdmedic.evidence.Reading;
import org.etcdmedic.evidence.Source;
import org.etcdmedic.verdict.MetricCurve.Excess;
import org.etcdmedic.verdict.MetricCurve.Limit;

/**
 * Row O4: which metric rose near the alarm, when, by how much against the time before, and whether before or after etcd
 * complained. What was not measured is a gap. Metrics alone make a cause likely; with etcd's own complaint they confirm it.
 */
final class MetricExamination implements Examination {
    private static final Limit SLOW_WRITE = MetricLimits.limit("disk-write-latency");
    private static final Limit BUSY_DISK = MetricLimits.limit("disk-utilisation");
    private static final Limit BUSY_CPU = MetricLimits.limit("cpu-busy");
    private static final Limit STOLEN_CPU = MetricLimits.limit("cpu-steal");
    private static final Limit SHORT_MEMORY = MetricLimits.limit("memory-available");
    private static final Limit STALLED_SYNC = MetricLimits.limit("etcd-wal-sync");

    /** etcd's FAQ: 99 of 100 syncs of the log within 10 ms, commits within 25 ms. */
    private static final Limit SLOW_SYNC = new Limit(0.010, true);

    private static final Limit SLOW_COMMIT = new Limit(0.025, true);

    @Override
    public List<Observation> examine(NodeCase node) {
        if (node.outside().metrics().isEmpty()) {
            return List.of();
        }
        FirstComplaints complaints = FirstComplaints.of(node);
        var seen = new ArrayList<Observation>();
        disk(node, complaints).ifPresent(seen::add);
        processors(node, complaints).ifPresent(seen::add);
        memory(node, complaints).ifPresent(seen::add);
        seen.addAll(etcd(node));
        Optional<Observation> gap = MetricGaps.of(node);
        gap.ifPresent(seen::add);
        if (seen.isEmpty()) {
            seen.add(quiet(node));
        }
        return seen;
    }

    /** An excess of one series, with what it was read from. */
    private record Found(String device, Excess excess, Source source) {}

    private static Stream<Found> found(NodeCase node, String metric, Limit limit) {
        return node.outside().metric(metric).stream()
                .flatMap(known -> curves(node, known)
                        .flatMap(curve -> curve.curve().excess(limit).stream()
                                .map(excess -> new Found(curve.device(), excess, known.source()))));
    }

    private record Named(String device, MetricCurve curve) {}

    private static Stream<Named> curves(NodeCase node, Reading.Known<Metric> known) {
        return known.value().series().stream()
                .map(series -> new Named(
                        series.label("device"),
                        new MetricCurve(
                                series.points(), node.window(), known.value().resolution())));
    }

    private static String peak(NodeCase node, String metric) {
        return node.outside().metric(metric).stream()
                .flatMap(known -> curves(node, known))
                .flatMap(named -> named.curve().peak(true).stream())
                .max(Comparator.naturalOrder())
                .map(MetricExamination::percent)
                .orElse("?");
    }

    private static Optional<Observation> disk(NodeCase node, FirstComplaints complaints) {
        Optional<Found> slow = worstPlaced(node, found(node, "disk-write-latency", SLOW_WRITE));
        if (slow.isPresent()) {
            Found disk = slow.get();
            String where = place(node, disk);
            String kind = where.equals("elsewhere")
                    ? "metric-disk-slow-elsewhere"
                    : where + "-" + complaints.relation(disk.excess(), complaints.slowDisk(), node);
            return Optional.of(told(kind, disk, complaints, MetricExamination::milliseconds));
        }
        return worstPlaced(node, found(node, "disk-utilisation", BUSY_DISK))
                .filter(disk -> disk.excess().rose())
                .filter(disk -> !place(node, disk).equals("elsewhere"))
                .map(disk -> told("metric-disk-busy", disk, complaints, MetricExamination::percent));
    }

    private static String place(NodeCase node, Found found) {
        return switch (MeasuredDevice.compare(node, found.device())) {
            case SAME -> "metric-disk-slow";
            case SHARED, UNKNOWN -> "metric-disk-slow-unplaced";
            case OTHER -> "elsewhere";
        };
    }

    /** That of etcd's disk, else of one that may be it, else of another. */
    private static Optional<Found> worstPlaced(NodeCase node, Stream<Found> found) {
        return found.min(
                Comparator.comparing((Found f) -> MeasuredDevice.compare(node, f.device()) == DiskName.Match.OTHER)
                        .thenComparing(f -> MeasuredDevice.compare(node, f.device()) == DiskName.Match.UNKNOWN)
                        .thenComparing(Comparator.comparingDouble(
                                        (Found f) -> f.excess().peak())
                                .reversed()));
    }

    private static Optional<Observation> processors(NodeCase node, FirstComplaints complaints) {
        return Stream.concat(found(node, "cpu-busy", BUSY_CPU), found(node, "cpu-steal", STOLEN_CPU))
                .min(Comparator.comparing((Found f) -> !f.excess().rose())
                        .thenComparing(f -> f.excess().from()))
                .map(cpu -> new Observation.Seen(
                        "metric-cpu-full-" + complaints.relation(cpu.excess(), complaints.starved(), node),
                        Map.of(
                                "busy", peak(node, "cpu-busy"),
                                "steal", peak(node, "cpu-steal"),
                                "from", Instants.text(cpu.excess().from()),
                                "complaintAt", complaints.text(),
                                "usual",
                                        cpu.excess()
                                                .usual()
                                                .map(MetricExamination::percent)
                                                .orElse("?")),
                        List.of(cpu.source()),
                        Optional.of(cpu.excess().from())));
    }

    private static Optional<Observation> memory(NodeCase node, FirstComplaints complaints) {
        return found(node, "memory-available", SHORT_MEMORY)
                .findFirst()
                .map(memory -> told(
                        "metric-memory-short-" + complaints.relation(memory.excess(), Optional.empty(), node),
                        memory,
                        complaints,
                        MetricExamination::percent));
    }

    private static List<Observation> etcd(NodeCase node) {
        FirstComplaints none = FirstComplaints.of(node);
        var seen = new ArrayList<Observation>();
        Optional<Found> stalled = found(node, "etcd-wal-sync", STALLED_SYNC).findFirst();
        stalled.ifPresent(
                sync -> seen.add(told("metric-etcd-sync-stalled", sync, none, MetricExamination::milliseconds)));
        if (stalled.isEmpty()) {
            found(node, "etcd-wal-sync", SLOW_SYNC)
                    .filter(sync -> sync.excess().rose())
                    .findFirst()
                    .ifPresent(sync ->
                            seen.add(told("metric-etcd-sync-slow", sync, none, MetricExamination::milliseconds)));
        }
        found(node, "etcd-commit", SLOW_COMMIT)
                .filter(commit -> commit.excess().rose())
                .findFirst()
                .ifPresent(commit ->
                        seen.add(told("metric-etcd-commit-slow", commit, none, MetricExamination::milliseconds)));
        return seen;
    }

    private static Observation quiet(NodeCase node) {
        List<Source> sources = node.outside().metrics().stream()
                .flatMap(metric -> Sources.of(metric.reading()).stream())
                .toList();
        return new Observation.Seen(
                "metrics-quiet",
                Map.of("busy", peak(node, "cpu-busy"), "disk", peak(node, "disk-utilisation")),
                sources,
                Optional.empty());
    }

    private interface Unit {
        String text(double value);
    }

    private static Observation told(String kind, Found found, FirstComplaints complaints, Unit unit) {
        Excess excess = found.excess();
        Instant from = excess.from();
        return new Observation.Seen(
                kind,
                Map.of(
                        "disk", found.device().isEmpty() ? "?" : found.device(),
                        "peak", unit.text(excess.peak()),
                        "usual", excess.usual().map(unit::text).orElse("?"),
                        "from", Instants.text(from),
                        "complaintAt", complaints.text()),
                List.of(found.source()),
                Optional.of(from));
    }

    private static String percent(double share) {
        return Math.round(share * 100) + " %";
    }

    private static String milliseconds(double seconds) {
        return seconds < 0.01
                ? String.format(Locale.ROOT, "%.1f ms", seconds * 1000)
                : Math.round(seconds * 1000) + " ms";
    }
}
