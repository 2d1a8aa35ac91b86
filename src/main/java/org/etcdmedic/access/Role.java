package org.etcdmedic.access;

/** What a caller may do. */
public enum Role {
    /** May send alarms, and nothing else: for the management plane. */
    INTAKE,
    /** May read how the service stands: its metrics and its health. For whoever watches it. */
    METRICS,
    /** May read everything but the audit record. */
    VIEWER,
    /** A viewer who may also send alarms, and start, cancel, rerun and upload diagnoses. */
    OPERATOR,
    /** An operator who may also change the inventory and read the audit record. */
    ADMIN;

    /** The authority that stands for it. */
    public String authority() {
        return "ROLE_" + name();
    }
}
