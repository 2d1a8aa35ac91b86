package org.etcdmedic.verdict;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.etcdmedic.evidence.MemoryKill;
import org.etcdmedic.evidence.Reading;
import org.etcdmedic.evidence.SystemLog;

/** Row O6: hung tasks and lock-ups; and whether the logs that tell of them and of memory could be read at all. */
final class SystemLogExamination implements Examination {
    /** A kill for memory of which the line with the victim is missing (kernel mm/oom_kill.c, mm/memcontrol.c). */
    private static final Pattern KILLED = Pattern.compile(
            "invoked oom-killer|killed as a result of limit of|Memory cgroup out of memory|oom-kill:|Out of memory: ");

    private static final Pattern HUNG = Pattern.compile(
            "task (?<name>.{1,64}?):(?<pid>\\d{1,9}) blocked for more than (?<seconds>\\d{1,9}) seconds");

    private static final Pattern LOCKED =
            Pattern.compile("soft lockup - CPU#(?<cpu>\\d{1,5}) stuck for (?<time>\\d{1,9}s)");

    @Override
    public List<Observation> examine(NodeCase node) {
        List<Reading<SystemLog>> logs =
                List.of(node.evidence().kernelLog(), node.evidence().systemLog());
        List<SystemLog.Line> lines = logs.stream()
                .flatMap(log -> log.known().stream())
                .flatMap(log -> log.lines().stream())
                .filter(line -> line.at().filter(node.window()::contains).isPresent())
                .toList();
        if (logs.stream().allMatch(log -> log.known().isEmpty())) {
            // A process that ran through the window was not killed in it, whatever the closed log says.
            return node.etcd().ranThroughout() || !(logs.getFirst() instanceof Reading.Unknown<SystemLog> unknown)
                    ? List.of()
                    : List.of(Observation.notLooked("O6", unknown));
        }
        // The kernel's ring buffer and the system log tell the same line twice.
        var seen = new LinkedHashMap<String, Observation>();
        for (SystemLog.Line line : lines) {
            hung(line).or(() -> locked(line)).ifPresent(o -> seen.putIfAbsent(o.kind() + o.variables(), o));
        }
        if (!seen.isEmpty() || !MemoryKill.in(lines).isEmpty()) {
            return new ArrayList<>(seen.values());
        }
        if (lines.stream().anyMatch(line -> KILLED.matcher(line.text()).find())) {
            return List.of(new Observation.NotLooked(
                    "O6", Reading.Gap.UNREADABLE, "the kernel tells of a kill for memory, but not of which process"));
        }
        boolean whole = logs.stream()
                .anyMatch(log -> log.known().filter(SystemLog::whole).isPresent());
        if (!whole) {
            return node.etcd().ranThroughout()
                    ? List.of()
                    : List.of(
                            new Observation.NotLooked("O6", Reading.Gap.UNREADABLE, "neither log was read to its end"));
        }
        return List.of(new Observation.Seen(
                "system-log-quiet",
                Map.of(),
                logs.stream().flatMap(log -> Sources.of(log).stream()).toList(),
                Optional.empty()));
    }

    private static Optional<Observation.Seen> hung(SystemLog.Line line) {
        return match(HUNG, line)
                .map(m -> seen(
                        m.group("name").equals("etcd") ? "hung-task-etcd" : "hung-task-other",
                        line,
                        m,
                        "pid",
                        "name",
                        "seconds"));
    }

    private static Optional<Observation.Seen> locked(SystemLog.Line line) {
        return match(LOCKED, line).map(m -> seen("soft-lockup", line, m, "cpu", "time"));
    }

    private static Optional<Matcher> match(Pattern pattern, SystemLog.Line line) {
        Matcher matcher = pattern.matcher(line.text());
        return matcher.find() ? Optional.of(matcher) : Optional.empty();
    }

    private static Observation.Seen seen(String kind, SystemLog.Line line, Matcher matcher, String... groups) {
        var values = new LinkedHashMap<String, String>();
        Stream.of(groups).forEach(group -> values.put(group.equals("name") ? "process" : group, matcher.group(group)));
        return new Observation.Seen(kind, values, List.of(line.source()), line.at());
    }
}
