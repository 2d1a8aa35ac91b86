package org.etcdmedic.evidence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.etcdmedic.probe.Capture;

/**
 * What was read of one log file.
 *
 * @param name the file's name
 * @param lines its lines; where the beginning was cut off, without the first one unless that is whole
 * @param extent which part of the file that is
 * @param inName the time in the file's name, to order it by when no line has one
 */
record LogPart(String name, List<LogLine> lines, Extent extent, Optional<Instant> inName) {
    /** Oldest first; a file in which nothing has a time goes by its name, and the current one is the newest. */
    static final Comparator<LogPart> OLDEST_FIRST = Comparator.comparing(LogPart::order);

    /** Stands where the probe left out the middle of a window that is too large. */
    private static final String LEFT_OUT = "etcd-medic: ";

    /**
     * Which part of a file was read, as the last line of the probe {@code log-window} tells it:
     *
     * <pre>
     * end 538853376 368640 timed on parts
     * </pre>
     *
     * @param fromBeginning whether nothing stands before it in the file
     * @param opening whether the window opens in it, or before the file begins: no line of the window stands before it
     * @param gapless whether no line of the window is missing between its first and its last
     * @param toEnd whether it reaches to what the file ended with when it was read
     */
    record Extent(boolean fromBeginning, boolean opening, boolean gapless, boolean toEnd) {
        /** No more than what came: the probe did not come to its end. */
        static final Extent UNKNOWN = new Extent(false, false, false, false);

        /** Whether all lines of the window that the file holds were read. */
        boolean whole() {
            return opening && gapless;
        }

        private static Optional<Extent> told(String line) {
            List<String> words = Words.of(line);
            if (words.size() != 6 || !words.getFirst().equals("end")) {
                return Optional.empty();
            }
            OptionalLong begins = Words.number(words.get(1));
            boolean beginning = begins.isPresent() && begins.getAsLong() == 0;
            boolean all = words.get(5).equals("whole");
            boolean timed = words.get(3).equals("timed");
            // What has no time cannot be searched: all of it was read, or nothing is known of the rest.
            return Optional.of(new Extent(
                    beginning && all,
                    all && (timed || beginning),
                    (all && (timed || beginning)) || words.get(5).equals("front"),
                    words.get(4).equals("eof")));
        }

        private Extent disordered() {
            return new Extent(false, false, false, toEnd);
        }

        private Extent opened() {
            return new Extent(fromBeginning, true, gapless, toEnd);
        }
    }

    /** The part of the file that the probe {@code log-window} brought. */
    static LogPart of(Capture.Answer answer, NodeClock clock, EvidenceWindow window) {
        String file = answer.question().arguments().getOrDefault("file", "");
        String name = file.substring(file.lastIndexOf('/') + 1);
        Lines all = Lines.of(answer);
        LogClock read = LogClock.of(answer, clock);
        Optional<Extent> told =
                answer.truncated() || all.count() == 0 ? Optional.empty() : Extent.told(all.at(all.count()));
        int last = told.isPresent() ? all.count() - 1 : all.count();
        Extent extent = told.orElse(Extent.UNKNOWN);
        var lines = new ArrayList<LogLine>();
        int from = 1;
        if (!extent.gapless()) {
            for (int number = 1; number <= last; number++) {
                if (all.at(number).startsWith(LEFT_OUT)) {
                    lines.addAll(LogParser.parse(all, from, number - 1, read));
                    from = number + 1;
                }
            }
        }
        lines.addAll(LogParser.parse(all, from, last, read));
        if (!extent.whole() && lines.size() > 1 && !beginsWithHead(lines.getFirst())) {
            lines.removeFirst();
        }
        // Lines of the window may stand elsewhere in a file whose times are not in order.
        List<SetBack> falls = SetBack.in(lines);
        if (!falls.isEmpty()) {
            extent = extent.disordered();
        }
        boolean reachesBack = extent.gapless()
                && lines.stream()
                        .flatMap(line -> line.at().stream())
                        .findFirst()
                        .filter(begin -> !begin.isAfter(window.from()))
                        .isPresent();
        return new LogPart(
                name,
                List.copyOf(SetBack.straightened(lines, falls)),
                reachesBack ? extent.opened() : extent,
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
