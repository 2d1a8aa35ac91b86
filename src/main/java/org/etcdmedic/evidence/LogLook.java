package org.etcdmedic.evidence;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.etcdmedic.evidence.LogLine.Dialect;

/**
 * A first look at one line of text of which nobody says what log it is from.
 *
 * @param dialect how it is written, {@code RAW} when no dialect understands it
 * @param origin package, logger, caller or thread; empty when the line has none
 * @param at its instant, where it has a time
 */
public record LogLook(Dialect dialect, String origin, Optional<Instant> at) {
    private static final int LONGEST = 4_000;

    /** Looks at a line; times without a zone are read as of this one. */
    public static LogLook at(String line, ZoneOffset zone) {
        String text = line.length() > LONGEST ? line.substring(0, LONGEST) : line;
        if (text.isBlank()) {
            return new LogLook(Dialect.RAW, "", Optional.empty());
        }
        var clock = new NodeClock(Optional.of(zone), Duration.ZERO);
        return head(text, clock)
                .map(head -> new LogLook(head.dialect(), head.origin(), head.at()))
                .orElseGet(() -> new LogLook(Dialect.RAW, "", Optional.empty()));
    }

    private static Optional<LogHead> head(String line, NodeClock clock) {
        return CmDialect.read(line, clock)
                .or(() -> OmDialect.read(line, clock))
                .or(() -> GoLoggerDialect.read(line, clock))
                .or(() -> CapnslogDialect.read(line, clock))
                .or(() -> ZapDialect.read(line, clock));
    }
}
