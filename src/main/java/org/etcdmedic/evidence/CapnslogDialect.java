package org.etcdmedic.evidence;

import java.util.Optional;
import org.etcdmedic.evidence.LogLine.Dialect;

/**
 * The text format of etcd up to 3.4 (coreos/pkg {@code capnslog/formatters.go}), with the place in the source only when
 * etcd debugs, and behind whatever a journal or a container engine puts before it:
 *
 * <pre>
 * 2021-04-09 10:57:40.112936 W | wal: sync duration of 2.004393954s, expected less than 1s
 * 2021-04-09 10:57:40.112936 [wal/wal.go:600] W | sync duration of 2.004393954s, expected less than 1s
 * </pre>
 */
final class CapnslogDialect {
    private static final int LENGTH_TO_SECOND = "2021-04-09 10:57:40".length();

    /** What may stand before the bar: a prefix of the journal, the time, the place in the source, the level. */
    private static final int FAR_ENOUGH = 1_000;

    private CapnslogDialect() {}

    static Optional<LogHead> read(String line, NodeClock clock) {
        for (int bar = line.indexOf(" |"); bar > 0 && bar < FAR_ENOUGH; bar = line.indexOf(" |", bar + 1)) {
            int text = bar + " |".length();
            boolean bare = text == line.length() || line.charAt(text) == ' ';
            String level = bare ? level(line.charAt(bar - 1)) : "";
            if (level.isEmpty() || bar <= LENGTH_TO_SECOND || line.charAt(bar - 2) != ' ') {
                continue;
            }
            Optional<Stamp> stamp = stampBefore(line, bar - 2);
            if (stamp.isPresent()) {
                String rest = line.substring(Math.min(text + 1, line.length()));
                int colon = endOfPackage(rest);
                return Optional.of(new LogHead(
                        stamp.get().instant(clock),
                        level,
                        Dialect.CAPNSLOG,
                        rest.substring(0, colon),
                        colon == 0 ? rest : rest.substring(colon + 2)));
            }
        }
        return Optional.empty();
    }

    /** The time that ends here, or before the place in the source that ends here. */
    private static Optional<Stamp> stampBefore(String line, int end) {
        int behind = end;
        if (line.charAt(behind - 1) == ']') {
            behind = line.lastIndexOf(" [", behind);
        }
        int digit = behind - 1;
        while (digit > 0 && Words.digit(line.charAt(digit))) {
            digit--;
        }
        if (digit < LENGTH_TO_SECOND || line.charAt(digit) != '.') {
            return Optional.empty();
        }
        int expected = behind;
        return Stamp.at(line, digit - LENGTH_TO_SECOND, '-', ' ').filter(stamp -> stamp.end() == expected);
    }

    /** A package is a path such as {@code etcdserver/membership}, then a colon and a blank; 0 when there is none. */
    private static int endOfPackage(String text) {
        int at = 0;
        while (at < text.length() && packageCharacter(text.charAt(at))) {
            at++;
        }
        return text.startsWith(": ", at) ? at : 0;
    }

    private static boolean packageCharacter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || Words.digit(c) || c == '/' || c == '-' || c == '_';
    }

    private static String level(char letter) {
        return switch (letter) {
            case 'T', 'D' -> "debug";
            case 'I' -> "info";
            case 'N' -> "notice";
            case 'W' -> "warn";
            case 'E' -> "error";
            case 'C' -> "fatal";
            default -> "";
        };
    }
}
