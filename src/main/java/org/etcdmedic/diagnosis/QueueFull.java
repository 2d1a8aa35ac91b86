package org.etcdmedic.diagnosis;

/** As many diagnoses wait as may: this one, and the alarm that asks for it, cannot be kept now. */
public final class QueueFull extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Ends the request and its transaction.
     *
     * @param mostWaiting so many may wait
     */
    public QueueFull(int mostWaiting) {
        super("already " + mostWaiting + " diagnoses wait", null, false, false);
    }
}
