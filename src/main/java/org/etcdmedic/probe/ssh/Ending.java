package org.etcdmedic.probe.ssh;

import java.time.Duration;
import java.util.Optional;
import org.etcdmedic.probe.Capture.Reason;

/** What became of one command on one channel. */
sealed interface Ending {

    /**
     * It was not started, as far as we know.
     *
     * @param sent the command may have reached the server all the same
     */
    record NotRun(Reason reason, String detail, boolean sent) implements Ending {}

    /**
     * It ran.
     *
     * @param cut what ended the conversation
     * @param exitStatus as told by the server
     * @param signal that ended it, as told by the server
     * @param text standard output that was taken
     * @param errorText standard error that was taken
     * @param bytes of standard output that were taken
     * @param ran how long, from our side, the opening of the channel included
     */
    record Ran(
            Cut cut,
            Optional<Integer> exitStatus,
            Optional<String> signal,
            String text,
            String errorText,
            long bytes,
            Duration ran)
            implements Ending {}

    /** What ended the conversation. */
    enum Cut {
        /** The server closed the channel because the command had ended. */
        NOTHING,
        /** We did: it was more than the probe's byte limit, or a flood of errors. */
        BYTE_LIMIT,
        /** We did: it took longer than the probe's time limit. */
        TIME_LIMIT,
        /** We did: the visit was over. */
        DEADLINE,
        /** The connection broke. */
        LOST
    }
}
