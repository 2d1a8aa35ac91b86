package org.etcdmedic.probe.ssh;

/** The end of a visit: when it is closed, at the latest at its deadline, and once. */
final class Leaving implements AutoCloseable {
    private final SshConnection connection;
    private final Runnable release;
    private final Watchdog atDeadline;

    /**
     * Starts to watch.
     *
     * @param release gives the connection's place to another, harmless when repeated
     */
    Leaving(SshConnection connection, Deadline deadline, Runnable release) {
        this.connection = connection;
        this.release = release;
        this.atDeadline = new Watchdog(deadline, this::leave);
    }

    @Override
    public void close() {
        atDeadline.close();
        leave();
    }

    private void leave() {
        try {
            connection.close();
        } finally {
            release.run();
        }
    }
}
