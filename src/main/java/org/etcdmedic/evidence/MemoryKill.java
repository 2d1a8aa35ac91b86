package org.etcdmedic.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A process, or a whole control group, that was killed because memory ran out, as the kernel (mm/oom_kill.c, the wording
 * of before 4.19 and that of today), earlyoom or systemd-oomd tell it.
 *
 * @param by who killed
 * @param pid the process as the kernel of the machine numbers it; empty for a whole group
 * @param name the short name of the process, or the group
 * @param userId the account it ran as; empty where the line does not tell
 * @param scope whether the machine had no memory left, or only a control group
 * @param group the control group whose memory ran out, where it is told
 * @param at when, by the service's clock
 * @param source the line
 */
public record MemoryKill(
        Killer by,
        OptionalLong pid,
        String name,
        OptionalInt userId,
        Scope scope,
        Optional<String> group,
        Optional<Instant> at,
        Source source) {
    /** Who kills for memory. */
    public enum Killer {
        /** The kernel's out-of-memory killer. */
        KERNEL,
        /** A daemon that kills before the kernel has to. */
        DAEMON
    }

    /** Whose memory ran out. */
    public enum Scope {
        /** That of the whole machine, or it is not told. */
        MACHINE,
        /** That which a control group may use. */
        GROUP
    }

    /** "Kill process" is what older kernels say they will do, "Killed process" what was done, maybe to a child. */
    private static final Pattern KERNEL = Pattern.compile(
            "Kill(?:ed)? process (?<pid>\\d{1,9}),? ?(?:UID (?<uid>\\d{1,10}),? )?\\((?<name>[^)]{1,64})\\)");

    private static final Pattern UID = Pattern.compile("\\bUID:(\\d{1,10})\\b");

    private static final Pattern EARLYOOM = Pattern.compile(
            "sending SIG(?:TERM|KILL) to process (?<pid>\\d{1,9}) (?:uid (?<uid>\\d{1,10}) )?\"(?<name>[^\"]{1,64})\"");

    private static final Pattern OOMD = Pattern.compile(
            "systemd-oomd\\[\\d{1,9}\\]: (?:systemd-oomd )?[Kk]illed (?<group>/[^ ]{1,300}) due to memory");

    private static final Duration SAME = Duration.ofSeconds(2);

    /** Kills among these lines, each once, however many lines and logs tell of it. */
    public static List<MemoryKill> in(List<SystemLog.Line> lines) {
        Map<Long, Constraint> constraints = new HashMap<>();
        lines.forEach(line -> Constraint.read(line.text()).ifPresent(c -> constraints.putIfAbsent(c.pid(), c)));
        var kills = new ArrayList<MemoryKill>();
        Optional<String> limited = Optional.empty();
        for (SystemLog.Line line : lines) {
            if (line.text().contains("invoked oom-killer")) {
                limited = Optional.empty();
            }
            limited = limitOf(line.text()).isPresent() ? limitOf(line.text()) : limited;
            Optional<MemoryKill> kill = read(line, constraints, limited);
            if (kill.isPresent()
                    && kills.stream()
                            .noneMatch(k -> k.name().equals(kill.get().name())
                                    && k.pid().equals(kill.get().pid()))) {
                kills.add(kill.get());
            }
        }
        return withoutAnnounced(kills, lines);
    }

    private static Optional<MemoryKill> read(
            SystemLog.Line line, Map<Long, Constraint> constraints, Optional<String> limited) {
        Matcher kernel = KERNEL.matcher(line.text());
        if (kernel.find()) {
            long pid = Long.parseLong(kernel.group("pid"));
            Optional<Constraint> constraint = Optional.ofNullable(constraints.get(pid));
            boolean group = line.text().contains("Memory cgroup out of memory")
                    || constraint.filter(Constraint::ofGroup).isPresent()
                    || (limited.isPresent() && !line.text().contains("Out of memory"));
            return Optional.of(new MemoryKill(
                    Killer.KERNEL,
                    OptionalLong.of(pid),
                    kernel.group("name"),
                    uid(line.text(), kernel.group("uid"), constraint),
                    group ? Scope.GROUP : Scope.MACHINE,
                    group ? constraint.flatMap(Constraint::group).or(() -> limited) : Optional.empty(),
                    line.at(),
                    line.source()));
        }
        Matcher early = EARLYOOM.matcher(line.text());
        if (early.find()) {
            return Optional.of(new MemoryKill(
                    Killer.DAEMON,
                    OptionalLong.of(Long.parseLong(early.group("pid"))),
                    early.group("name"),
                    early.group("uid") == null ? OptionalInt.empty() : Words.accountId(early.group("uid")),
                    Scope.MACHINE,
                    Optional.empty(),
                    line.at(),
                    line.source()));
        }
        Matcher oomd = OOMD.matcher(line.text());
        return oomd.find()
                ? Optional.of(new MemoryKill(
                        Killer.DAEMON,
                        OptionalLong.empty(),
                        oomd.group("group"),
                        OptionalInt.empty(),
                        Scope.GROUP,
                        Optional.of(oomd.group("group")),
                        line.at(),
                        line.source()))
                : Optional.empty();
    }

    private static OptionalInt uid(String text, @Nullable String named, Optional<Constraint> c) {
        if (named != null) {
            return Words.accountId(named);
        }
        Matcher uid = UID.matcher(text);
        return uid.find()
                ? Words.accountId(uid.group(1))
                : c.map(Constraint::userId).orElse(OptionalInt.empty());
    }

    /** {@code Task in /a killed as a result of limit of /a}, before 4.19. */
    private static Optional<String> limitOf(String text) {
        String words = "killed as a result of limit of ";
        int at = text.indexOf(words);
        return at < 0
                ? Optional.empty()
                : Optional.of(Lines.cut(text.substring(at + words.length()).strip(), 300));
    }

    /** What was only announced, where another process was killed for it a moment later. */
    private static List<MemoryKill> withoutAnnounced(List<MemoryKill> kills, List<SystemLog.Line> lines) {
        var done = lines.stream()
                .filter(line -> line.text().contains("Killed process"))
                .map(SystemLog.Line::source)
                .toList();
        return kills.stream()
                .filter(kill -> !announced(kill, lines)
                        || kills.stream()
                                .noneMatch(other -> done.contains(other.source()) && near(kill.at(), other.at())))
                .toList();
    }

    private static boolean announced(MemoryKill kill, List<SystemLog.Line> lines) {
        return lines.stream()
                .filter(line -> line.source().equals(kill.source()))
                .anyMatch(line -> line.text().contains("Kill process"));
    }

    private static boolean near(Optional<Instant> one, Optional<Instant> other) {
        return one.isPresent()
                && other.isPresent()
                && Duration.between(one.get(), other.get()).abs().compareTo(SAME) <= 0;
    }

    /** {@code oom-kill:constraint=CONSTRAINT_MEMCG,...,oom_memcg=/a,task_memcg=/a,task=etcd,pid=1,uid=2}, since 4.19. */
    private record Constraint(long pid, OptionalInt userId, boolean ofGroup, Optional<String> group) {
        static Optional<Constraint> read(String text) {
            int begin = text.indexOf("oom-kill:constraint=");
            int pidAt = text.lastIndexOf(",pid=");
            int uidAt = text.lastIndexOf(",uid=");
            if (begin < 0 || pidAt < begin || uidAt < pidAt) {
                return Optional.empty();
            }
            OptionalLong pid = Words.number(text.substring(pidAt + ",pid=".length(), uidAt));
            if (pid.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(new Constraint(
                    pid.getAsLong(),
                    Words.accountId(text.substring(uidAt + ",uid=".length()).strip()),
                    text.startsWith("CONSTRAINT_MEMCG", begin + "oom-kill:constraint=".length()),
                    between(text, ",oom_memcg=", ",task_memcg=")));
        }

        private static Optional<String> between(String text, String from, String to) {
            int begin = text.indexOf(from);
            int end = begin < 0 ? -1 : text.indexOf(to, begin + from.length());
            return end < 0 ? Optional.empty() : Optional.of(Lines.cut(text.substring(begin + from.length(), end), 300));
        }
    }
}
