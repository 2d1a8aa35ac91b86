package org.etcdmedic.verdict;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.etcdmedic.evidence.Reading;
import org.etcdmedic.evidence.Source;
import org.etcdmedic.evidence.SystemLoad;
import org.etcdmedic.evidence.SystemLoad.Disk;
import org.etcdmedic.evidence.SystemLoad.Processors;
import org.etcdmedic.knowledge.Knowledge;

/**
 * Row O5: is the node overloaded now, and by whom. What is seen now says nothing of the time of the alarm by itself: it
 * only supports what etcd's and cm_agent's lines said then. The thresholds stand with the findings.
 */
final class LoadExamination implements Examination {
    private final Knowledge knowledge;

    LoadExamination(Knowledge knowledge) {
        this.knowledge = knowledge;
    }

    @Override
    public List<Observation> examine(NodeCase node) {
        return switch (node.evidence().load()) {
            // It cannot overturn a verdict about the past; recordings of before this probe do not hold it.
            case Reading.Unknown<SystemLoad> unknown ->
                unknown.gap() == Reading.Gap.NOT_ASKED ? List.of() : List.of(Observation.notLooked("O5", unknown));
            case Reading.Known<SystemLoad>(SystemLoad load, Source source) -> judge(node, load, source);
        };
    }

    private List<Observation> judge(NodeCase node, SystemLoad load, Source source) {
        Complaints complaints = Complaints.of(node);
        List<Observation.Seen> short_ = new ArrayList<>();
        processors(load, complaints, source).ifPresent(short_::add);
        stolen(load, source).ifPresent(short_::add);
        disks(node, load, source).forEach(short_::add);
        memory(load, source).ifPresent(short_::add);
        List<Observation> seen = new ArrayList<>();
        short_.stream()
                .filter(o -> testifies(o.kind(), complaints))
                .map(o -> atTheLook(o, load.at()))
                .forEach(seen::add);
        if (seen.isEmpty()) {
            seen.add(quiet(load, complaints.any() && short_.isEmpty(), source));
            if (!short_.isEmpty()) {
                // Busy now, and nobody complained then: told with its users, and blamed for nothing.
                Map<String, String> values = new HashMap<>();
                Consumption.cpu(load, values);
                Consumption.writers(load, values);
                seen.add(new Observation.Seen("load-high-unfelt", values, List.of(source), Optional.empty()));
                if (!complaints.disk().isEmpty()) {
                    etcdsDisks(node, load)
                            .map(disk -> seen("disk-calm-now", calm(disk), source))
                            .map(o -> atTheLook(o, load.at()))
                            .forEach(seen::add);
                }
            }
        }
        if (complaints.any()) {
            waiting(node, load, source).map(o -> atTheLook(o, load.at())).ifPresent(seen::add);
        }
        return seen;
    }

    /** A measurement has the time of the look: of what was before it says nothing. */
    static Observation.Seen atTheLook(Observation.Seen measured, Instant look) {
        return new Observation.Seen(measured.kind(), measured.variables(), measured.evidence(), Optional.of(look));
    }

    /** A resource that is short now explains only complaints that a lack of it can make. */
    private static boolean testifies(String kind, Complaints complaints) {
        return switch (kind) {
            case "cpu-busy-now", "cpu-busy-while-late", "cpu-stolen-now" ->
                !complaints.late().isEmpty();
            default -> complaints.any();
        };
    }

    private Optional<Observation.Seen> processors(SystemLoad load, Complaints complaints, Source source) {
        Processors now = load.processors();
        boolean saturated = now.busy() >= limit("cpu-busy-while-late", "busyPercent")
                && 100 * now.running() >= (long) now.count() * limit("cpu-busy-while-late", "runningPercentOfCpus");
        boolean busy = now.busy() >= limit("cpu-busy-now", "busyPercent") && now.running() > now.count();
        boolean together = saturated && complaints.lateUntil(load.at());
        if (!busy && !together) {
            return Optional.empty();
        }
        var values = processorValues(now);
        Consumption.cpu(load, values);
        return Optional.of(seen(together ? "cpu-busy-while-late" : "cpu-busy-now", values, source));
    }

    private Optional<Observation.Seen> stolen(SystemLoad load, Source source) {
        int stolen = load.processors().stolen();
        return stolen >= limit("cpu-stolen-now", "stolenPercent")
                ? Optional.of(seen("cpu-stolen-now", Map.of("steal", String.valueOf(stolen)), source))
                : Optional.empty();
    }

    private List<Observation.Seen> disks(NodeCase node, SystemLoad load, Source source) {
        return etcdsDisks(node, load)
                .filter(disk -> disk.busy() >= limit("disk-busy-now", "busyPercent") || slow(disk))
                .limit(2)
                .map(disk -> {
                    var values = diskValues(disk);
                    Consumption.writers(load, values);
                    return seen(slow(disk) ? "disk-slow-now" : "disk-busy-now", values, source);
                })
                .toList();
    }

    private static Stream<Disk> etcdsDisks(NodeCase node, SystemLoad load) {
        return load.disks().stream().filter(disk -> DiskName.compare(node, disk.name()) == DiskName.Match.SAME);
    }

    private boolean slow(Disk disk) {
        return disk.writes() > 0 && disk.writeWait() >= limit("disk-slow-now", "writeWaitMilliseconds");
    }

    private Optional<Observation.Seen> memory(SystemLoad load, Source source) {
        SystemLoad.Memory memory = load.memory();
        if (memory.total() <= 0
                || memory.available() * 100 >= memory.total() * limit("memory-short-now", "availablePercent")) {
            return Optional.empty();
        }
        var values = new HashMap<String, String>();
        values.put("available", String.valueOf(memory.available() / 1024));
        values.put("swapUsed", String.valueOf((memory.swapTotal() - memory.swapFree()) / 1024));
        Consumption.memory(load, values);
        return Optional.of(seen("memory-short-now", values, source));
    }

    /** Processes that hang in the kernel; one look catches one moment, so it says little alone. */
    private static Optional<Observation.Seen> waiting(NodeCase node, SystemLoad load, Source source) {
        if (load.waiting().isEmpty()) {
            return Optional.empty();
        }
        var etcd = node.evidence().processes().known().stream()
                .flatMap(table -> table.etcd().stream())
                .map(process -> (long) process.pid())
                .toList();
        boolean ours = load.waiting().stream().anyMatch(consumer -> etcd.contains(consumer.pid()));
        var values = new HashMap<String, String>();
        Consumption.waiting(load, values);
        return Optional.of(seen(ours ? "etcd-waits-for-disk" : "others-wait-for-disk", values, source));
    }

    private static Observation.Seen quiet(SystemLoad load, boolean over, Source source) {
        var values = processorValues(load.processors());
        values.put("available", String.valueOf(load.memory().available() / 1024));
        return seen(over ? "load-calm-now" : "load-now", values, source);
    }

    private static Map<String, String> processorValues(Processors now) {
        var values = new HashMap<String, String>();
        values.put("busy", String.valueOf(now.busy()));
        values.put("waiting", String.valueOf(now.waiting()));
        values.put("interrupts", String.valueOf(now.interrupts()));
        values.put("steal", String.valueOf(now.stolen()));
        values.put("running", String.valueOf(now.running()));
        values.put("cores", String.valueOf(now.count()));
        values.put("load", now.load() / 100 + "." + now.load() % 100 / 10);
        return values;
    }

    private static Map<String, String> calm(Disk disk) {
        return Map.of(
                "disk", disk.name(),
                "percent", String.valueOf(disk.busy()),
                "writeWait", String.valueOf(disk.writeWait()));
    }

    private static Map<String, String> diskValues(Disk disk) {
        var values = new HashMap<String, String>();
        values.put("disk", disk.name());
        values.put("percent", String.valueOf(disk.busy()));
        values.put("writeWait", String.valueOf(disk.writeWait()));
        values.put("queue", disk.queue() / 100 + "." + disk.queue() % 100 / 10);
        values.put("written", Consumption.rate(disk.kilobytesWritten()));
        return values;
    }

    private int limit(String kind, String name) {
        return knowledge.finding(kind).threshold(name);
    }

    private static Observation.Seen seen(String kind, Map<String, String> values, Source source) {
        return Observation.seen(kind, values, source);
    }
}
