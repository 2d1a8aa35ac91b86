package org.etcdmedic.evidence;

/** How one attempt to reach a host or a port of it ended. */
public enum Contact {
    /** Answered, or connected. */
    OPEN,
    /** The host says that nobody listens there. */
    REFUSED,
    /** No answer at all. */
    TIMED_OUT,
    /** The way to the host ends somewhere, or nobody answers for its address on the link. */
    NO_ROUTE,
    /** The node that asked has no way into that network. */
    UNREACHABLE,
    /** Not tried, or it ended in a way that tells nothing. */
    NOT_TRIED;

    /** Whether nothing came back from the host. */
    public boolean cut() {
        return this == TIMED_OUT || this == NO_ROUTE || this == UNREACHABLE;
    }
}
