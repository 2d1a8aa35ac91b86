package org.etcdmedic.evidence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.etcdmedic.evidence.LogLine.Dialect;
import org.etcdmedic.probe.Capture;

/**
 * Reads a part of a log, of etcd or of the cluster manager, whose lines may each be written in another dialect: etcd's
 * standard output and standard error go to one file.
 *
 * <pre>
 * log_file_create_time=2021-04-09_105700
 * 2021-04-09 10:57:40.112936 W | wal: sync duration of 2.004393954s, expected less than 1s
 * raft2021/04/09 10:57:41 INFO: 4eee438bb97e1153 became candidate at term 3
 * WARNING: 2021/04/09 10:57:42 grpc: Server.processUnaryRPC failed to write status: connection error
 * {"level":"warn","ts":"2021-04-09T10:57:43.479041+0800","caller":"wal/wal.go:805","msg":"slow fdatasync"}
 * 2021-04-09 10:57:44.047 tid=15822 ETCD_CHECK LOG: device vdb1, [Cpu util: 37%], [Io util: 100%]
 * sh: /usr/local/core/app/bin/etcd: Permission denied
 * </pre>
 *
 * Any text is a log: a line that no dialect understands is raw, and one without a time has that of the line before. The
 * first line of a rotated log is followed by binary padding, which the next line then begins with. A line may stand in the
 * {@link Envelope} of a journal or a container engine, in several of them, and may have been copied by hand. Blank lines
 * are left out.
 */
final class LogParser {
    private static final int MOST_CHARACTERS = 4_000;
    private static final String CREATED = "log_file_create_time=";

    /** A container engine's envelope around a journal's around a quoted line, and one to spare. */
    private static final int MOST_ENVELOPES = 4;

    private LogParser() {}

    static List<LogLine> parse(Capture.Answer answer, NodeClock clock) {
        Lines lines = Lines.of(answer);
        return parse(lines, 1, lines.count(), LogClock.of(answer, clock));
    }

    /** Some of the lines, as if there were no others. */
    static List<LogLine> parse(Lines lines, int first, int end, LogClock clock) {
        var log = new ArrayList<LogLine>(Math.max(0, end - first + 1));
        Optional<Instant> last = Optional.empty();
        for (int number = first; number <= end; number++) {
            String text = Pasted.plain(lines.at(number));
            if (text.isBlank()) {
                continue;
            }
            LogLine line = line(text, clock, lines.source(number));
            Optional<Instant> before = last;
            last = line.at()
                    .map(at -> before.map(b -> clock.node().following(b, at)).orElse(at))
                    .or(() -> before);
            log.add(line.at(last));
        }
        return log;
    }

    /** One line, without padding, that is not blank. */
    static LogLine line(String line, LogClock clock, Source source) {
        LogHead head = head(line, clock, 0);
        return new LogLine(
                head.at(),
                head.at().isPresent(),
                head.level(),
                head.dialect(),
                head.origin(),
                cutText(head.message()),
                head.fields(),
                cutText(line),
                source);
    }

    /** A text of at most 4,000 characters, the last one an ellipsis where it was longer. */
    static String cutText(String text) {
        return Lines.cut(text, MOST_CHARACTERS);
    }

    private static LogHead head(String line, LogClock clock, int envelopes) {
        Optional<LogHead> read = dialect(line, clock.node()).or(() -> pairs(line, clock, envelopes));
        if (read.isPresent() && (read.get().at().isPresent() || envelopes == MOST_ENVELOPES)) {
            return read.get();
        }
        if (envelopes < MOST_ENVELOPES) {
            Optional<Envelope> envelope =
                    Envelope.open(line, clock).filter(e -> !e.text().isBlank());
            if (envelope.isPresent()) {
                return within(envelope.get(), clock, envelopes + 1);
            }
            String unquoted = Pasted.unquoted(line);
            if (read.isEmpty() && unquoted.length() < line.length() && !unquoted.isBlank()) {
                LogHead inner = head(unquoted, clock, envelopes + 1);
                if (inner.dialect() != Dialect.RAW || inner.at().isPresent() || line.charAt(0) == '>') {
                    return inner;
                }
            }
        }
        return read.orElseGet(() -> raw(line, clock.node()));
    }

    /** What stands in the envelope, with the envelope's time and program where it has none itself. */
    private static LogHead within(Envelope envelope, LogClock clock, int envelopes) {
        LogHead inner = head(envelope.text(), clock, envelopes);
        return new LogHead(
                inner.at().or(envelope::at),
                inner.level(),
                inner.dialect(),
                inner.origin().isEmpty() && inner.dialect() == Dialect.RAW ? envelope.program() : inner.origin(),
                inner.message(),
                inner.fields());
    }

    private static Optional<LogHead> dialect(String line, NodeClock clock) {
        boolean json = line.charAt(0) == '{';
        return CmDialect.read(line, clock)
                .or(() -> OmDialect.read(line, clock))
                .or(() -> GoLoggerDialect.read(line, clock))
                .or(() -> ConsoleDialect.read(line, clock))
                .or(() -> json ? ZapDialect.read(line, clock) : CapnslogDialect.read(line, clock))
                .or(() -> json ? ZapDialect.renamed(line, clock) : ZapDialect.read(line, clock));
    }

    /** Names and values, whose message may be a whole line of etcd's. */
    private static Optional<LogHead> pairs(String line, LogClock clock, int envelopes) {
        return LogfmtDialect.read(line).map(pairs -> {
            String message = pairs.getOrDefault("msg", "");
            Optional<Instant> at = LogfmtDialect.at(pairs, clock.node());
            if (!message.isBlank() && envelopes < MOST_ENVELOPES) {
                LogHead inner = within(new Envelope(at, "", message), clock, envelopes + 1);
                if (inner.dialect() != Dialect.RAW) {
                    return inner;
                }
            }
            return ZapDialect.head(new LinkedHashMap<>(pairs), clock.node());
        });
    }

    private static LogHead raw(String line, NodeClock clock) {
        return new LogHead(
                line.startsWith(CREATED)
                        ? FileNameTime.at(line, CREATED.length()).flatMap(stamp -> stamp.instant(clock))
                        : Optional.empty(),
                "",
                Dialect.RAW,
                "",
                line,
                Map.of());
    }
}
