package org.etcdmedic.page.measured;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import org.etcdmedic.evidence.EvidenceWindow;
import org.etcdmedic.evidence.Log;
import org.etcdmedic.evidence.Metric;
import org.etcdmedic.evidence.NodeEvidence;
import org.etcdmedic.evidence.Reading;
import org.etcdmedic.knowledge.Knowledge;
import org.etcdmedic.knowledge.SignatureEngine;
import org.etcdmedic.knowledge.SignatureMatch;
import org.etcdmedic.page.measured.Measured.Silence;
import org.etcdmedic.page.picture.Plot.Series;
import org.etcdmedic.platform.Texts;
import org.etcdmedic.verdict.GoDuration;

/** What the logs themselves measured: how long etcd's slow work took, and how busy cm_agent saw the disk and the processors. */
final class LogCurves {
    private static final Set<String> SYNCS = Set.of("wal-slow-fsync");
    private static final Set<String> REQUESTS =
            Set.of("range-slow", "apply-entries-slow-legacy", "unary-request-slow", "trace-slow");
    private static final Set<String> HEARTBEATS = Set.of("heartbeat-late");
    private static final Set<String> DISKS = Set.of("cma-disk-utilisation");

    /** etcd writes of a sync only from here on (wal.go, warnSyncDuration). */
    private static final OptionalDouble SYNC_LIMIT = OptionalDouble.of(1);

    private final SignatureEngine signatures;
    private final Knowledge knowledge;

    LogCurves(SignatureEngine signatures, Knowledge knowledge) {
        this.signatures = signatures;
        this.knowledge = knowledge;
    }

    /** What stands in the logs of these nodes within the window. */
    List<Quantity> of(List<NodeEvidence> nodes, EvidenceWindow window, Texts texts) {
        var syncs = new ArrayList<Series>();
        var requests = new ArrayList<Series>();
        var heartbeats = new ArrayList<Series>();
        var disks = new ArrayList<Series>();
        var processors = new ArrayList<Series>();
        for (int i = 0; i < nodes.size(); i++) {
            NodeEvidence node = nodes.get(i);
            String name = node.node().value();
            List<SignatureMatch> etcd = known(node.etcdLog(), window);
            List<SignatureMatch> agent = known(node.cmAgentLog(), window);
            syncs.add(new Series(i, 0, name, points(etcd, SYNCS, taken("took")), true));
            requests.add(new Series(i, 0, name, points(etcd, REQUESTS, taken("took")), true));
            heartbeats.add(new Series(i, 0, name, points(etcd, HEARTBEATS, taken("exceeded")), true));
            disks.add(new Series(i, 0, name, points(agent, DISKS, percent("percent")), true));
            processors.add(new Series(i, 0, name, points(agent, DISKS, percent("cpu")), true));
        }
        OptionalDouble busy = OptionalDouble.of(knowledge.findings().stream()
                        .filter(kind -> kind.id().equals("data-disk-busy"))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("nothing is known of a busy disk"))
                        .threshold("busyPercent")
                / 100.0);
        return List.of(
                Quantity.of(texts.text("page.plot.disk"), "share", disks, busy, true),
                Quantity.of(texts.text("page.plot.sync"), "seconds", syncs, SYNC_LIMIT, true),
                Quantity.of(texts.text("page.plot.cpu"), "share", processors, OptionalDouble.empty(), true),
                Quantity.of(texts.text("page.plot.request"), "seconds", requests, OptionalDouble.empty(), true),
                Quantity.of(texts.text("page.plot.heartbeat"), "seconds", heartbeats, OptionalDouble.empty(), true));
    }

    /** What it means that there is nothing of a node's slow syncs: that there were none, or that nobody knows. */
    List<Silence> silences(List<NodeEvidence> nodes, EvidenceWindow window) {
        return nodes.stream()
                .filter(node -> points(known(node.etcdLog(), window), SYNCS, taken("took"))
                        .isEmpty())
                .map(node -> new Silence(
                        node.node().value(),
                        node.etcdLog()
                                .known()
                                .map(log -> log.complete() ? "page.plot.no-sync" : "page.plot.part-of-log")
                                .orElse("page.plot.no-log")))
                .toList();
    }

    private List<SignatureMatch> known(Reading<Log> log, EvidenceWindow window) {
        return log.known().stream()
                .flatMap(known -> known.lines().stream()
                        .filter(line -> line.at().filter(window::contains).isPresent())
                        .flatMap(line -> signatures.match(known.program(), line).stream()))
                .toList();
    }

    private static List<Metric.Point> points(
            List<SignatureMatch> lines, Set<String> which, Function<Map<String, String>, Optional<Double>> value) {
        var points = new ArrayList<Metric.Point>();
        for (SignatureMatch match : lines) {
            if (which.contains(match.signature().id())) {
                Instant at = match.line().at().orElseThrow();
                value.apply(match.variables()).ifPresent(number -> points.add(new Metric.Point(at, number)));
            }
        }
        points.sort(java.util.Comparator.comparing(Metric.Point::at));
        return points;
    }

    private static Function<Map<String, String>, Optional<Double>> taken(String name) {
        return values -> Optional.ofNullable(values.get(name))
                .flatMap(GoDuration::parse)
                .map(Duration::toNanos)
                .map(nanos -> nanos / 1e9);
    }

    private static Function<Map<String, String>, Optional<Double>> percent(String name) {
        return values -> Optional.ofNullable(values.get(name))
                .filter(digits -> digits.length() <= 3)
                .map(digits -> Integer.parseInt(digits) / 100.0);
    }
}
