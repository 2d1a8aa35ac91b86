package org.etcdmedic.ticketing.target;

import org.etcdmedic.verdict.Verdict;

/** How a diagnosis ended: with one of its outcomes, or without any. */
public enum Ending {
    /** Proven by what the nodes showed. */
    CONFIRMED,
    /** Strongly supported, with room for doubt. */
    LIKELY,
    /** Not known, with what is missing. */
    UNDETERMINED,
    /** All was looked at, and all is well. */
    NO_FAULT_FOUND,
    /** We failed; there is no verdict. */
    FAILED;

    /** The ending that an outcome is. */
    public static Ending of(Verdict.Outcome outcome) {
        return switch (outcome) {
            case CONFIRMED -> CONFIRMED;
            case LIKELY -> LIKELY;
            case UNDETERMINED -> UNDETERMINED;
            case NO_FAULT_FOUND -> NO_FAULT_FOUND;
        };
    }
}
