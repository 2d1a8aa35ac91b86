package org.etcdmedic.evidence;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.etcdmedic.evidence.LogLine.Dialect;
import org.etcdmedic.evidence.json.FlatObject;

/**
 * The JSON format of etcd, the only one from 3.5 on, also behind a prefix. The time has none to nine digits of a second
 * and mostly a zone; that of a pre-release is a number of seconds:
 *
 * <pre>
 * {"level":"warn","ts":"2023-12-10T20:06:58.479041+0300","caller":"rafthttp/stream.go:421",
 *  "msg":"lost TCP streaming connection with remote peer","remote-peer-id":"b586ded327f9460d","error":"EOF"}
 * </pre>
 *
 * It is one line in the log. A line that was cut off behind its message is read as far as it goes; any other line that is
 * no whole object is not of this dialect.
 */
final class ZapDialect {
    /** What ends an object that was cut off in a text, behind a value, in a list, behind a name, in a name. */
    private static final List<String> ENDS = List.of("\"}", "}", "\"]}", "]}", "\":0}", ":0}", "0}");

    /** Longer lines are cut off by nobody but the one who sends them to us. */
    private static final int LONGEST_CUT = 100_000;

    private ZapDialect() {}

    static Optional<LogHead> read(String line, NodeClock clock) {
        int level = line.indexOf("{\"level\"");
        int open = level >= 0 ? level : line.indexOf('{');
        if (open < 0 || !line.startsWith("{\"", open) || line.indexOf("\"msg\"", open) < 0) {
            return Optional.empty();
        }
        String text = line.substring(open).strip();
        return FlatObject.read(text)
                .filter(object -> object.containsKey("msg"))
                .or(() -> level >= 0 && text.length() < LONGEST_CUT ? cutOff(text) : Optional.empty())
                .map(object -> head(new LinkedHashMap<>(object), clock));
    }

    private static Optional<Map<String, String>> cutOff(String text) {
        return ENDS.stream()
                .flatMap(end -> FlatObject.read(text + end).stream())
                .filter(ZapDialect::isBehindItsMessage)
                .findFirst();
    }

    private static boolean isBehindItsMessage(Map<String, String> object) {
        List<String> names = List.copyOf(object.keySet());
        return names.contains("msg") && names.indexOf("msg") < names.size() - 1;
    }

    /**
     * An object that etcd wrote, whose names a gatherer of logs has changed: {@code message} for the message, {@code
     * severity} for the level, {@code timestamp} for the time. What etcd writes has the place in its source.
     */
    static Optional<LogHead> renamed(String line, NodeClock clock) {
        if (line.charAt(0) != '{' || !line.contains("\"caller\"") || !line.contains("\"message\"")) {
            return Optional.empty();
        }
        return FlatObject.read(line.strip())
                .filter(object -> object.containsKey("caller") && object.containsKey("message"))
                .map(object -> {
                    var usual = new LinkedHashMap<>(object);
                    rename(usual, "message", "msg");
                    rename(usual, "severity", "level");
                    rename(usual, "timestamp", "ts");
                    rename(usual, "@timestamp", "ts");
                    return head(usual, clock);
                });
    }

    private static void rename(Map<String, String> object, String from, String to) {
        String value = object.remove(from);
        if (value != null) {
            object.putIfAbsent(to, value);
        }
    }

    /** The head that such an object is, whoever wrote it down. */
    static LogHead head(Map<String, String> object, NodeClock clock) {
        String level = taken(object, "level");
        String time = taken(object, object.containsKey("ts") ? "ts" : "time");
        String message = taken(object, "msg");
        String origin = taken(object, object.containsKey("logger") ? "logger" : "caller");
        object.replaceAll((name, value) -> LogParser.cutText(value));
        return new LogHead(ZapTime.read(time, clock), level(level), Dialect.ZAP, origin, message.strip(), object);
    }

    private static String taken(Map<String, String> object, String name) {
        String value = object.remove(name);
        return value == null ? "" : value;
    }

    private static String level(String word) {
        return switch (word) {
            case "debug", "info", "warn", "error", "panic", "fatal" -> word;
            case "dpanic" -> "panic";
            case "warning" -> "warn";
            default -> "";
        };
    }
}
