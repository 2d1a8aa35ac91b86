package org.etcdmedic.bundle;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.etcdmedic.bundle.BundleCase.What;
import org.etcdmedic.evidence.EvidenceWindow;
import org.etcdmedic.evidence.Log;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.platform.TimeOrderedId;
import org.etcdmedic.probe.Capture;

/** A collected file as what the probe that asks for the same would have brought. */
final class Captured {
    /** The lines that the probe {@code system-log} picks, in the words of its script; a test holds the two together. */
    static final String PICKED_WORDS =
            "I/O error|EXT4-fs (error|warning)|XFS .*(error|corrupt|shut)|Remounting filesystem"
                    + "|blocked for more than|soft lockup|Out of memory|oom-kill|Killed process|critical medium"
                    + "|metadata corruption|earlyoom|systemd-oomd|as a result of limit|hostbyte="
                    + "|timeout, (aborting|reset|disable|completion)|rejecting I/O|abnormal completion"
                    + "|clocksource.*(unstable|Long readout)|Switched to clocksource|rcu.*(stall|starved)"
                    + "|suspending xenstore|hv_utils|hv_netvsc|virtio_net.*link|qemu-ga.*guest-|clock was stepped"
                    + "|time jump detected|time reset|clock_step|Time has been changed|Time jumped backwards"
                    + "|Clock change detected|Linux version [0-9]|Kernel panic|saving vmcore|Power key pressed"
                    + "|systemd-shutdown|reboot: |system is (rebooting|powering)|system will (reboot|power)"
                    + "|shutting down for|COMMAND=.*(reboot|shutdown|poweroff|halt)|om_monitor|crond?\\[.*(error"
                    + "|fail|cannot)";

    private static final Pattern PICKED = Pattern.compile(PICKED_WORDS, Pattern.CASE_INSENSITIVE);

    private static final String MACHINE_HEAD = "file /";

    private static final Duration HALF_A_YEAR = Duration.ofDays(180);

    private Captured() {}

    static Capture of(BundleFile file, FileKind kind, NodeId node, Instant at) {
        return switch (kind) {
            case FileKind.ProgramLog(Log.Program program) ->
                answer(
                        node,
                        "log-window",
                        Map.of("file", placed(file, program)),
                        at,
                        file,
                        withExtent(file),
                        Optional.of(0));
            case FileKind.MachineLog ignored ->
                answer(
                        node,
                        "system-log",
                        Map.of(),
                        at,
                        file,
                        MACHINE_HEAD + EntryName.shown(file.path()) + "\n" + file.text() + "\nstate read\n",
                        Optional.of(0));
            // With which status it ended nobody wrote down.
            case FileKind.ClusterView ignored ->
                answer(node, "cluster-status", Map.of(), at, file, file.text(), Optional.empty());
            case FileKind.Other other -> throw new IllegalArgumentException("nothing is captured of " + other);
        };
    }

    /** The probe's last line tells which part it brought: all of the file, or its end. */
    private static String withExtent(BundleFile file) {
        String lines = file.text().isEmpty() || file.text().endsWith("\n") ? file.text() : file.text() + "\n";
        return lines + (file.fromBeginning() ? "end 0 0 timed eof whole\n" : "end 1 0 timed eof front\n");
    }

    private static Capture answer(
            NodeId node,
            String probe,
            Map<String, String> arguments,
            Instant at,
            BundleFile file,
            String text,
            Optional<Integer> exitStatus) {
        return new Capture.Answer(
                TimeOrderedId.at(at),
                node,
                Recorded.question(probe, arguments),
                "",
                at,
                Duration.ZERO,
                exitStatus,
                text,
                "",
                file.bytes(),
                false);
    }

    /** Of a system log only the lines that can matter are kept, as the probe does. */
    static Capture shortened(Capture capture, FileKind kind) {
        if (!(kind instanceof FileKind.MachineLog) || !(capture instanceof Capture.Answer answer)) {
            return capture;
        }
        String text = answer.text()
                .lines()
                .filter(line -> line.startsWith(MACHINE_HEAD)
                        || line.equals("state read")
                        || PICKED.matcher(line.length() > 4_000 ? line.substring(0, 4_000) : line)
                                .find())
                .collect(Collectors.joining("\n", "", "\n"));
        return new Capture.Answer(
                answer.id(),
                answer.node(),
                answer.question(),
                answer.command(),
                answer.startedAt(),
                answer.took(),
                answer.exitStatus(),
                text,
                "",
                answer.bytes(),
                false);
    }

    /** A path in the program's own folder, by which a log is known for whose it is; most lie there already. */
    private static String placed(BundleFile file, Log.Program program) {
        String own = switch (program) {
            case ETCD -> "etcd";
            case OM_MONITOR -> "om_monitor";
            case CM_AGENT -> "cm_agent";
            case OM -> "om";
        };
        String folder = file.folder();
        boolean there = folder.equals(own) || folder.endsWith("/" + own);
        String path = there ? file.path() : (folder.isEmpty() ? "" : folder + "/") + own + "/" + file.name();
        return EntryName.shown(path);
    }

    /** A time stamp without a year is of the latest year that does not lie behind this moment. */
    static Instant yearOf(EvidenceWindow window, Instant now) {
        Instant latest = window.to().plus(HALF_A_YEAR);
        return latest.isBefore(now) ? latest : now;
    }

    static What what(FileKind kind) {
        return switch (kind) {
            case FileKind.ProgramLog(Log.Program program) ->
                switch (program) {
                    case ETCD -> What.ETCD_LOG;
                    case OM_MONITOR -> What.OM_MONITOR_LOG;
                    case CM_AGENT -> What.CM_AGENT_LOG;
                    case OM -> What.OM_LOG;
                };
            case FileKind.MachineLog ignored -> What.SYSTEM_LOG;
            case FileKind.ClusterView ignored -> What.CLUSTER_STATUS;
            case FileKind.Other other -> throw new IllegalArgumentException("nothing is read of " + other);
        };
    }
}
