package org.etcdmedic.verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.etcdmedic.evidence.Log;
import org.etcdmedic.evidence.Reading;
import org.etcdmedic.evidence.Source;
import org.etcdmedic.evidence.SystemLoad;

/**
 * Row O5: is the node overloaded now, and by whom. What is seen now says nothing of the time of the alarm by itself: it
 * only supports what etcd's and cm_agent's lines said then.
 */
final class LoadExamination implements Examination {
    private static final Set<String> COMPLAINTS =
            Set.of("wal-slow-fsync", "heartbeat-late", "range-slow", "cma-disk-utilisation");
    private static final int BUSY_PERCENT = 90;
    private static final int STOLEN_PERCENT = 10;
    private static final int MEMORY_LEFT_PERCENT = 5;

    @Override
    public List<Observation> examine(NodeCase node) {
        return switch (node.evidence().load()) {
            // It cannot overturn a verdict about the past; recordings of before this probe do not hold it.
            case Reading.Unknown<SystemLoad> unknown ->
                unknown.gap() == Reading.Gap.NOT_ASKED ? List.of() : List.of(Observation.notLooked("O5", unknown));
            case Reading.Known<SystemLoad>(SystemLoad load, Source source) -> judge(node, load, source);
        };
    }

    private static List<Observation> judge(NodeCase node, SystemLoad load, Source source) {
        boolean complained = List.of(Log.Program.ETCD, Log.Program.CM_AGENT).stream()
                .flatMap(program -> node.inWindow(program).stream())
                .anyMatch(line -> COMPLAINTS.contains(line.signature().id()));
        var seen = new ArrayList<Observation>();
        if (complained) {
            overloads(node, load, source, seen);
        }
        if (seen.isEmpty()) {
            seen.add(Observation.seen(
                    "load-now",
                    Map.of(
                            "busy", String.valueOf(load.busyPercent()),
                            "steal", String.valueOf(load.stealPercent()),
                            "running", String.valueOf(load.running()),
                            "cores", String.valueOf(load.cores()),
                            "available", String.valueOf(load.availableKilobytes() / 1024)),
                    source));
        }
        return seen;
    }

    private static void overloads(NodeCase node, SystemLoad load, Source source, List<Observation> seen) {
        load.disks().stream()
                .filter(disk -> disk.busyPercent() >= BUSY_PERCENT)
                .filter(disk -> DiskName.compare(node, disk.name()) == DiskName.Match.SAME)
                .findFirst()
                .ifPresent(disk -> seen.add(Observation.seen(
                        "disk-busy-now",
                        Map.of("disk", disk.name(), "percent", String.valueOf(disk.busyPercent())),
                        source)));
        if (load.stealPercent() >= STOLEN_PERCENT
                || (load.busyPercent() >= BUSY_PERCENT && load.running() > load.cores())) {
            seen.add(Observation.seen(
                    "cpu-busy-now",
                    Map.of(
                            "busy", String.valueOf(load.busyPercent()),
                            "steal", String.valueOf(load.stealPercent()),
                            "running", String.valueOf(load.running()),
                            "cores", String.valueOf(load.cores()),
                            "processes",
                                    load.byCpu().stream()
                                            .map(p -> p.name() + " (" + p.pid() + ", " + p.percent() + " %)")
                                            .collect(Collectors.joining(", "))),
                    source));
        }
        if (load.totalKilobytes() > 0
                && load.availableKilobytes() * 100 < load.totalKilobytes() * MEMORY_LEFT_PERCENT) {
            seen.add(Observation.seen(
                    "memory-short-now",
                    Map.of(
                            "available", String.valueOf(load.availableKilobytes() / 1024),
                            "processes",
                                    load.byMemory().stream()
                                            .map(p -> p.name() + " (" + p.pid() + ", " + p.kilobytes() / 1024 + " MiB)")
                                            .collect(Collectors.joining(", "))),
                    source));
        }
    }
}
