package org.etcdmedic.evidence;

import java.util.List;
import java.util.Optional;
import org.etcdmedic.probe.Capture;

/**
 * Reads what the probe {@code time-service} prints:
 *
 * <pre>
 * running chronyd
 * chrony Reference ID    : C0000201 (192.0.2.1)
 * chrony System time     : 0.000012345 seconds fast of NTP time
 * chrony Leap status     : Normal
 * timedatectl System clock synchronized: yes
 * timedatectl NTP service: active
 * end
 * </pre>
 *
 * Without the last line it is unusable.
 */
final class TimeKeeperParser {
    private TimeKeeperParser() {}

    static Optional<TimeKeeper> parse(Capture.Answer answer) {
        Lines lines = Lines.of(answer);
        if (!lines.list().contains("end")) {
            return Optional.empty();
        }
        List<String> running = lines.list().stream()
                .flatMap(line -> Lines.after(line, "running").stream())
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
        // chronyc speaks for the service itself; timedatectl for the kernel's flag, which its service sets.
        return Optional.of(new TimeKeeper(
                running,
                value(lines, "chrony Leap status")
                        .map(status -> !status.startsWith("Not synchronised"))
                        .or(() -> value(lines, "timedatectl System clock synchronized")
                                .or(() -> value(lines, "timedatectl NTP synchronized"))
                                .map("yes"::equals))));
    }

    private static Optional<String> value(Lines lines, String label) {
        return lines.list().stream()
                .filter(line -> line.startsWith(label))
                .map(line -> line.substring(label.length()).strip())
                .filter(rest -> rest.startsWith(":"))
                .map(rest -> rest.substring(1).strip())
                .findFirst();
    }
}
