package org.etcdmedic.bundle;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.etcdmedic.evidence.Log;
import org.etcdmedic.evidence.LogLook;

/** What a collected file is: told by what stands in it, and by its name only where the text alone leaves it open. */
sealed interface FileKind {
    /** The log of a program. */
    record ProgramLog(Log.Program program) implements FileKind {}

    /** The system log, or the kernel's lines with their time. */
    record MachineLog() implements FileKind {}

    /** What {@code cm_ctl query} printed. */
    record ClusterView() implements FileKind {}

    /** Nothing that is judged. */
    record Other(Skipped.Reason why) implements FileKind {}

    /** So many lines tell what a text is. */
    int LOOKED_AT = 400;

    /** Where etcd's lines come from: its packages (capnslog), its files (zap callers). */
    Set<String> ETCD_ORIGINS = Set.of(
            "etcdmain",
            "etcdserver",
            "embed",
            "raft",
            "rafthttp",
            "wal",
            "snap",
            "mvcc",
            "membership",
            "lease",
            "compactor",
            "auth",
            "pkg",
            "netutil",
            "osutil",
            "fileutil",
            "transport",
            "version",
            "v3rpc",
            "etcdhttp",
            "v2http",
            "v3compactor",
            "alarm",
            "api",
            "backend",
            "cluster",
            "store",
            "discovery",
            "flags",
            "verify",
            "schema",
            "lessor",
            "grpcproxy",
            "v3election",
            "v3lock",
            "stats",
            "clientv3");

    /** {@code Nov 22 18:40:03 host ...}, or the same moment as RFC 3339 before a host's name. */
    Pattern MACHINE = Pattern.compile(
            "(?:[A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,6})?"
                    + "|\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?(?:Z|[+-]\\d\\d:?\\d\\d)) [A-Za-z0-9_.-]{1,64} \\S.*");

    /** The same with etcd's name before the message: under systemd etcd leaves its own time and package out. */
    Pattern ETCD_TAG =
            Pattern.compile(MACHINE.pattern().replace("\\S.*", "etcd(?!ctl|-medic)[A-Za-z0-9_.-]*(?:\\[\\d+\\])?: .*"));

    /** Only etcd, or the shell that was to start it, writes so without a time. */
    Pattern ETCD_RAW = Pattern.compile(
            "(?s).*(?:panic: |goroutine \\d|go\\.etcd\\.io/|/etcdserver|bin/etcd: |etcd2?\\[\\d+\\]: |etcd: (?:command )?not found).*");

    /** What is often collected, known by its heading. */
    Pattern COMMANDS =
            Pattern.compile("(?s).*(?:\\bPID\\b[^\\n]*\\b(?:CMD|COMMAND)\\b|Filesystem[^\\n]*Use%|\\*filter\\n|"
                    + "\\| *ENDPOINT *\\||Chain INPUT|\\bMem:\\s|avg-cpu|\\n?\\[ *\\d+\\.\\d{6}\\] ).*");

    /** What the file is. */
    static FileKind of(BundleFile file) {
        List<String> lines = file.text()
                .lines()
                .filter(line -> !line.isBlank())
                .limit(LOOKED_AT)
                .toList();
        int etcd = 0;
        int manager = 0;
        int om = 0;
        int machine = 0;
        for (String line : lines) {
            LogLook look = LogLook.at(line, ZoneOffset.UTC);
            boolean ofMachine = MACHINE.matcher(line).matches();
            machine += ofMachine ? 1 : 0;
            switch (look.dialect()) {
                case CM -> manager++;
                case OM -> om++;
                case RAFT, CAPNSLOG -> etcd++;
                case ZAP -> etcd += ofEtcd(look.origin()) ? 1 : 0;
                case GRPC -> etcd += !ofMachine || ofEtcdsUnit(line) ? 1 : 0;
                case RAW -> etcd += ofEtcdsUnit(line) ? 1 : 0;
            }
        }
        String path = file.path().toLowerCase(Locale.ROOT);
        String name = file.name().toLowerCase(Locale.ROOT);
        if (manager > 0 && manager >= etcd) {
            return clusterManager(path, file.text());
        }
        if (om > 0 && om >= etcd) {
            return name.startsWith("gs_om") || file.text().contains("[gs_om]")
                    ? new ProgramLog(Log.Program.OM)
                    : new Other(Skipped.Reason.NOT_JUDGED);
        }
        if (etcd > 0 && etcd * 2 >= machine) {
            return new ProgramLog(Log.Program.ETCD);
        }
        if (machine * 2 > lines.size()) {
            return new MachineLog();
        }
        return withoutTimes(file, name, lines);
    }

    private static FileKind clusterManager(String path, String text) {
        if (path.contains("om_monitor")) {
            return new ProgramLog(Log.Program.OM_MONITOR);
        }
        if (path.contains("cm_agent")) {
            return new ProgramLog(Log.Program.CM_AGENT);
        }
        if (path.contains("cm_server") || path.contains("cm_ctl") || path.contains("gs_ctl")) {
            return new Other(Skipped.Reason.NOT_JUDGED);
        }
        return new ProgramLog(
                text.contains("run etcd command") || text.contains("om_monitor")
                        ? Log.Program.OM_MONITOR
                        : Log.Program.CM_AGENT);
    }

    private static FileKind withoutTimes(BundleFile file, String name, List<String> lines) {
        String text = file.text();
        if (text.contains("[  ETCD State  ]")
                || text.matches("(?s).*\\[\\s{1,20}(?:ETCD|Cluster) State\\s{1,20}\\].*")
                || text.startsWith("cm_ctl: ")) {
            return new ClusterView();
        }
        if (noText(text)) {
            return new Other(Skipped.Reason.NO_TEXT);
        }
        if (name.contains("etcd")
                && name.contains(".log")
                && ETCD_RAW.matcher(begin(text)).matches()) {
            return new ProgramLog(Log.Program.ETCD);
        }
        return new Other(
                lines.isEmpty()
                        ? Skipped.Reason.EMPTY
                        : COMMANDS.matcher(begin(text)).matches()
                                ? Skipped.Reason.NOT_JUDGED
                                : Skipped.Reason.NOT_RECOGNISED);
    }

    private static String begin(String text) {
        return text.substring(0, Math.min(text.length(), 16 * 1024));
    }

    private static boolean noText(String text) {
        String begin = begin(text);
        long odd = begin.chars()
                .filter(c -> c == '\uFFFD' || (c < ' ' && "\n\r\t\u001b".indexOf(c) < 0))
                .count();
        return odd * 20 > begin.length();
    }

    /** Whether the system log has this line from etcd. */
    static boolean ofEtcdsUnit(String line) {
        return ETCD_TAG.matcher(line).matches();
    }

    private static boolean ofEtcd(String origin) {
        int slash = origin.indexOf('/');
        String first = slash < 0 ? origin : origin.substring(0, slash);
        return ETCD_ORIGINS.contains(first);
    }

    /** The offset that a line of the file states with its time, where one does. */
    static Optional<ZoneOffset> statedZone(BundleFile file) {
        return file.text()
                .lines()
                .limit(LOOKED_AT)
                .flatMap(line -> StatedZone.in(line).stream())
                .findFirst();
    }
}
