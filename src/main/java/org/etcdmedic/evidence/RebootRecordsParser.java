package org.etcdmedic.evidence;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.etcdmedic.evidence.RebootRecords.Boot;
import org.etcdmedic.evidence.RebootRecords.Entry;
import org.etcdmedic.evidence.RebootRecords.Kind;
import org.etcdmedic.probe.Capture;

/**
 * Reads what the probe {@code reboot-records} prints, times in UTC: the journal's boots, oldest first, as systemd writes them
 * before release 252 (a dash between the times) or since, then the login records, newest first:
 *
 * <pre>
 * journal-boot -1 1b4e28ba2fa14d2e883f0016d3cca427 Fri 2026-10-23 10:40:03 UTC—Sun 2026-11-22 10:36:11 UTC
 * journal-boot  0 6fa459eaee8a3ca4894edb77e160355e Sun 2026-11-22 10:36:43 UTC Sun 2026-11-22 10:41:20 UTC
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
    private static final Pattern JOURNAL_BOOT =
            Pattern.compile("journal-boot +-?\\d{1,5} (?<id>[0-9a-f]{32}) \\p{Alpha}{3}"
                    + " (?<first>\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d) UTC.{1,5}\\p{Alpha}{3}"
                    + " (?<last>\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d) UTC");

    private RebootRecordsParser() {}

    static Optional<RebootRecords> parse(Capture.Answer answer, Optional<NodeIdentity> identity) {
        Lines lines = Lines.of(answer);
        if (!lines.list().contains("state read")) {
            return Optional.empty();
        }
        NodeClock clock = NodeClock.of(identity);
        var entries = new ArrayList<Entry>();
        var boots = new ArrayList<Boot>();
        for (int number = 1; number <= lines.count(); number++) {
            String line = Lines.cut(lines.at(number).strip(), LONGEST);
            Source source = lines.source(number);
            boot(line, clock, source).ifPresent(boots::add);
            kind(line)
                    .ifPresent(kind -> time(line)
                            .ifPresent(at -> entries.add(new Entry(kind, clock.corrected(at), line, source))));
        }
        Collections.reverse(entries);
        return Optional.of(new RebootRecords(entries, boots));
    }

    private static Optional<Boot> boot(String line, NodeClock clock, Source source) {
        Matcher matcher = JOURNAL_BOOT.matcher(line);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Optional<Instant> first = journalTime(matcher.group("first"));
        Optional<Instant> last = journalTime(matcher.group("last"));
        return first.flatMap(from -> last.map(
                until -> new Boot(matcher.group("id"), clock.corrected(from), clock.corrected(until), source)));
    }

    private static Optional<Instant> journalTime(String text) {
        return Stamp.at(text, 0, '-', ' ').map(Stamp::local).map(RebootRecordsParser::utc);
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
