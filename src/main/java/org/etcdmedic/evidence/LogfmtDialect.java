package org.etcdmedic.evidence;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Lines of names and values, as those programs write that carry an etcd within themselves:
 *
 * <pre>
 * time="2026-11-22 18:40:03" level=info msg="{\"level\":\"warn\",\"msg\":\"slow fdatasync\",\"took\":\"1.084s\"}" component=etcd
 * level=warn ts=2026-11-22T10:40:03.123Z caller=wal/wal.go:805 msg="slow fdatasync" took=1.084s
 * </pre>
 */
final class LogfmtDialect {
    private static final int MOST_PAIRS = 64;

    private LogfmtDialect() {}

    /** The pairs of a line that has a level and a message among them. */
    static Optional<Map<String, String>> read(String line) {
        if (!(line.startsWith("time=") || line.startsWith("level=") || line.startsWith("ts="))
                || !line.contains(" msg=")) {
            return Optional.empty();
        }
        var pairs = new LinkedHashMap<String, String>();
        int at = 0;
        while (at < line.length() && pairs.size() < MOST_PAIRS) {
            int equals = line.indexOf('=', at);
            if (equals < 0 || line.substring(at, equals).indexOf('"') >= 0) {
                break;
            }
            String name = line.substring(at, equals).strip();
            at = equals + 1;
            var value = new StringBuilder();
            at = line.startsWith("\"", at) ? quoted(line, at + 1, value) : bare(line, at, value);
            pairs.put(name, value.toString());
        }
        return pairs.containsKey("level") && pairs.containsKey("msg") ? Optional.of(pairs) : Optional.empty();
    }

    /** When the line was written, by its own word. */
    static Optional<Instant> at(Map<String, String> pairs, NodeClock clock) {
        String time = pairs.getOrDefault("time", pairs.getOrDefault("ts", ""));
        return ZapTime.read(time, clock);
    }

    private static int bare(String line, int from, StringBuilder value) {
        int end = line.indexOf(' ', from);
        int to = end < 0 ? line.length() : end;
        value.append(line, from, to);
        return to + 1;
    }

    private static int quoted(String line, int from, StringBuilder value) {
        int at = from;
        while (at < line.length() && line.charAt(at) != '"') {
            char c = line.charAt(at++);
            if (c == '\\' && at < line.length()) {
                char escaped = line.charAt(at++);
                c = escaped == 'n' ? '\n' : escaped == 't' ? '\t' : escaped;
            }
            value.append(c);
        }
        return at + 2;
    }
}
