package org.etcdmedic.ticketing.target;

import java.time.Duration;
import java.util.Optional;

/**
 * What became of an attempt. Reasons are ours, in a few words, and repeat nothing of the answer but a number or an error code: an
 * answer can quote the request, secrets included. (The core cuts the target's secrets out of them all the same.)
 */
public sealed interface Receipt {
    /** The target has it. */
    record Accepted(Optional<Reference> reference) implements Receipt {}

    /**
     * Not now.
     *
     * @param after how long the target wants to be left alone; the schedule decides when it does not say
     */
    record RetryLater(Optional<Duration> after, String reason) implements Receipt {}

    /** Not like this: the same would be refused again, so somebody has to look. */
    record Refused(String reason) implements Receipt {}

    /** Never again: the target is switched off until an operator resumes it. */
    record Gone(String reason) implements Receipt {}

    /**
     * What the status alone says. 2xx is acceptance; 408, 425, 429 and 5xx pass; 410 is for ever; a redirect is not followed, so it is a
     * refusal, as is every other status.
     */
    static Receipt ofStatus(Answer answer) {
        int status = answer.status();
        if (status >= 200 && status < 300) {
            return new Accepted(Optional.empty());
        }
        if (status == 410) {
            return new Gone("status 410: it is gone");
        }
        if (status == 408 || status == 425 || status == 429 || status >= 500) {
            return new RetryLater(answer.retryAfter(), "status " + status);
        }
        return new Refused(
                status >= 300 && status < 400
                        ? "status " + status + ": it answers with a redirect, which is not followed"
                        : "status " + status);
    }
}
