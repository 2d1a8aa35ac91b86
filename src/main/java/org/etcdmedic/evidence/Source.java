package org.etcdmedic.evidence;

import java.util.UUID;

/**
 * Where a fact was read: lines of one capture. Lines count from 1, as an operator counts them.
 *
 * @param capture the capture's identifier
 * @param firstLine first line
 * @param lastLine last line, inclusive
 */
public record Source(UUID capture, int firstLine, int lastLine) {
    /** Refuses a range that is none. */
    public Source {
        if (firstLine < 1 || lastLine < firstLine) {
            throw new IllegalArgumentException("lines " + firstLine + " to " + lastLine);
        }
    }

    /** One line. */
    public static Source line(UUID capture, int line) {
        return new Source(capture, line, line);
    }
}
