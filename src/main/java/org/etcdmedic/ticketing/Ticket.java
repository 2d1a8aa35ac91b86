package org.etcdmedic.ticketing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.knowledge.Remediation;
import org.etcdmedic.ticketing.target.Action;
import org.etcdmedic.ticketing.target.Letter;
import org.etcdmedic.ticketing.target.Reference;

/**
 * What we owe someone about one case.
 *
 * @param id identifier
 * @param target name of the target in the configuration
 * @param diagnosis the newest diagnosis that it tells of
 * @param owner who has to act
 * @param language of its texts, as a language tag
 * @param newest what is to be told last
 * @param progress how far it is
 * @param reference what the target calls it; empty as long as it has none
 * @param createdAt when it was born
 * @param updatedAt when anything last happened to it
 */
public record Ticket(
        TicketId id,
        String target,
        DiagnosisId diagnosis,
        Remediation.Actor owner,
        String language,
        Telling newest,
        Progress progress,
        Optional<Reference> reference,
        Instant createdAt,
        Instant updatedAt) {

    /** Where a ticket stands. */
    public enum State {
        /** Its newest telling is on its way. */
        PENDING,
        /** The target has all of it. */
        DELIVERED,
        /** The target has all of it, and the case is over. */
        RESOLVED,
        /** The target refused it, or could not be reached for too long; somebody has to look. */
        GIVEN_UP
    }

    /**
     * One thing to tell.
     *
     * @param revision 1 is the first of a ticket
     * @param event what happened
     * @param action what is to be done with the ticket there
     */
    public record Telling(int revision, Letter.Event event, Action action) {}

    /**
     * How far it is.
     *
     * @param delivered the newest revision that the target has; 0 when it has none
     * @param attempts since the last acceptance or order to send again
     * @param nextAt the next attempt is not made before then; empty when none is owed
     * @param reason why the last attempt came to nothing
     */
    public record Progress(
            State state, int delivered, int attempts, Optional<Instant> nextAt, Optional<String> reason) {}

    /**
     * One attempt.
     *
     * @param number 1 is the first of the ticket
     * @param revision what was to be told
     * @param action what was to be done
     * @param startedAt when
     * @param took milliseconds; empty while it is on its way, or when its worker was lost
     * @param status of HTTP; empty without an answer
     * @param result what came of it; empty like {@code took}
     * @param reason in a few words
     */
    public record Delivery(
            int number,
            int revision,
            Action action,
            Instant startedAt,
            Optional<Long> took,
            Optional<Integer> status,
            Optional<Result> result,
            Optional<String> reason) {}

    /** What comes of an attempt. */
    public enum Result {
        /** The target has it. */
        ACCEPTED,
        /** It answered that it does not take it now. */
        LATER,
        /** No answer came: it may have arrived or not. */
        SILENT,
        /** It would refuse it again. */
        REFUSED,
        /** It is gone for ever, and was switched off. */
        GONE
    }

    /** A ticket with all its attempts, the first one first. */
    public record File(Ticket ticket, List<Delivery> deliveries) {
        /** Copies the list. */
        public File {
            deliveries = List.copyOf(deliveries);
        }
    }
}
