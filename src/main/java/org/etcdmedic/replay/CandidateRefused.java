package org.etcdmedic.replay;

import java.util.List;
import org.etcdmedic.bundle.Skipped;

/** What was handed in is not taken as knowledge, whatever stands in its files. */
public final class CandidateRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final transient List<Skipped> skipped;

    /** Why. */
    public enum Reason {
        /** It is larger than is taken, packed or unpacked, or has more entries. */
        TOO_LARGE,
        /** Its entries lie over one another, as no honest program packs them. */
        OVERLAPPING,
        /** It is no archive that can be opened. */
        NO_ARCHIVE,
        /** A part of it cannot be read or may not be: half of the knowledge is none. */
        LEFT_ASIDE,
        /** There is no YAML file in it. */
        NO_KNOWLEDGE
    }

    CandidateRefused(Reason reason, List<Skipped> skipped) {
        super("the knowledge is refused: " + reason, null, false, false);
        this.reason = reason;
        this.skipped = List.copyOf(skipped);
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }

    /** Which parts could not be read, and why. */
    public List<Skipped> skipped() {
        return skipped;
    }
}
