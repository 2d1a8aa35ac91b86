package org.etcdmedic.evidence;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.etcdmedic.evidence.LogLine.Dialect;
import org.etcdmedic.evidence.json.FlatObject;

/**
 * zap's encoder for terminals: time, level, perhaps the logger, the place in the source, message, fields. Tabs part them,
 * which a terminal may have turned into blanks:
 *
 * <pre>
 * 2026-11-22T18:40:03.123+0800  WARN  wal/wal.go:805  slow fdatasync  {"took": "1.084s", "expected-duration": "1s"}
 * 2026-11-22T18:40:03.123+0800  info  raft  etcdserver/zap_raft.go:77  4eee438bb97e1153 became candidate at term 3
 * </pre>
 */
final class ConsoleDialect {
    private ConsoleDialect() {}

    static Optional<LogHead> read(String line, NodeClock clock) {
        return Stamp.at(line, 0, '-', 'T').map(stamp -> stamp.zonedIn(line)).flatMap(stamp -> {
            java.util.List<String> words =
                    Words.of(line.substring(stamp.end(), Math.min(line.length(), stamp.end() + 200)), 5);
            String level = words.isEmpty() ? "" : level(words.getFirst());
            int place =
                    words.size() > 2 && isPlace(words.get(1)) ? 1 : words.size() > 3 && isPlace(words.get(2)) ? 2 : 0;
            if (level.isEmpty() || place == 0) {
                return Optional.empty();
            }
            String caller = words.get(place);
            String rest = line.substring(line.indexOf(caller, stamp.end()) + caller.length())
                    .strip();
            int open = opening(rest);
            Map<String, String> fields = new LinkedHashMap<>();
            if (open >= 0) {
                FlatObject.read(rest.substring(open)).ifPresent(fields::putAll);
                fields.replaceAll((name, value) -> LogParser.cutText(value));
            }
            fields.put("caller", caller);
            return Optional.of(new LogHead(
                    stamp.instant(clock),
                    level,
                    Dialect.ZAP,
                    place == 2 ? words.get(1) : caller,
                    fields.size() > 1 ? rest.substring(0, open).strip() : rest,
                    fields));
        });
    }

    /** Where the fields begin, which are one object up to the end of the line. */
    private static int opening(String rest) {
        int open = rest.indexOf("{\"");
        return open > 0 && rest.endsWith("}") && Character.isWhitespace(rest.charAt(open - 1)) ? open : -1;
    }

    private static boolean isPlace(String word) {
        int colon = word.indexOf(".go:");
        return colon > 0 && Words.digits(word.substring(colon + ".go:".length()));
    }

    private static String level(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "debug" -> "debug";
            case "info" -> "info";
            case "warn" -> "warn";
            case "error" -> "error";
            case "dpanic", "panic" -> "panic";
            case "fatal" -> "fatal";
            default -> "";
        };
    }
}
