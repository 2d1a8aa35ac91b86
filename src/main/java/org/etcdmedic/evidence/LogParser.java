package org.etcdmedic.evidence;

import java.time.Instant;
import java.util.ArrayList;
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
 * first line of a rotated log is followed by binary padding, which the next line then begins with. Blank lines are left
 * out.
 */
final class LogParser {
    private static final int MOST_CHARACTERS = 4_000;
    private static final String CREATED = "log_file_create_time=";

    /** A NUL, and what stands for it in a text that was cleaned to be stored. */
    private static final String PADDING = "\0\u2400";

    private LogParser() {}

    static List<LogLine> parse(Capture.Answer answer, NodeClock clock) {
        Lines lines = Lines.of(answer);
        return parse(lines, 1, lines.count(), clock);
    }

    /** Some of the lines, as if there were no others. */
    static List<LogLine> parse(Lines lines, int first, int end, NodeClock clock) {
        var log = new ArrayList<LogLine>(Math.max(0, end - first + 1));
        Optional<Instant> last = Optional.empty();
        for (int number = first; number <= end; number++) {
            String line = withoutPadding(lines.at(number));
            if (line.isBlank()) {
                continue;
            }
            LogHead head = head(line, clock);
            boolean own = head.at().isPresent();
            Optional<Instant> before = last;
            last = own
                    ? head.at()
                            .map(at -> before.map(b -> clock.following(b, at)).orElse(at))
                    : last;
            log.add(new LogLine(
                    last,
                    own,
                    head.level(),
                    head.dialect(),
                    head.origin(),
                    cutText(head.message()),
                    head.fields(),
                    cutText(line),
                    lines.source(number)));
        }
        return log;
    }

    /** A text of at most 4,000 characters, the last one an ellipsis where it was longer. */
    static String cutText(String text) {
        return Lines.cut(text, MOST_CHARACTERS);
    }

    private static LogHead head(String line, NodeClock clock) {
        boolean json = line.charAt(0) == '{';
        return CmDialect.read(line, clock)
                .or(() -> OmDialect.read(line, clock))
                .or(() -> GoLoggerDialect.read(line, clock))
                .or(() -> json ? ZapDialect.read(line, clock) : CapnslogDialect.read(line, clock))
                .or(() -> json ? Optional.empty() : ZapDialect.read(line, clock))
                .orElseGet(() -> raw(line, clock));
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

    private static String withoutPadding(String line) {
        int from = 0;
        int to = line.length();
        while (from < to && PADDING.indexOf(line.charAt(from)) >= 0) {
            from++;
        }
        while (to > from && PADDING.indexOf(line.charAt(to - 1)) >= 0) {
            to--;
        }
        return line.substring(from, to);
    }
}
