package org.etcdmedic.evidence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.etcdmedic.evidence.Log.Program;

/** Joins the files of one program's log into one. */
final class LogJoin {
    private LogJoin() {}

    /**
     * The log that the parts make up.
     *
     * @param nothingMissing whether every file that reaches into the window was read, as far as is known
     * @param noneOlder whether besides these parts there is no older file that reaches into the window
     */
    static Log join(
            Program program, List<LogPart> parts, EvidenceWindow window, boolean nothingMissing, boolean noneOlder) {
        List<LogPart> ordered = parts.stream().sorted(LogPart.OLDEST_FIRST).toList();
        var lines = new ArrayList<LogLine>();
        for (LogPart part : ordered) {
            List<LogLine> fresh = part.lines()
                    .subList(overlap(lines, part.lines()), part.lines().size());
            Optional<Instant> before = part.extent().fromBeginning() && !lines.isEmpty()
                    ? lines.getLast().at()
                    : Optional.empty();
            fresh.stream().map(line -> inheriting(line, before)).forEach(lines::add);
        }
        Optional<Instant> begins =
                lines.stream().flatMap(line -> line.at().stream()).findFirst();
        boolean toEnd = ordered.isEmpty() || ordered.getLast().extent().toEnd();
        return new Log(program, lines, begins, nothingMissing && complete(ordered, window, noneOlder), toEnd);
    }

    private static LogLine inheriting(LogLine line, Optional<Instant> before) {
        return line.at().isPresent() || before.isEmpty() ? line : line.at(before);
    }

    /** Back from the newest file until the window opens in one; one of which a part is missing ends the search. */
    private static boolean complete(List<LogPart> oldestFirst, EvidenceWindow window, boolean noneOlder) {
        for (LogPart part : oldestFirst.reversed()) {
            if (!part.extent().whole()) {
                return false;
            }
            boolean opensHere = !part.extent().fromBeginning()
                    || part.begins()
                            .filter(begin -> !begin.isAfter(window.from()))
                            .isPresent();
            if (opensHere) {
                return true;
            }
        }
        return noneOlder;
    }

    /**
     * How many of the newer file's first lines are the older one's last. etcd's log is rotated by copying and emptying it:
     * when one is read before and the other after that, the same lines come twice. Lines without a time may be alike by
     * chance, so at least one of those left out must have one. Knuth, Morris and Pratt: linear.
     */
    static int overlap(List<LogLine> older, List<LogLine> newer) {
        if (older.isEmpty() || newer.isEmpty()) {
            return 0;
        }
        int[] border = new int[newer.size()];
        for (int i = 1, length = 0; i < newer.size(); i++) {
            while (length > 0 && !same(newer.get(i), newer.get(length))) {
                length = border[length - 1];
            }
            length += same(newer.get(i), newer.get(length)) ? 1 : 0;
            border[i] = length;
        }
        int matched = 0;
        for (LogLine line : older) {
            if (matched == newer.size()) {
                matched = border[matched - 1];
            }
            while (matched > 0 && !same(line, newer.get(matched))) {
                matched = border[matched - 1];
            }
            matched += same(line, newer.get(matched)) ? 1 : 0;
        }
        return newer.subList(0, matched).stream().anyMatch(LogLine::ownTime) ? matched : 0;
    }

    private static boolean same(LogLine one, LogLine other) {
        return one.text().equals(other.text());
    }
}
