package org.etcdmedic.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A place of a log at which the node's clock was set back: the times fall, and stay below.
 *
 * <pre>
 * 2026-11-22 18:48:23.000000 W | etcdserver: before
 * 2026-11-22 18:38:23.000000 W | etcdserver: the clock was set back ten minutes
 * </pre>
 *
 * What is known of the clock is what it says now, so what was written before is by as much too late.
 *
 * @param line the first line since then, counted from 0
 * @param by how far the times fell; what passed between the two lines is not known, and short in a busy log
 */
record SetBack(int line, Duration by) {
    /** Several writers of one file come out of order by less. */
    private static final Duration DISORDER = Duration.ofMinutes(1);

    /** A clock that was wrong by more is rather a date that some message quotes. */
    private static final Duration MOST = Duration.ofHours(12);

    /** Where the times of these lines fall for good. Lines that are out of order and come back, as old ones copied into a log, are not the clock's. */
    static List<SetBack> in(List<LogLine> lines) {
        List<Integer> timed = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).ownTime() && lines.get(i).at().isPresent()) {
                timed.add(i);
            }
        }
        var found = new ArrayList<SetBack>();
        Optional<Instant> before = Optional.empty();
        for (int i = 0; i < timed.size(); i++) {
            Instant at = time(lines, timed.get(i));
            if (before.isPresent() && fallen(at, before.get())) {
                if (i + 1 < timed.size() && !fallen(time(lines, timed.get(i + 1)), before.get())) {
                    continue;
                }
                found.add(new SetBack(timed.get(i), Duration.between(at, before.get())));
            }
            before = Optional.of(at);
        }
        return found.stream()
                .filter(fall -> fall.by().compareTo(MOST) <= 0 && !fall.comesBack(lines))
                .toList();
    }

    /** The same lines, those from before by the clock as it went on. */
    static List<LogLine> straightened(List<LogLine> lines, List<SetBack> falls) {
        var straight = new ArrayList<>(lines);
        for (SetBack fall : falls) {
            straight.subList(0, fall.line())
                    .replaceAll(line -> line.at(line.at().map(at -> at.minus(fall.by()))));
        }
        return straight;
    }

    /** Whether the times later jump forward as far as they fell: then it was no more than an excursion. */
    private boolean comesBack(List<LogLine> lines) {
        Optional<Instant> before = Optional.empty();
        for (LogLine next : lines.subList(line, lines.size())) {
            if (!next.ownTime() || next.at().isEmpty()) {
                continue;
            }
            Instant at = next.at().get();
            if (before.filter(b -> Duration.between(b, at).compareTo(by.minus(DISORDER)) >= 0)
                    .isPresent()) {
                return true;
            }
            before = next.at();
        }
        return false;
    }

    private static boolean fallen(Instant at, Instant before) {
        return at.isBefore(before.minus(DISORDER));
    }

    private static Instant time(List<LogLine> lines, int line) {
        return lines.get(line).at().orElseThrow();
    }
}
