package org.etcdmedic.evidence;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * The head that syslog and {@code journalctl} give a line: time, host, program, perhaps its number. Behind the journal,
 * etcd up to 3.4 writes its bare message, without its own time, level and package:
 *
 * <pre>
 * Nov 22 18:40:03 node etcd[812]: sync duration of 2.004393954s, expected less than 1s
 * Nov 22 18:40:03.522337 node etcd: peer 8816eaa680e63c73 became inactive
 * 2026-11-22T18:40:03+0800 node etcd-wrapper[812]: the server is already initialized as member before
 * Sun 2026-11-22 18:40:03 CST node etcd[812]: received terminated signal, shutting down...
 * </pre>
 */
final class SyslogHead {
    private static final Set<String> WEEKDAYS = Set.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");

    /** Those who run etcd within themselves or pass on what it writes. */
    private static final Set<String> CARRIERS = Set.of(
            "journal",
            "docker",
            "dockerd",
            "containerd",
            "podman",
            "conmon",
            "crio",
            "k3s",
            "k3s-server",
            "rke2",
            "k0s",
            "bash",
            "sh",
            "om_monitor",
            "microk8s",
            "kubelite",
            "openshift-master",
            "origin-master");

    private SyslogHead() {}

    static Optional<Envelope> read(String line, LogClock clock) {
        int time = endOfTime(line);
        if (time < 0) {
            return Optional.empty();
        }
        int host = time + 1;
        int tag = line.indexOf(' ', host) + 1;
        int colon = tag > host + 1 ? line.indexOf(": ", tag) : -1;
        int blank = tag > host + 1 ? line.indexOf(' ', tag) : -1;
        if (colon < 0 || colon > tag + 64 || blank < colon) {
            return Optional.empty();
        }
        int bracket = line.indexOf('[', tag);
        String program = line.substring(tag, bracket > 0 && bracket < colon ? bracket : colon);
        String text = line.substring(colon + 2).strip();
        return Optional.of(
                new Envelope(time(line, time, clock), program, speaksForEtcd(program) ? text : program + ": " + text));
    }

    /** Whether what this program writes are the words of an etcd; those of others keep their program's name before them. */
    private static boolean speaksForEtcd(String program) {
        return program.contains("etcd") || CARRIERS.contains(program);
    }

    private static Optional<Instant> time(String line, int end, LogClock clock) {
        if (Words.digit(line.charAt(0)) || WEEKDAYS.contains(line.substring(0, 3))) {
            String stamped = Words.digit(line.charAt(0)) ? line : line.substring(4);
            return SystemLogParser.time(stamped, clock.node(), clock.readAt());
        }
        int dot = line.indexOf('.');
        int seconds = dot > 0 && dot < end ? dot : end;
        return SystemLogParser.time(line.substring(0, seconds) + " host", clock.node(), clock.readAt());
    }

    /** Where the time ends that the line begins with, and a blank follows; below zero when it begins otherwise. */
    private static int endOfTime(String line) {
        if (line.length() < 16) {
            return -1;
        }
        if (Words.digit(line.charAt(0))) {
            return Stamp.at(line, 0, '-', 'T')
                    .map(stamp -> stamp.zonedIn(line).end())
                    .filter(end -> line.startsWith(" ", end))
                    .orElse(-1);
        }
        if (WEEKDAYS.contains(line.substring(0, 3))) {
            return Stamp.at(line, 4, '-', ' ')
                    .map(stamp -> zoneWord(line, stamp.end()))
                    .orElse(-1);
        }
        boolean day = line.charAt(3) == ' ' && line.charAt(6) == ' ' && line.charAt(9) == ':' && line.charAt(12) == ':';
        if (!day) {
            return -1;
        }
        int end = 15;
        while (end < line.length() && (Words.digit(line.charAt(end)) || line.charAt(end) == '.')) {
            end++;
        }
        return line.startsWith(" ", end) ? end : -1;
    }

    /** {@code CST} behind the time. */
    private static int zoneWord(String line, int end) {
        int blank = line.startsWith(" ", end) ? line.indexOf(' ', end + 1) : -1;
        return blank > 0 && blank < end + 8 ? blank : -1;
    }
}
