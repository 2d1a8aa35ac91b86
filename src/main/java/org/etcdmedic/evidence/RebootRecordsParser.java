package org.etcdmedic.evidence;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.etcdmedic.evidence.RebootRecords.Entry;
import org.etcdmedic.evidence.RebootRecords.Kind;
import org.etcdmedic.probe.Capture;

/**
 * Reads what the probe {@code reboot-records} prints, newest record first, times in UTC:
 *
 * <pre>
 * reboot   system boot  5.10.0-60.18.0.5 Sun Nov 22 10:36:43 2026   still running
 * shutdown system down  5.10.0-60.18.0.5 Sun Nov 22 10:36:11 2026 - Sun Nov 22 10:36:43 2026  (00:00)
 * reboot   system boot  5.10.0-60.18.0.5 Fri Oct 23 10:40:03 2026 - Sun Nov 22 10:36:11 2026 (29+23:56)
 *
 * wtmp begins Fri Oct  2 08:12:55 2026
 * state read
 * </pre>
 *
 * Without the last line it is unusable. A record whose time cannot be read is left out.
 */
final class RebootRecordsParser {
    private static final List<String> WEEKDAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");
    private static final int LONGEST = 200;

    private RebootRecordsParser() {}

    static Optional<RebootRecords> parse(Capture.Answer answer, Optional<NodeIdentity> identity) {
        Lines lines = Lines.of(answer);
        if (!lines.list().contains("state read")) {
            return Optional.empty();
        }
        NodeClock clock = NodeClock.of(identity);
        var entries = new ArrayList<Entry>();
        for (int number = 1; number <= lines.count(); number++) {
            String line = Lines.cut(lines.at(number).strip(), LONGEST);
            Source source = lines.source(number);
            kind(line)
                    .ifPresent(kind -> time(line)
                            .ifPresent(at -> entries.add(new Entry(kind, clock.corrected(at), line, source))));
        }
        Collections.reverse(entries);
        return Optional.of(new RebootRecords(entries));
    }

    private static Optional<Kind> kind(String line) {
        if (line.startsWith("reboot ")) {
            return Optional.of(Kind.BOOT);
        }
        return line.startsWith("shutdown ") ? Optional.of(Kind.SHUTDOWN) : Optional.empty();
    }

    /** The first time of the line: {@code Sun Nov 22 10:36:43 2026}. */
    private static Optional<Instant> time(String line) {
        List<String> words = Words.of(line);
        for (int i = 2; i + 4 < words.size(); i++) {
            int month = SystemLogParser.month(words.get(i + 1));
            if (month > 0 && WEEKDAYS.contains(words.get(i))) {
                String day = words.get(i + 2).length() == 1 ? "0" + words.get(i + 2) : words.get(i + 2);
                String year = words.get(i + 4);
                return year.length() == 4 && day.length() == 2
                        ? Stamp.at("%s-%02d-%s %s".formatted(year, month, day, words.get(i + 3)), 0, '-', ' ')
                                .map(Stamp::local)
                                .map(RebootRecordsParser::utc)
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static Instant utc(LocalDateTime local) {
        return local.toInstant(ZoneOffset.UTC);
    }
}
