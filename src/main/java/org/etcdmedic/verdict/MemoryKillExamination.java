package org.etcdmedic.verdict;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.etcdmedic.evidence.EtcdLimits;
import org.etcdmedic.evidence.Log;
import org.etcdmedic.evidence.LogLine;
import org.etcdmedic.evidence.MemoryKill;
import org.etcdmedic.evidence.ProcessTable;
import org.etcdmedic.evidence.SystemLog;

/**
 * Row O6: who was killed because memory ran out. etcd killed explains its end; another process killed shows that memory
 * was short, and only where the machine ran out of it and not a control group of its own.
 */
final class MemoryKillExamination implements Examination {
    private static final Set<String> MANAGERS = Set.of("om_monitor", "cm_agent", "cm_server");

    /** om_monitor starts etcd again within about a second; a busy machine takes longer. */
    private static final Duration RESTART = Duration.ofSeconds(30);

    /** Clocks of the kernel's log and of the programs' logs may differ by so much. */
    private static final Duration SKEW = Duration.ofSeconds(2);

    /** What a process wrote before it was killed may be dated so long after, for the same reason. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    @Override
    public List<Observation> examine(NodeCase node) {
        List<SystemLog.Line> lines = Stream.of(
                        node.evidence().kernelLog(), node.evidence().systemLog())
                .flatMap(log -> log.known().stream())
                .flatMap(log -> log.lines().stream())
                .filter(line -> line.at().filter(node.window()::contains).isPresent())
                .toList();
        var seen = new ArrayList<Observation>();
        for (MemoryKill kill : MemoryKill.in(lines)) {
            seen.add(observation(node, kill));
        }
        return seen;
    }

    private static Observation observation(NodeCase node, MemoryKill kill) {
        boolean etcd = isEtcd(node, kill);
        boolean group = kill.scope() == MemoryKill.Scope.GROUP;
        String kind = switch (kill.by()) {
            case DAEMON -> etcd ? "oom-daemon-killed-etcd" : "oom-daemon-killed-other";
            case KERNEL ->
                etcd
                        ? startedMuchLater(node, kill)
                                ? "oom-killed-etcd-earlier"
                                : group ? "oom-killed-etcd-in-group" : "oom-killed-etcd"
                        : group
                                ? "oom-killed-other-in-group"
                                : isManager(node, kill) ? "oom-killed-manager" : "oom-killed-other";
        };
        Map<String, String> values = new HashMap<>();
        values.put("process", kill.name());
        kill.pid().ifPresent(pid -> values.put("pid", String.valueOf(pid)));
        if (group) {
            values.put(etcd ? "etcdGroup" : "group", kill.group().orElse("?"));
        }
        return new Observation.Seen(kind, values, List.of(kill.source()), kill.at());
    }

    /** One that ran on was not the one killed: another account may run an etcd of its own. */
    private static boolean isEtcd(NodeCase node, MemoryKill kill) {
        if (node.etcd().ranThroughout()) {
            return false;
        }
        if (kill.pid().isEmpty()) {
            return holdsEtcd(node, kill.name());
        }
        boolean named = kill.name().equals("etcd") && ofOurs(node, kill) && !wroteOn(node, kill);
        return named || formerEtcd(node).contains(kill.pid().getAsLong());
    }

    /**
     * Whether etcd wrote after the kill without being started again: then another etcd was killed, that of somebody else on
     * this machine or, where machines share a kernel, that of another machine.
     */
    private static boolean wroteOn(NodeCase node, MemoryKill kill) {
        Optional<Instant> dead = kill.at().map(at -> at.plus(LAST_WORDS));
        Optional<Instant> wrote = dead.flatMap(since -> node.evidence().etcdLog().known().stream()
                .flatMap(log -> log.lines().stream())
                .filter(LogLine::ownTime)
                .flatMap(line -> line.at().stream())
                .filter(since::isBefore)
                .min(Instant::compareTo));
        return wrote.filter(first -> starts(node)
                        .filter(start -> !start.isBefore(kill.at().orElseThrow().minus(SKEW)))
                        .noneMatch(start -> start.isBefore(first.plus(SKEW))))
                .isPresent();
    }

    /**
     * Whether etcd was started after the kill, and the first time so late that this was another end than that of the kill:
     * om_monitor does not wait.
     */
    private static boolean startedMuchLater(NodeCase node, MemoryKill kill) {
        Optional<Duration> next = kill.at()
                .flatMap(at -> starts(node)
                        .filter(start -> !start.isBefore(at.minus(SKEW)))
                        .min(Instant::compareTo)
                        .map(start -> Duration.between(at, start)));
        return next.filter(after -> after.compareTo(RESTART) > 0).isPresent();
    }

    private static Stream<Instant> starts(NodeCase node) {
        return Stream.concat(
                node.known().stream()
                        .filter(line ->
                                EtcdState.BANNERS.contains(line.signature().id()))
                        .flatMap(line -> line.at().stream()),
                node.evidence().processes().known().stream()
                        .flatMap(table -> table.etcd().stream())
                        .map(process -> node.corrected(process.startedAt())));
    }

    private static boolean isManager(NodeCase node, MemoryKill kill) {
        return MANAGERS.contains(kill.name()) && ofOurs(node, kill);
    }

    /** Older kernels do not tell whose it was. */
    private static boolean ofOurs(NodeCase node, MemoryKill kill) {
        Optional<Integer> ours = node.evidence().processes().known().map(ProcessTable::observerId);
        return kill.userId().isEmpty()
                || ours.isEmpty()
                || ours.get() == kill.userId().getAsInt();
    }

    /** Whether the group that was killed is one of those that etcd runs in, or one above. */
    private static boolean holdsEtcd(NodeCase node, String group) {
        return node.evidence().etcdLimits().known().stream()
                .flatMap(limits -> LimitsExamination.groups(node, limits).stream())
                .map(EtcdLimits.Group::path)
                .anyMatch(group::equals);
    }

    /** Numbers of etcd processes that are no more: a zombie, and what om_monitor wrote of one. */
    private static Set<Long> formerEtcd(NodeCase node) {
        Set<Long> pids = new HashSet<>();
        node.evidence().processes().known().stream()
                .flatMap(table -> table.processes().stream()
                        .filter(p -> p.name().equals("etcd") && p.state() == 'Z' && p.userId() == table.observerId()))
                .forEach(p -> pids.add((long) p.pid()));
        node.inWindow(Log.Program.OM_MONITOR).stream()
                .filter(line -> line.signature().id().startsWith("om-process-state-"))
                .map(line -> line.captured().getOrDefault("pid", ""))
                .filter(pid ->
                        !pid.isEmpty() && pid.length() < 10 && pid.chars().allMatch(c -> c >= '0' && c <= '9'))
                .forEach(pid -> pids.add(Long.parseLong(pid)));
        return pids;
    }
}
