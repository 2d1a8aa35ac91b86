package org.etcdmedic.ticketing;

import java.time.Duration;
import java.util.Optional;
import org.etcdmedic.ticketing.target.Receipt;

/**
 * What came of an attempt, before it is noted.
 *
 * @param status of HTTP
 * @param revision what the target has when it accepted
 * @param silent whether no answer came
 */
record Outcome(Optional<Integer> status, Receipt receipt, int revision, boolean silent) {
    /** Nothing had to be sent: the target has all that there is to tell. */
    static Outcome needless(Receipt.Accepted accepted, int revision) {
        return new Outcome(Optional.empty(), accepted, revision, false);
    }

    /** It cannot be sent, and could not the next time. */
    static Outcome refused(String reason) {
        return new Outcome(Optional.empty(), new Receipt.Refused(reason), 0, false);
    }

    /** Not now, and it did not arrive. */
    static Outcome later(Optional<Integer> status, String reason) {
        return new Outcome(status, new Receipt.RetryLater(Optional.empty(), reason), 0, false);
    }

    /** Nobody knows whether it arrived. */
    static Outcome silent(String reason) {
        return new Outcome(Optional.empty(), new Receipt.RetryLater(Optional.empty(), reason), 0, true);
    }

    /**
     * What is to be noted of it.
     *
     * @param failed attempts in a row that came to nothing, with this one
     * @param schedule when the next one is made
     */
    Attempts.Note note(int failed, Schedule schedule, Duration took) {
        return switch (receipt) {
            case Receipt.Accepted accepted ->
                new Attempts.Note(
                        Ticket.Result.ACCEPTED,
                        status,
                        Optional.empty(),
                        took,
                        accepted.reference(),
                        Optional.of(revision),
                        Optional.empty());
            case Receipt.RetryLater later ->
                failure(
                        silent ? Ticket.Result.SILENT : Ticket.Result.LATER,
                        later.reason(),
                        took,
                        schedule.after(failed, later.after()));
            case Receipt.Refused refused -> failure(Ticket.Result.REFUSED, refused.reason(), took, Optional.empty());
            case Receipt.Gone gone -> failure(Ticket.Result.GONE, gone.reason(), took, Optional.of(Duration.ZERO));
        };
    }

    /** What numbers and traces call it. */
    String word() {
        return switch (receipt) {
            case Receipt.Accepted _ -> "accepted";
            case Receipt.RetryLater _ -> "later";
            case Receipt.Refused _ -> "refused";
            case Receipt.Gone _ -> "gone";
        };
    }

    private Attempts.Note failure(Ticket.Result result, String reason, Duration took, Optional<Duration> pause) {
        return new Attempts.Note(result, status, Optional.of(reason), took, Optional.empty(), Optional.empty(), pause);
    }
}
