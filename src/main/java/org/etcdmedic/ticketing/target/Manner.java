package org.etcdmedic.ticketing.target;

/** How a target takes what happens to one case. */
public enum Manner {
    /** One ticket for the case, which is updated and resolved: no update is sent before the opening has been accepted. */
    TICKET,
    /** A message for each telling; there is nothing to update, so an update is one more message. */
    MESSAGE,
    /** Every diagnosis is told once, for itself; nothing is joined, updated or resolved. */
    EVENT
}
