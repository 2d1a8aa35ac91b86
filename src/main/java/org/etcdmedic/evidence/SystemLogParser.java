package org.etcdmedic.evidence;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.etcdmedic.evidence.SystemLog.Line;
import org.etcdmedic.probe.Capture;

/**
 * Reads what the probes {@code kernel-log} and {@code system-log} print. The kernel counts seconds since boot:
 *
 * <pre>
 * [ 1203.445566] EXT4-fs error (device vdb2): ext4_find_entry:1455: inode #2: comm etcd: reading directory lblock 0
 * [ 1203.445901] blk_update_request: I/O error, dev vdb, sector 2048 op 0x0:(READ) flags 0x3000
 * end
 * </pre>
 *
 * The system log has the node's local time, without a year or as RFC 3339:
 *
 * <pre>
 * file /var/log/messages
 * Nov 22 18:40:03 gaussdb-node-1 kernel: Out of memory: Killed process 12497 (etcd) total-vm:11944128kB
 * 2026-11-22T18:40:03.112936+08:00 gaussdb-node-1 kernel: XFS (vdb2): Corruption detected
 * state read
 * </pre>
 *
 * A line whose time is written in another way has none, and is kept.
 */
final class SystemLogParser {
    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

    /** A leap day is at most this long ago, when a century without one lies between. */
    private static final int YEARS_BACK = 8;

    private SystemLogParser() {}

    /** The kernel's lines. Unusable when neither the last line nor any with a time is there. */
    static Optional<SystemLog> kernel(Capture.Answer answer, Optional<NodeIdentity> identity) {
        Lines lines = Lines.of(answer);
        NodeClock clock = NodeClock.of(identity);
        var found = new ArrayList<Line>();
        boolean ended = false;
        for (int number = 1; number <= lines.count(); number++) {
            String line = lines.at(number);
            if (line.equals("end")) {
                ended = true;
            } else if (!line.isBlank()) {
                Optional<Instant> at = identity.flatMap(node -> sinceBoot(line)
                        .map(since -> clock.corrected(node.bootedAt()).plus(since)));
                found.add(new Line(at, LogParser.cutText(line), lines.source(number)));
            }
        }
        boolean timed = found.stream().anyMatch(line -> line.at().isPresent());
        return ended || timed || (identity.isEmpty() && !found.isEmpty())
                ? Optional.of(new SystemLog(found, ended))
                : Optional.empty();
    }

    /** The system log's lines. Unusable when no file was read, or nothing tells whether one was. */
    static Optional<SystemLog> system(Capture.Answer answer, Optional<NodeIdentity> identity) {
        Lines lines = Lines.of(answer);
        NodeClock clock = NodeClock.of(identity);
        Instant now = clock.byNode(answer.startedAt().plus(answer.took()));
        var found = new ArrayList<Line>();
        boolean read = false;
        boolean whole = false;
        for (int number = 1; number <= lines.count(); number++) {
            String line = lines.at(number);
            if (line.startsWith("file /")) {
                read = true;
            } else if (line.startsWith("state ")) {
                whole = line.strip().equals("state read");
            } else if (!line.isBlank()) {
                found.add(new Line(time(line, clock, now), LogParser.cutText(line), lines.source(number)));
            }
        }
        return read ? Optional.of(new SystemLog(found, whole)) : Optional.empty();
    }

    /** {@code [ 1203.445566]}, also behind a level such as {@code <6>}. */
    private static Optional<Duration> sinceBoot(String line) {
        int open = line.startsWith("<") ? line.indexOf('>') + 1 : 0;
        int close = line.indexOf(']', open);
        if (open >= line.length() || line.charAt(open) != '[' || close < 0 || close > open + 32) {
            return Optional.empty();
        }
        return IdentityParser.instant(line.substring(open + 1, close).strip())
                .map(since -> Duration.between(Instant.EPOCH, since));
    }

    /** The number of a month's English short name; below one for any other word. */
    static int month(String name) {
        return MONTHS.indexOf(name) + 1;
    }

    /** The time that the line begins with. */
    static Optional<Instant> time(String line, NodeClock clock, Instant now) {
        Optional<Stamp> stamp = Stamp.at(line, 0, '-', 'T')
                .or(() -> Stamp.at(line, 0, '-', ' '))
                .map(found -> found.zonedIn(line));
        if (stamp.isPresent()) {
            return stamp.get().instant(clock);
        }
        return clock.zone().flatMap(zone -> withoutYear(line, zone, now)).flatMap(clock::corrected);
    }

    /** {@code Nov 22 18:40:03}: of the latest year in which that is not after now, give or take a minute. */
    private static Optional<LocalDateTime> withoutYear(String line, ZoneId zone, Instant now) {
        List<String> words = Words.of(line.substring(0, Math.min(40, line.length())), 4);
        if (words.size() < 4 || words.get(2).length() != 8) {
            return Optional.empty();
        }
        int month = month(words.get(0));
        String day = words.get(1).length() == 1 ? "0" + words.get(1) : words.get(1);
        if (month < 1 || day.length() != 2) {
            return Optional.empty();
        }
        // A leap year holds every day there is.
        String written = "2000-%02d-%s %s".formatted(month, day, words.get(2));
        LocalDateTime latest = now.plusSeconds(60).atZone(zone).toLocalDateTime();
        return Stamp.at(written, 0, '-', ' ').flatMap(stamp -> nearest(stamp.local(), latest));
    }

    private static Optional<LocalDateTime> nearest(LocalDateTime written, LocalDateTime latest) {
        for (int year = latest.getYear(); year > latest.getYear() - YEARS_BACK; year--) {
            boolean exists = YearMonth.of(year, written.getMonth()).isValidDay(written.getDayOfMonth());
            if (exists && !written.withYear(year).isAfter(latest)) {
                return Optional.of(written.withYear(year));
            }
        }
        return Optional.empty();
    }
}
