package org.etcdmedic.evidence;

import java.util.Optional;
import org.etcdmedic.evidence.LogLine.Dialect;

/**
 * Lines of Go's standard logger, which raft (etcd 3.4) and gRPC (all releases) write by themselves, to the second. Newer
 * gRPC puts the severity behind the time:
 *
 * <pre>
 * raft2021/03/03 16:27:26 INFO: 4eee438bb97e1153 became candidate at term 3
 * WARNING: 2022/03/19 02:51:31 grpc: Server.processUnaryRPC failed to write status: connection error
 * 2024/01/01 10:00:00 WARNING: [core] [Server #2] grpc: Server.processUnaryRPC failed to write status
 * </pre>
 */
final class GoLoggerDialect {
    private GoLoggerDialect() {}

    static Optional<LogHead> read(String line, NodeClock clock) {
        boolean raft = line.startsWith("raft");
        String before = raft ? "" : severity(line, 0);
        int start = raft ? "raft".length() : before.isEmpty() ? 0 : before.length() + 2;
        return Stamp.at(line, start, '/', ' ').map(stamp -> {
            int rest = Math.min(stamp.end() + 1, line.length());
            String behind = before.isEmpty() ? severity(line, rest) : "";
            int text = behind.isEmpty() ? rest : rest + behind.length() + 1;
            return new LogHead(
                    stamp.instant(clock),
                    level(before + behind),
                    raft ? Dialect.RAFT : Dialect.GRPC,
                    raft ? "raft" : "",
                    line.substring(text).strip());
        });
    }

    /** The severity that stands here before a colon and a blank; empty when none does. */
    private static String severity(String line, int at) {
        int colon = line.indexOf(':', at);
        if (colon < 0 || colon > at + "WARNING".length() || !line.startsWith(": ", colon)) {
            return "";
        }
        String word = line.substring(at, colon);
        return level(word).isEmpty() ? "" : word;
    }

    private static String level(String severity) {
        return switch (severity) {
            case "DEBUG" -> "debug";
            case "INFO" -> "info";
            case "WARN", "WARNING" -> "warn";
            case "ERROR" -> "error";
            case "FATAL" -> "fatal";
            case "PANIC" -> "panic";
            default -> "";
        };
    }
}
