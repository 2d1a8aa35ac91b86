package org.etcdmedic.ticketing.target;

/** What is to be done with the ticket at the target. */
public enum Action {
    /** There is none yet. */
    OPEN,
    /** There is one, and there is news. */
    UPDATE,
    /** The case is over. */
    RESOLVE
}
