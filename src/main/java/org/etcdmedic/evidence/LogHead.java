package org.etcdmedic.evidence;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.etcdmedic.evidence.LogLine.Dialect;

/** What a dialect understood of one line of a log; meanings as in {@link LogLine}. */
record LogHead(
        Optional<Instant> at,
        String level,
        Dialect dialect,
        String origin,
        String message,
        Map<String, String> fields) {
    /** A head without further fields. */
    LogHead(Optional<Instant> at, String level, Dialect dialect, String origin, String message) {
        this(at, level, dialect, origin, message, Map.of());
    }
}
