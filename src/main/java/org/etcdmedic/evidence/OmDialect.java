package org.etcdmedic.evidence;

import java.util.Locale;
import java.util.Optional;
import org.etcdmedic.evidence.LogLine.Dialect;

/**
 * The lines of gs_om and its relatives (openGauss {@code GaussLog.py}): local time, process, module, level, perhaps a step
 * and a place in the source. A microsecond of 0 is not written, and a trace id may stand before all:
 *
 * <pre>
 * [2021-01-23 06:48:39.123456][31415][gs_om][ERROR]:[GAUSS-50201] : The status file does not exist. Path: /a/b.dat.
 * [2021-01-23 06:48:40][31415][OmImpl.py(doStart:123)][gs_om][ERROR][Step1]:[GAUSS-51640] : Can't connect to cm_server
 * [7f3a9c][2021-01-23 06:48:41.000001][31415][gs_om][LOG]:Checking the cluster status.
 * </pre>
 */
final class OmDialect {
    /** The head's brackets are shorter than this altogether. */
    private static final int FAR_ENOUGH = 300;

    private OmDialect() {}

    static Optional<LogHead> read(String line, NodeClock clock) {
        if (line.charAt(0) != '[') {
            return Optional.empty();
        }
        Optional<Stamp> first = Stamp.at(line, 1, '-', ' ');
        int second = line.indexOf("][");
        Optional<Stamp> stamp =
                first.isPresent() || second < 0 || second > 64 ? first : Stamp.at(line, second + 2, '-', ' ');
        return stamp.flatMap(found -> head(line, found, clock));
    }

    private static Optional<LogHead> head(String line, Stamp stamp, NodeClock clock) {
        int end = line.indexOf("]:", stamp.end());
        if (end < 0 || end > stamp.end() + FAR_ENOUGH) {
            return Optional.empty();
        }
        String origin = "";
        String level = "";
        for (String part : line.substring(stamp.end(), end).replace("[", "").split("]", -1)) {
            switch (part) {
                case "LOG", "DEBUG", "WARNING", "ERROR", "FATAL" -> level = level(part);
                default -> origin = part.startsWith("gs_") ? part : origin;
            }
        }
        return level.isEmpty()
                ? Optional.empty()
                : Optional.of(new LogHead(
                        stamp.instant(clock),
                        level,
                        Dialect.OM,
                        origin,
                        line.substring(end + 2).strip()));
    }

    private static String level(String word) {
        return switch (word) {
            case "LOG" -> "info";
            case "WARNING" -> "warn";
            default -> word.toLowerCase(Locale.ROOT);
        };
    }
}
