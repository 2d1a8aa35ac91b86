package org.etcdmedic.evidence;

import java.util.Optional;
import org.etcdmedic.evidence.LogLine.Dialect;

/**
 * The cluster manager's lines (openGauss {@code cm_elog.cpp}): time, perhaps the name of a zone, thread number, thread
 * name, level. A thread without a name leaves two blanks:
 *
 * <pre>
 * 2024-09-26 17:59:33.855 tid=1008512 ETCD_CHECK LOG: device vdb1, [Cpu util: 37%], [Io util: 100%]
 * 2021-04-09 11:06:24.047 CST tid=15822  LOG: device vdb1, tot_ticks 889640579, cputime 1798651342, io util 100
 * </pre>
 *
 * Times are the node's own whatever zone is named, for names of zones are ambiguous.
 */
final class CmDialect {
    /** A zone's name, a thread's number and its name are shorter than this. */
    private static final int FAR_ENOUGH = 80;

    private CmDialect() {}

    static Optional<LogHead> read(String line, NodeClock clock) {
        return Stamp.at(line, 0, '-', ' ').flatMap(stamp -> {
            int tid = line.indexOf(" tid=", stamp.end());
            if (tid < 0 || tid > stamp.end() + 16) {
                return Optional.empty();
            }
            int from = tid + " tid=".length();
            while (from < line.length() && Words.digit(line.charAt(from))) {
                from++;
            }
            return level(line, from, stamp, clock);
        });
    }

    /** The first word that is a level and ends in a colon; what stands before it is the thread's name. */
    private static Optional<LogHead> level(String line, int from, Stamp stamp, NodeClock clock) {
        for (int colon = line.indexOf(':', from);
                colon > 0 && colon < from + FAR_ENOUGH;
                colon = line.indexOf(':', colon + 1)) {
            int word = line.lastIndexOf(' ', colon) + 1;
            String level = word > from ? level(line.substring(word, colon)) : "";
            if (!level.isEmpty()) {
                return Optional.of(new LogHead(
                        stamp.instant(clock),
                        level,
                        Dialect.CM,
                        line.substring(from, word).strip(),
                        line.substring(colon + 1).strip()));
            }
        }
        return Optional.empty();
    }

    private static String level(String word) {
        return switch (word) {
            case "DEBUG5", "DEBUG4", "DEBUG3", "DEBUG2", "DEBUG1", "DEBUG" -> "debug";
            case "LOG", "INFO" -> "info";
            case "NOTICE" -> "notice";
            case "WARNING" -> "warn";
            case "ERROR" -> "error";
            case "FATAL" -> "fatal";
            case "PANIC" -> "panic";
            default -> "";
        };
    }
}
