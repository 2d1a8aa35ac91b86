package org.etcdmedic.evidence;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.etcdmedic.probe.Capture;

/**
 * Reads what the probe {@code scheduler} prints:
 *
 * <pre>
 * # om_monitor is started by this line
 * *&#47;1 * * * * source /etc/profile;source ~/.bashrc;nohup $GAUSSHOME/bin/om_monitor -L $GAUSSLOG/cm/om_monitor &
 * exit 0
 * Max open files            640000               640000               files
 * </pre>
 *
 * A user without a crontab makes {@code crontab} say so on standard error and leave with 1. Without the {@code exit}
 * line, or with another failure, the text is unusable.
 */
final class ScheduleParser {
    private ScheduleParser() {}

    static Optional<Schedule> parse(Capture.Answer answer) {
        Lines lines = Lines.of(answer);
        // The crontab itself may hold a line that begins so: the probe's own is the last one.
        int exit = lines.count();
        while (exit > 0
                && Lines.after(lines.at(exit), "exit")
                        .flatMap(ScheduleParser::status)
                        .isEmpty()) {
            exit--;
        }
        if (exit == 0) {
            return Optional.empty();
        }
        List<String> crontab = lines.list().subList(0, exit - 1);
        boolean present = lines.at(exit).strip().equals("exit 0");
        if (!present && !answer.errorText().contains("no crontab")) {
            return Optional.empty();
        }
        return Optional.of(new Schedule(
                present,
                crontab.stream()
                        .filter(line -> present && startsOmMonitor(line))
                        .findFirst()));
    }

    private static Optional<Long> status(String word) {
        OptionalLong status = Words.number(word);
        return status.isPresent() ? Optional.of(status.getAsLong()) : Optional.empty();
    }

    /** An active entry begins with a minute or an {@code @} word; comments and variables do not (crontab(5)). */
    private static boolean startsOmMonitor(String line) {
        String entry = line.strip();
        return !entry.isEmpty()
                && (Words.digit(entry.charAt(0)) || entry.charAt(0) == '*' || entry.charAt(0) == '@')
                && entry.contains("om_monitor");
    }
}
