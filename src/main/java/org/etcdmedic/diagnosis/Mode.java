package org.etcdmedic.diagnosis;

/** Where the evidence of a diagnosis comes from. */
public enum Mode {
    /** The nodes were asked. */
    SSH,
    /** A bundle that was collected by hand was read; no connection was made. */
    OFFLINE
}
