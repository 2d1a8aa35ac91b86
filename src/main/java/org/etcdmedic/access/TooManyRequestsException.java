package org.etcdmedic.access;

/** A caller makes more requests than one caller may. */
public final class TooManyRequestsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean alarm;

    /**
     * The exception.
     *
     * @param alarm whether it was an alarm that could not be taken
     */
    public TooManyRequestsException(boolean alarm) {
        super("too many requests");
        this.alarm = alarm;
    }

    /** Whether it was an alarm; its sender tries again on 5xx only. */
    public boolean alarm() {
        return alarm;
    }
}
