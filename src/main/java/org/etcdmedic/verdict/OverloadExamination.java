package org.etcdmedic.verdict;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.etcdmedic.evidence.Log;
import org.etcdmedic.knowledge.FindingKind;
import org.etcdmedic.knowledge.Knowledge;

/**
 * Rows O1, O2 and O3: what the window's lines, counted and put in order, say of a disk or a machine that was too slow. One
 * line alone is a symptom. The thresholds stand with the findings.
 */
final class OverloadExamination implements Examination {
    private static final int QUOTED = 3;

    /** What openGauss' om_monitor starts etcd with (monitor_main.cpp), where the command line does not tell. */
    private static final Duration ELECTION_TIMEOUT = Duration.ofSeconds(5);

    private final int several;
    private final Duration together;
    private final int busyPercent;

    OverloadExamination(Knowledge knowledge) {
        FindingKind stalled = knowledge.finding("disk-stalled");
        this.several = stalled.threshold("count");
        this.together = Duration.ofSeconds(stalled.threshold("withinSeconds"));
        this.busyPercent = knowledge.finding("data-disk-busy").threshold("busyPercent");
    }

    @Override
    public List<Observation> examine(NodeCase node) {
        var seen = new ArrayList<Observation>();
        List<KnownLine> syncs = lines(node, "wal-slow-fsync");
        slowDisk(node, syncs).ifPresent(seen::add);
        lateHeartbeats(syncs, late(node)).ifPresent(seen::add);
        slowRequests(node).ifPresent(seen::add);
        seen.addAll(busyDisks(node));
        return seen;
    }

    private Optional<Observation> slowDisk(NodeCase node, List<KnownLine> syncs) {
        if (syncs.isEmpty()) {
            return Optional.empty();
        }
        List<KnownLine> close = densest(syncs);
        KnownLine worst = longest(syncs, "took");
        Duration took = duration(worst, "took");
        Map<String, String> values = Map.of(
                "count", String.valueOf(Math.max(close.size(), 1)),
                "longest", GoDuration.told(worst.captured().getOrDefault("took", "?")));
        if (close.size() >= several) {
            return Optional.of(told("disk-stalled", values, close, begin(syncs, "took")));
        }
        return Optional.of(told(
                took.compareTo(electionTimeout(node)) >= 0 ? "disk-stalled-once" : "disk-slow-sync",
                values,
                List.of(worst),
                begin(syncs, "took")));
    }

    private Optional<Observation> lateHeartbeats(List<KnownLine> syncs, List<KnownLine> late) {
        List<KnownLine> alone = moments(late.stream()
                .filter(line -> syncs.stream().noneMatch(sync -> Complaints.near(line, sync)))
                .toList());
        List<KnownLine> close = densest(alone);
        if (close.size() >= several) {
            return Optional.of(
                    told("heartbeats-late-without-slow-disk", counted(close), close, begin(alone, "exceeded")));
        }
        List<KnownLine> withDisk = densest(moments(late));
        return alone.isEmpty() && !withDisk.isEmpty()
                ? Optional.of(told(
                        "heartbeats-late-with-slow-disk", counted(withDisk), withDisk, begin(withDisk, "exceeded")))
                : Optional.empty();
    }

    /** Late heartbeats; a hint of overload that stands alone is one whose first line was lost. */
    private static List<KnownLine> late(NodeCase node) {
        List<KnownLine> late = lines(node, "heartbeat-late");
        Stream<KnownLine> hints = lines(node, "overloaded-hint").stream()
                .filter(hint -> late.stream()
                        .noneMatch(line ->
                                Duration.between(at(line), at(hint)).abs().compareTo(Duration.ofSeconds(1)) < 0));
        return Stream.concat(late.stream(), hints)
                .sorted(Comparator.comparing(OverloadExamination::at))
                .toList();
    }

    private static Map<String, String> counted(List<KnownLine> late) {
        return Map.of(
                "count", String.valueOf(late.size()),
                "longest", GoDuration.told(longest(late, "exceeded").captured().getOrDefault("exceeded", "?")));
    }

    private Optional<Observation> slowRequests(NodeCase node) {
        List<KnownLine> slow = densest(lines(node, "range-slow").stream()
                .filter(line -> duration(line, "took").compareTo(Complaints.SLOW_REQUEST) >= 0)
                .toList());
        return slow.size() < several
                ? Optional.empty()
                : Optional.of(told(
                        "requests-slow",
                        Map.of(
                                "count", String.valueOf(slow.size()),
                                "longest",
                                        GoDuration.told(
                                                longest(slow, "took").captured().getOrDefault("took", "?"))),
                        slow,
                        begin(slow, "took")));
    }

    private List<Observation> busyDisks(NodeCase node) {
        List<KnownLine> busy = node.inWindow(Log.Program.CM_AGENT).stream()
                .filter(line -> line.signature().id().equals("cma-disk-utilisation"))
                .filter(line -> percent(line) >= busyPercent)
                .toList();
        return busy.stream()
                .map(line -> line.captured().getOrDefault("device", "?"))
                .distinct()
                .map(device -> busyDisk(
                        node,
                        device,
                        busy.stream()
                                .filter(line -> device.equals(line.captured().get("device")))
                                .toList()))
                .toList();
    }

    private static Observation busyDisk(NodeCase node, String device, List<KnownLine> lines) {
        Map<String, String> values = Map.of(
                "disk",
                device,
                "count",
                String.valueOf(lines.size()),
                "percent",
                String.valueOf(lines.stream()
                        .mapToInt(OverloadExamination::percent)
                        .max()
                        .orElse(0)));
        String kind = switch (DiskName.compare(node, device)) {
            case SAME -> lines.size() > 1 ? "data-disk-busy" : "data-disk-busy-once";
            case SHARED -> "shared-disk-busy";
            case OTHER -> "other-disk-busy";
            case UNKNOWN -> "data-disk-busy-once";
        };
        return told(kind, values, lines, lines.getFirst().at());
    }

    private static int percent(KnownLine line) {
        String percent = line.captured().getOrDefault("percent", "0");
        return percent.length() > 3 || !percent.chars().allMatch(c -> c >= '0' && c <= '9')
                ? 0
                : Integer.parseInt(percent);
    }

    private static List<KnownLine> lines(NodeCase node, String signature) {
        return node.inWindow(Log.Program.ETCD).stream()
                .filter(line -> line.signature().id().equals(signature))
                .toList();
    }

    /** One of those within the same second: a leader that is late is late to every follower at once. */
    private static List<KnownLine> moments(List<KnownLine> lines) {
        var moments = new ArrayList<KnownLine>();
        for (KnownLine line : lines) {
            if (moments.isEmpty()
                    || Duration.between(at(moments.getLast()), at(line)).compareTo(Duration.ofSeconds(1)) >= 0) {
                moments.add(line);
            }
        }
        return moments;
    }

    /** The most lines that lie together; the lines come oldest first. */
    private List<KnownLine> densest(List<KnownLine> lines) {
        List<KnownLine> best = List.of();
        int from = 0;
        for (int to = 0; to < lines.size(); to++) {
            while (Duration.between(at(lines.get(from)), at(lines.get(to))).compareTo(together) > 0) {
                from++;
            }
            if (to - from + 1 > best.size()) {
                best = lines.subList(from, to + 1);
            }
        }
        return best;
    }

    private static KnownLine longest(List<KnownLine> lines, String group) {
        KnownLine longest = lines.getFirst();
        for (KnownLine line : lines) {
            if (duration(line, group).compareTo(duration(longest, group)) > 0) {
                longest = line;
            }
        }
        return longest;
    }

    private static Duration duration(KnownLine line, String group) {
        return GoDuration.parse(line.captured().getOrDefault(group, "")).orElse(Duration.ZERO);
    }

    private static Duration electionTimeout(NodeCase node) {
        return node.evidence().processes().known().stream()
                .flatMap(table -> table.etcd().stream())
                .map(process -> process.flag("election-timeout"))
                .flatMap(Optional::stream)
                .filter(text ->
                        text.length() < 7 && text.chars().allMatch(c -> c >= '0' && c <= '9') && !text.isEmpty())
                .map(text -> Duration.ofMillis(Long.parseLong(text)))
                .findFirst()
                .orElse(ELECTION_TIMEOUT);
    }

    private static Instant at(KnownLine line) {
        return line.at().orElse(Instant.EPOCH);
    }

    /** When the first of them began: such a line is written when it is over. */
    private static Optional<Instant> begin(List<KnownLine> lines, String group) {
        return lines.stream().map(line -> at(line).minus(duration(line, group))).min(Comparator.naturalOrder());
    }

    private static Observation told(
            String kind, Map<String, String> values, List<KnownLine> lines, Optional<Instant> begin) {
        return new Observation.Seen(
                kind,
                values,
                lines.stream().limit(QUOTED).map(line -> line.line().source()).toList(),
                begin);
    }
}
