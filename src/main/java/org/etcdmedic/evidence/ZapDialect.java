package org.etcdmedic.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.etcdmedic.evidence.LogLine.Dialect;
import org.etcdmedic.evidence.json.FlatObject;

/**
 * The JSON format of etcd, the only one from 3.5 on, also behind a prefix. The time has none to six digits of a second
 * and a zone; that of a pre-release is a number of seconds:
 *
 * <pre>
 * {"level":"warn","ts":"2023-12-10T20:06:58.479041+0300","caller":"rafthttp/stream.go:421",
 *  "msg":"lost TCP streaming connection with remote peer","remote-peer-id":"b586ded327f9460d","error":"EOF"}
 * </pre>
 *
 * It is one line in the log. A line that is no whole object is not of this dialect.
 */
final class ZapDialect {
    private static final double LAST_EPOCH_SECOND = 250_000_000_000.0;

    private ZapDialect() {}

    static Optional<LogHead> read(String line, NodeClock clock) {
        int level = line.indexOf("{\"level\"");
        int open = level >= 0 ? level : line.indexOf('{');
        if (open < 0 || !line.startsWith("{\"", open) || line.indexOf("\"msg\"", open) < 0) {
            return Optional.empty();
        }
        return FlatObject.read(line.substring(open).strip())
                .filter(object -> object.containsKey("msg"))
                .map(object -> head(new LinkedHashMap<>(object), clock));
    }

    private static LogHead head(Map<String, String> object, NodeClock clock) {
        String level = taken(object, "level");
        String time = taken(object, "ts");
        String message = taken(object, "msg");
        String origin = taken(object, object.containsKey("logger") ? "logger" : "caller");
        object.replaceAll((name, value) -> LogParser.cutText(value));
        return new LogHead(at(time, clock), level(level), Dialect.ZAP, origin, message.strip(), object);
    }

    private static String taken(Map<String, String> object, String name) {
        String value = object.remove(name);
        return value == null ? "" : value;
    }

    private static String level(String word) {
        return switch (word) {
            case "debug", "info", "warn", "error", "panic", "fatal" -> word;
            case "dpanic" -> "panic";
            default -> "";
        };
    }

    private static Optional<Instant> at(String time, NodeClock clock) {
        Optional<Stamp> stamp = Stamp.at(time, 0, '-', 'T');
        return stamp.isPresent()
                ? stamp.get().zonedIn(time).instant(clock)
                : epoch(time).map(clock::corrected);
    }

    /** Seconds since 1970, perhaps with a fraction and an exponent. */
    private static Optional<Instant> epoch(String number) {
        if (number.isEmpty() || number.length() > 32 || !Words.digit(number.charAt(0))) {
            return Optional.empty();
        }
        try {
            double seconds = Double.parseDouble(number);
            if (!(seconds >= 0 && seconds < LAST_EPOCH_SECOND)) {
                return Optional.empty();
            }
            // A double holds such a number to the microsecond and no finer.
            return Optional.of(
                    Instant.EPOCH.plus(Duration.ofSeconds((long) seconds, Math.round(seconds % 1 * 1e6) * 1_000)));
        } catch (NumberFormatException noNumber) {
            return Optional.empty();
        }
    }
}
