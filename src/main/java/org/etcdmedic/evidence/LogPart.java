package org.etcdmedic.evidence;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.etcdmedic.probe.Capture;

/**
 * What was read of one log file.
 *
 * @param name the file's name
 * @param lines its lines; where the beginning was cut off, without the first one unless that is whole
 * @param whole whether everything the file holds was read
 * @param inName the time in the file's name, to order it by when no line has one
 */
record LogPart(String name, List<LogLine> lines, boolean whole, Optional<Instant> inName) {
    /** Oldest first; a file in which nothing has a time goes by its name, and the current one is the newest. */
    static final Comparator<LogPart> OLDEST_FIRST = Comparator.comparing(LogPart::order);

    /** The part of the file that the probe {@code log-tail} brought. */
    static LogPart of(Capture.Answer answer, NodeClock clock) {
        String file = answer.question().arguments().getOrDefault("file", "");
        String name = file.substring(file.lastIndexOf('/') + 1);
        long asked = Words.number(answer.question().arguments().getOrDefault("bytes", ""))
                .orElse(0);
        boolean whole = answer.bytes() < asked && !answer.truncated();
        List<LogLine> lines = LogParser.parse(answer, clock);
        return new LogPart(
                name,
                whole || lines.size() < 2 || beginsWithHead(lines.getFirst()) ? lines : lines.subList(1, lines.size()),
                whole,
                FileNameTime.in(name).flatMap(stamp -> stamp.instant(clock)));
    }

    /** Reading began somewhere in a line, unless that line begins as its dialect does. */
    private static boolean beginsWithHead(LogLine line) {
        return switch (line.dialect()) {
            case CM, OM, RAFT, GRPC -> true;
            case ZAP -> line.text().startsWith("{");
            case CAPNSLOG -> Stamp.at(line.text(), 0, '-', ' ').isPresent();
            case RAW -> false;
        };
    }

    /** Time of the first line that has one. */
    Optional<Instant> begins() {
        return lines.stream().flatMap(line -> line.at().stream()).findFirst();
    }

    private Instant order() {
        return begins().or(() -> inName).orElse(LogPlace.isCurrent(name) ? Instant.MAX : Instant.MIN);
    }
}
