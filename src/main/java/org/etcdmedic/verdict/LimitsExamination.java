package org.etcdmedic.verdict;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.etcdmedic.evidence.EtcdLimits;
import org.etcdmedic.evidence.EtcdLimits.Group;
import org.etcdmedic.evidence.Pressure;
import org.etcdmedic.evidence.ProcessFact;
import org.etcdmedic.evidence.Reading;
import org.etcdmedic.evidence.Source;
import org.etcdmedic.knowledge.Knowledge;

/** Rows O5 and O6: do the control groups of etcd (a container's, a slice's) hold it back while the machine is idle. */
final class LimitsExamination implements Examination {
    private final Knowledge knowledge;

    LimitsExamination(Knowledge knowledge) {
        this.knowledge = knowledge;
    }

    @Override
    public List<Observation> examine(NodeCase node) {
        return switch (node.evidence().etcdLimits()) {
            // What is now cannot overturn a verdict about the past; recordings of before this probe do not hold it.
            case Reading.Unknown<EtcdLimits> ignored -> List.of();
            case Reading.Known<EtcdLimits>(EtcdLimits limits, Source source) -> judge(node, limits, source);
        };
    }

    /** The groups of the instance's etcd, its own first. */
    static List<Group> groups(NodeCase node, EtcdLimits limits) {
        List<Long> own = node.evidence().processes().known().stream()
                .flatMap(table -> table.etcd().stream())
                .map(ProcessFact::pid)
                .map(Integer::longValue)
                .toList();
        return limits.members().stream()
                .filter(member -> own.contains(member.pid()))
                .flatMap(member -> member.groups().stream())
                .toList();
    }

    private List<Observation> judge(NodeCase node, EtcdLimits limits, Source source) {
        Complaints complaints = Complaints.of(node);
        List<Group> groups = groups(node, limits);
        var seen = new ArrayList<Observation>();
        groups.stream()
                .filter(group -> group.throttledPercent() >= limit("etcd-cpu-throttled", "throttledPercent"))
                .max(Comparator.comparingInt(Group::throttledPercent))
                .ifPresent(group -> seen.add(throttled(group, complaints, limits, source)));
        if (complaints.any()) {
            groups.stream()
                    .filter(group -> group.memoryLimitMet() >= limit("etcd-memory-limit-met", "timesInASecond"))
                    .findFirst()
                    .ifPresent(group -> seen.add(memoryMet(group, limits.at(), source)));
            groups.stream()
                    .filter(group -> !group.writeLimits().isEmpty())
                    .findFirst()
                    .ifPresent(group -> seen.add(Observation.seen(
                            "etcd-writes-limited",
                            Map.of("etcdGroup", name(group), "limits", String.join("; ", group.writeLimits())),
                            source)));
            groups.stream()
                    .flatMap(group -> pressed(group, complaints, limits.at(), source).stream())
                    .limit(3)
                    .forEach(seen::add);
        }
        killed(node, groups, source).ifPresent(seen::add);
        return seen;
    }

    private static Observation throttled(Group group, Complaints complaints, EtcdLimits limits, Source source) {
        String kind = complaints.late().isEmpty()
                ? "etcd-cpu-limited-unfelt"
                : complaints.lateUntil(limits.at()) ? "etcd-cpu-throttled-while-late" : "etcd-cpu-throttled";
        var values = new HashMap<String, String>();
        values.put("etcdGroup", name(group));
        values.put("percent", String.valueOf(group.throttledPercent()));
        OptionalLong processors = group.processors();
        processors.ifPresent(hundredths -> values.put("cpuLimit", decimal(hundredths)));
        return LoadExamination.atTheLook(Observation.seen(kind, values, source), limits.at());
    }

    private static Observation memoryMet(Group group, Instant look, Source source) {
        var values = new HashMap<String, String>();
        values.put("etcdGroup", name(group));
        values.put("count", String.valueOf(group.memoryLimitMet()));
        group.memoryLimit().ifPresent(bytes -> values.put("memoryLimit", String.valueOf(bytes >> 20)));
        return LoadExamination.atTheLook(Observation.seen("etcd-memory-limit-met", values, source), look);
    }

    /** Only groups below the root: the root's pressure is that of the machine. */
    private List<Observation> pressed(Group group, Complaints complaints, Instant look, Source source) {
        return group.path().equals("/")
                ? List.of()
                : group.pressures().stream()
                        .filter(p -> p.whole() == PressureExamination.whole(p.resource()))
                        .filter(p -> PressureExamination.explains(p.resource(), complaints))
                        .flatMap(p -> pressed(group, p, look, source).stream())
                        .toList();
    }

    private Optional<Observation> pressed(Group group, Pressure pressure, Instant look, Source source) {
        String kind = "etcd-" + pressure.resource().name().toLowerCase(Locale.ROOT) + "-pressure";
        if (pressure.last10() < 100 * limit(kind, "last10Percent")) {
            return Optional.empty();
        }
        var values = new HashMap<>(PressureExamination.values(pressure));
        values.put("etcdGroup", name(group));
        return Optional.of(LoadExamination.atTheLook(Observation.seen(kind, values, source), look));
    }

    /** The counter has no time: it only testifies where etcd itself began anew in the window. */
    private static Optional<Observation> killed(NodeCase node, List<Group> groups, Source source) {
        boolean restarted = node.etcd() instanceof EtcdState.Running running
                && running.begun() == EtcdState.Begun.WITHIN
                && node.evidence().kernelLog().known().isEmpty();
        return groups.stream()
                .filter(group ->
                        restarted && group.killed() > 0 && !group.path().equals("/"))
                .findFirst()
                .map(group -> Observation.seen(
                        "oom-kills-counted",
                        Map.of("etcdGroup", name(group), "count", String.valueOf(group.killed())),
                        source));
    }

    private int limit(String kind, String name) {
        return knowledge.finding(kind).threshold(name);
    }

    private static String name(Group group) {
        return group.path();
    }

    private static String decimal(long hundredths) {
        return hundredths / 100 + "." + hundredths / 10 % 10 + hundredths % 10;
    }
}
