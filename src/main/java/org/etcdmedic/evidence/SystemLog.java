package org.etcdmedic.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Lines of the kernel's ring buffer or the system log that speak of disks, memory, lock-ups or the scheduler.
 *
 * @param lines the lines
 * @param whole whether all of it was read: only then does its silence tell something
 */
public record SystemLog(List<Line> lines, boolean whole) {
    /** Copies the lines. */
    public SystemLog {
        lines = List.copyOf(lines);
    }

    /** All there was. */
    public SystemLog(List<Line> lines) {
        this(lines, true);
    }

    /** A line, its instant by the service's clock where it tells one, its text. */
    public record Line(Optional<Instant> at, String text, Source source) {}
}
