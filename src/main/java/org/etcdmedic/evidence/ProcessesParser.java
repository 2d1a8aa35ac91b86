package org.etcdmedic.evidence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.etcdmedic.probe.Capture;

/**
 * Reads what the probe {@code processes} prints. Blanks inside {@code State}, {@code PPid}, {@code Uid} and {@code args}
 * are tabs:
 *
 * <pre>
 * uid 1001
 * process 12497
 * comm etcd
 * stat 12497 (etcd) S 12494 12494 4432 0 -1 4194560 1787 0 3 0 0 5 0 0 20 0 7 0 203269 11944128512 5966
 * State:	S (sleeping)
 * PPid:	12494
 * Uid:	1001	1001	1001	1001
 * exe /usr/local/core/app/bin/etcd
 * Max open files            640000               640000               files
 * args /usr/local/core/app/bin/etcd	-name	etcd_7001	--data-dir	/usr/local/etcd
 * </pre>
 *
 * The start time is the 22nd field of {@code stat}, in ticks since boot (proc(5)). A process without {@code stat} or
 * {@code Uid} ended while it was looked at, and is left out. Without the first line the text is unusable.
 */
final class ProcessesParser {
    /** Fields of {@code stat} behind the name, from 0: state, parent, ..., start time. */
    private static final int PARENT = 1;

    private static final int START_TIME = 19;

    private ProcessesParser() {}

    static Optional<ProcessTable> parse(Capture.Answer answer, NodeIdentity identity) {
        Lines lines = Lines.of(answer);
        OptionalInt observer = lines.value("uid").map(Words::accountId).orElse(OptionalInt.empty());
        if (observer.isEmpty()) {
            return Optional.empty();
        }
        var processes = new ArrayList<ProcessFact>();
        int first = 0;
        for (int number = 1; number <= lines.count() + 1; number++) {
            if (number > lines.count()
                    || Lines.after(lines.at(number), "process").isPresent()) {
                if (first > 0) {
                    process(lines, first, number - 1, identity).ifPresent(processes::add);
                }
                first = number;
            }
        }
        return Optional.of(new ProcessTable(observer.getAsInt(), processes));
    }

    private static Optional<ProcessFact> process(Lines lines, int first, int last, NodeIdentity identity) {
        int end = last;
        while (end > first && lines.at(end).isBlank()) {
            end--;
        }
        Map<String, String> values = values(lines.list().subList(first - 1, end));
        OptionalInt pid = Words.smallNumber(values.getOrDefault("process", ""));
        List<String> uids = Words.of(values.getOrDefault("Uid:", ""));
        // The second number is the effective account, whose rights the process has.
        OptionalInt userId = uids.size() < 2 ? OptionalInt.empty() : Words.accountId(uids.get(1));
        String stat = values.getOrDefault("stat", "");
        // The name may hold blanks and parentheses, so only the last one ends it.
        List<String> fields = Words.of(stat.substring(stat.lastIndexOf(')') + 1));
        if (pid.isEmpty() || userId.isEmpty() || stat.indexOf(')') < 0 || fields.size() <= START_TIME) {
            return Optional.empty();
        }
        OptionalInt parent = Words.smallNumber(fields.get(PARENT));
        Optional<Instant> startedAt = startedAt(fields.get(START_TIME), identity);
        if (parent.isEmpty() || startedAt.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ProcessFact(
                pid.getAsInt(),
                parent.getAsInt(),
                values.getOrDefault("comm", ""),
                fields.getFirst().charAt(0),
                userId.getAsInt(),
                Optional.ofNullable(values.get("exe")).filter(exe -> !exe.isEmpty() && !exe.equals("?")),
                startedAt.get(),
                arguments(values.getOrDefault("args", "")),
                lines.source(first, end)));
    }

    private static Map<String, String> values(List<String> lines) {
        var values = new HashMap<String, String>();
        for (String line : lines) {
            if (line.startsWith("args ")) {
                // As it stands: tabs at the end are empty arguments.
                values.putIfAbsent("args", line.substring("args ".length()));
                continue;
            }
            for (String label : List.of("process", "comm", "stat", "Uid:", "exe")) {
                Lines.after(line, label).ifPresent(value -> values.putIfAbsent(label, value));
            }
        }
        return values;
    }

    private static Optional<Instant> startedAt(String ticks, NodeIdentity identity) {
        OptionalLong since = Words.number(ticks);
        // More than three centuries of ticks are no start time but damage.
        if (since.isEmpty() || since.getAsLong() / identity.ticksPerSecond() > 10_000_000_000L) {
            return Optional.empty();
        }
        long perSecond = identity.ticksPerSecond();
        return Optional.of(identity.bootedAt()
                .plusSeconds(since.getAsLong() / perSecond)
                .plusNanos(since.getAsLong() % perSecond * 1_000_000_000L / perSecond));
    }

    /** Each argument ends in a tab (a NUL in {@code /proc}); the last one may have been cut off before it. */
    private static List<String> arguments(String text) {
        var arguments = new ArrayList<String>();
        int from = 0;
        while (from < text.length()) {
            int tab = text.indexOf('\t', from);
            int end = tab < 0 ? text.length() : tab;
            arguments.add(text.substring(from, end));
            from = end + 1;
        }
        return arguments;
    }
}
