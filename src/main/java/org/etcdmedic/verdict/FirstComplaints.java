package org.etcdmedic.verdict;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.etcdmedic.evidence.Log;

/**
 * When etcd first complained of being slow, in the evidence window.
 *
 * @param first of anything
 * @param slowDisk of its disk
 * @param starved of late heartbeats while no write to its disk was slow, several times
 */
record FirstComplaints(Optional<Instant> first, Optional<Instant> slowDisk, Optional<Instant> starved) {
    /** etcd's words for having stood still, or for a leader that it did not hear: also what a machine that was paused leaves. */
    static final Set<String> STALLS =
            Set.of("wal-slow-fsync", "heartbeat-late", "raft-tick-missed", "raft-lost-leader", "raft-election-start");

    private static final String SLOW_RANGE = "range-slow";

    /** A leader is late to every follower at once: three lines of different seconds. */
    private static final int SEVERAL = 3;

    private static final Duration NEAR = Duration.ofSeconds(30);

    static FirstComplaints of(NodeCase node) {
        List<KnownLine> lines = node.inWindow(Log.Program.ETCD).stream()
                .filter(line -> STALLS.contains(line.signature().id())
                        || line.signature().id().equals(SLOW_RANGE))
                .toList();
        List<Instant> syncs = instants(lines, "wal-slow-fsync");
        List<Instant> alone = instants(lines, "heartbeat-late").stream()
                .filter(late -> syncs.stream()
                        .noneMatch(sync -> Duration.between(sync, late).abs().compareTo(NEAR) <= 0))
                .toList();
        long moments = alone.stream().map(Instant::getEpochSecond).distinct().count();
        return new FirstComplaints(
                lines.stream().flatMap(line -> line.at().stream()).min(Comparator.naturalOrder()),
                syncs.stream().min(Comparator.naturalOrder()),
                moments >= SEVERAL ? alone.stream().min(Comparator.naturalOrder()) : Optional.empty());
    }

    private static List<Instant> instants(List<KnownLine> lines, String signature) {
        return lines.stream()
                .filter(line -> line.signature().id().equals(signature))
                .flatMap(line -> line.at().stream())
                .toList();
    }

    /** How a rise stands to them: the last word of the finding's kind. */
    String relation(MetricCurve.Excess excess, Optional<Instant> ofThisKind, NodeCase node) {
        if (!excess.rose()) {
            return "as-before";
        }
        Duration late = node.outside().metrics().stream()
                .flatMap(metric -> metric.reading().known().stream())
                .map(metric -> metric.resolution())
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        Instant began = excess.from().minus(late);
        if (first.filter(began::isAfter).isPresent()) {
            return "after";
        }
        return ofThisKind.isPresent() ? "before" : "alone";
    }

    /** The first one, for a statement. */
    String text() {
        return first.map(Instants::text).orElse("-");
    }
}
