package org.etcdmedic.evidence;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * One line of a log, understood as far as every dialect goes.
 *
 * @param at its instant, corrected to the service's clock; a line without a time has that of the line before
 * @param ownTime whether the time stands in the line itself
 * @param level one lower-case word: debug, info, notice, warn, error, fatal, panic; empty when the line has none
 * @param dialect how it is written
 * @param origin package, logger, caller or thread; empty when the line has none
 * @param message the message part, without time, level and origin
 * @param fields further fields (zap), empty for the other dialects
 * @param text the whole line as it came
 * @param source the line it is
 */
public record LogLine(
        Optional<Instant> at,
        boolean ownTime,
        String level,
        Dialect dialect,
        String origin,
        String message,
        Map<String, String> fields,
        String text,
        Source source) {
    /** Copies the fields. */
    public LogLine {
        fields = Map.copyOf(fields);
    }

    /**
     * One line by itself, as nobody's evidence: an example, or a line that somebody quotes. A time without a zone tells
     * nothing then.
     */
    public static LogLine of(String text) {
        return LogParser.line(text, LogClock.unknown(), Source.line(new UUID(0, 0), 1));
    }

    /** The same line, written at that time: its own, or that of the line before. */
    LogLine at(Optional<Instant> time) {
        return new LogLine(time, ownTime, level, dialect, origin, message, fields, text, source);
    }

    /** How a line is written. */
    public enum Dialect {
        /** {@code 2021-04-09 10:57:40.112936 W | wal: sync duration ...}. */
        CAPNSLOG,
        /** {@code raft2021/03/03 16:27:26 INFO: ...}. */
        RAFT,
        /** gRPC's own lines, by the Go standard logger. */
        GRPC,
        /** zap: JSON, or its form for terminals, or names and values. */
        ZAP,
        /** The cluster manager: {@code 2024-09-26 17:59:33.855 tid=1008512 name LOG: ...}. */
        CM,
        /** gs_om: {@code [2021-01-23 06:48:39.123456][31415][gs_om][LOG]:...}. */
        OM,
        /** Anything else: panics, shell errors, padding. */
        RAW
    }
}
