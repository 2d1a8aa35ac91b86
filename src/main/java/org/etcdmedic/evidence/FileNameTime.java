package org.etcdmedic.evidence;

import java.util.Optional;

/** The time in the name of a log file, {@code 2026-11-22_184003}, in the node's own zone. */
final class FileNameTime {
    private static final int LENGTH = "2026-11-22_184003".length();

    private FileNameTime() {}

    /** The time that stands at this place. */
    static Optional<Stamp> at(String text, int start) {
        if (start < 0 || start + LENGTH > text.length()) {
            return Optional.empty();
        }
        String written = text.substring(start, start + LENGTH);
        String usual = written.substring(0, 13) + ":" + written.substring(13, 15) + ":" + written.substring(15);
        return Stamp.at(usual, 0, '-', '_');
    }

    /** The time in a file's name, behind its first word: {@code cm_agent-2026-11-22_184003-current.log}. */
    static Optional<Stamp> in(String name) {
        return at(name, name.indexOf('-') + 1);
    }
}
