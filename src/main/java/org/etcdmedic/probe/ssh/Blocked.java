package org.etcdmedic.probe.ssh;

import org.etcdmedic.probe.Reach.Obstacle;

/** The way in ended before the login. Does not leave this package. */
final class Blocked extends Exception {
    private final transient Failure failure;
    private final String detail;

    Blocked(Failure failure, String detail) {
        super(detail, failure.problem());
        this.failure = failure;
        this.detail = detail;
    }

    Blocked(Failure failure) {
        this(failure, Detail.of(failure.problem()));
    }

    Obstacle obstacle() {
        return failure.obstacle();
    }

    /** Fit to be shown. */
    String detail() {
        return detail;
    }
}
