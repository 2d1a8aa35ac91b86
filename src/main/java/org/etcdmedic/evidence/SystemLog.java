package org.etcdmedic.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Lines of the kernel's ring buffer or the system log that speak of disks, memory, lock-ups or the scheduler.
 *
 * @param lines the lines
 */
public record SystemLog(List<Line> lines) {
    /** Copies the lines. */
    public SystemLog {
        lines = List.copyOf(lines);
    }

    /** A line, its instant by the service's clock where it tells one, its text. */
    public record Line(Optional<Instant> at, String text, Source source) {}
}
