package org.etcdmedic.evidence;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.etcdmedic.evidence.json.FlatObject;

/**
 * What a journal, a container engine or a tool that gathers logs puts around a line:
 *
 * <pre>
 * Nov 22 18:40:03 node etcd[812]: sync duration of 2.004393954s, expected less than 1s
 * 2026-11-22T10:40:03.123456789Z stderr F panic: page 7 already freed
 * {"log":"panic: page 7 already freed\n","stream":"stderr","time":"2026-11-22T10:40:03.123456789Z"}
 * etcd_1  | panic: page 7 already freed
 * [pod/etcd-node-1/etcd] panic: page 7 already freed
 * </pre>
 *
 * @param at when the outer hand wrote it; empty when it tells none
 * @param program who wrote it, as far as that is told
 * @param text what was written
 */
record Envelope(Optional<Instant> at, String program, String text) {
    private static final int LONGEST_NAME = 80;

    /** What is around this line; empty when nothing that we know is. */
    static Optional<Envelope> open(String line, LogClock clock) {
        if (line.isEmpty()) {
            return Optional.empty();
        }
        return switch (line.charAt(0)) {
            case '{' -> object(line, clock);
            case '[' -> prefixed(line);
            default ->
                container(line, clock)
                        .or(() -> SyslogHead.read(line, clock))
                        .or(() -> timed(line, clock))
                        .or(() -> composed(line))
                        .or(() -> tailed(line));
        };
    }

    /** A line kept as JSON: by Docker, by the journal's export, by what ships logs to a search engine. */
    private static Optional<Envelope> object(String line, LogClock clock) {
        boolean worthReading = line.contains("\"log\"") || line.contains("\"MESSAGE\"") || line.contains("\"message\"");
        return worthReading ? FlatObject.read(line.strip()).flatMap(object -> object(object, clock)) : Optional.empty();
    }

    private static Optional<Envelope> object(Map<String, String> object, LogClock clock) {
        String text = first(object, "log", "MESSAGE", "message");
        if (text.isBlank()) {
            return Optional.empty();
        }
        String time = first(object, "time", "@timestamp", "timestamp", "__REALTIME_TIMESTAMP", "ts");
        String program = first(object, "SYSLOG_IDENTIFIER", "_COMM");
        return Optional.of(new Envelope(ZapTime.read(time, clock.node()), program, text.strip()));
    }

    private static String first(Map<String, String> object, String... names) {
        for (String name : names) {
            String value = object.get(name);
            if (value != null) {
                return value;
            }
        }
        return "";
    }

    /** {@code 2026-11-22T10:40:03.123456789Z stderr F text}, the container runtime interface. */
    private static Optional<Envelope> container(String line, LogClock clock) {
        return zoned(line).flatMap(stamp -> {
            int rest = stamp.end();
            boolean stream = line.startsWith(" stdout ", rest) || line.startsWith(" stderr ", rest);
            int text = rest + " stdout F ".length();
            boolean tag = stream && text <= line.length() && "FP".indexOf(line.charAt(text - 2)) >= 0;
            return tag
                    ? Optional.of(new Envelope(stamp.instant(clock.node()), "", line.substring(text)))
                    : Optional.empty();
        });
    }

    /** {@code docker logs --timestamps}: an instant with its zone, then the line. */
    private static Optional<Envelope> timed(String line, LogClock clock) {
        return zoned(line)
                .filter(stamp -> line.startsWith(" ", stamp.end()))
                .map(stamp -> new Envelope(
                        stamp.instant(clock.node()),
                        "",
                        line.substring(stamp.end()).strip()));
    }

    private static Optional<Stamp> zoned(String line) {
        return Stamp.at(line, 0, '-', 'T')
                .map(stamp -> stamp.zonedIn(line))
                .filter(stamp -> stamp.zone().isPresent());
    }

    /** {@code etcd_1  | text} of Docker Compose, {@code 18:40:03 etcd1 | text} of a process runner. */
    private static Optional<Envelope> composed(String line) {
        int bar = line.indexOf("| ");
        if (bar < 1 || bar > LONGEST_NAME) {
            return Optional.empty();
        }
        String name = line.substring(0, bar).strip();
        boolean timed = name.length() > 9 && name.charAt(2) == ':' && name.charAt(5) == ':' && name.charAt(8) == ' ';
        String program = timed ? name.substring(9).strip() : name;
        return program.contains("etcd") && program.indexOf(' ') < 0
                ? Optional.of(new Envelope(Optional.empty(), "etcd", line.substring(bar + 2)))
                : Optional.empty();
    }

    /** {@code [pod/etcd-node-1/etcd] text}. */
    private static Optional<Envelope> prefixed(String line) {
        int close = line.indexOf("] ");
        return close > 0 && close < LONGEST_NAME && line.substring(0, close).contains("etcd")
                ? Optional.of(new Envelope(Optional.empty(), "etcd", line.substring(close + 2)))
                : Optional.empty();
    }

    /** {@code etcd-node-1 etcd text}: the pod and its container. */
    private static Optional<Envelope> tailed(String line) {
        int name = line.indexOf(" etcd ");
        return name > 0 && name < LONGEST_NAME && line.substring(0, name).contains("etcd-")
                ? Optional.of(new Envelope(Optional.empty(), "etcd", line.substring(name + " etcd ".length())))
                : Optional.empty();
    }
}
