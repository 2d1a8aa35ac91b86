package org.etcdmedic.diagnosis;

/** Where a diagnosis stands in its life. */
public enum Status {
    /** Waits for a worker. */
    QUEUED(true),
    /** A worker is at it. */
    RUNNING(true),
    /** It has a verdict. A node that could not be reached is a finding, not a failure. */
    COMPLETED(false),
    /** We failed, not the database. */
    FAILED(false),
    /** An operator called it off. */
    CANCELLED(false);

    private final boolean open;

    Status(boolean open) {
        this.open = open;
    }

    /** Whether something will still come of it. */
    public boolean open() {
        return open;
    }
}
