package org.etcdmedic.ticketing;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.knowledge.Remediation;
import org.etcdmedic.ticketing.target.Action;
import org.etcdmedic.ticketing.target.Letter;
import org.etcdmedic.ticketing.target.Limits;
import org.etcdmedic.ticketing.target.Reference;

/** The tickets that we owe, and what became of each attempt to deliver them: the outbox. */
public interface Tickets {
    /**
     * What a case is to be told under.
     *
     * @param caseKey the same for the same case
     * @param closed nothing is ever added to it
     */
    record Case(String target, String caseKey, boolean closed, Remediation.Actor owner, String language) {}

    /**
     * Opens a ticket with its job, or adds to the one of the same case that is open. Inside the caller's transaction: what is
     * born with it stands or falls with it.
     *
     * @param within no longer ago than this the open one was last added to
     */
    void tell(Case about, DiagnosisId diagnosis, Letter.Event event, Duration within, Instant now);

    /** Adds to a ticket. Inside the caller's transaction. */
    void add(TicketId id, DiagnosisId diagnosis, Letter.Event event, Action action, Instant now);

    /** The tickets that tell of a diagnosis and can be added to. Inside the caller's transaction. */
    List<Ticket> openOf(DiagnosisId diagnosis);

    /** All tickets that tell of these diagnoses, by the time they were born. */
    List<Ticket> of(Collection<DiagnosisId> diagnoses);

    /** A ticket and its attempts. */
    Optional<Ticket.File> find(TicketId id);

    /** Tickets, newest first, those after the cursor. */
    List<Ticket> newest(Filter filter, Optional<Cursor> after, int limit);

    /** What to look for; empty fields do not restrict. */
    record Filter(Optional<DiagnosisId> diagnosis, Optional<Ticket.State> state, Optional<String> target) {}

    /** A place in the list, newest first. */
    record Cursor(Instant at, UUID id) {}

    /** Begins an attempt: it is written down before anything is sent. */
    Beginning begin(TicketId id, Limits limits, Instant now);

    /** What came of beginning. */
    sealed interface Beginning {
        /** Nothing is owed. */
        record Nothing() implements Beginning {}

        /** Not before then. */
        record Wait(Instant until) implements Beginning {}

        /** It may be sent. */
        record Begun(Attempt attempt) implements Beginning {}
    }

    /**
     * An attempt that may be made.
     *
     * @param ticket as it stood then
     * @param number of all attempts of the ticket
     * @param doubtful revision of an attempt before of which nobody knows whether it arrived, while none was accepted
     */
    record Attempt(Ticket ticket, int number, Optional<Integer> doubtful) {}

    /**
     * What came of an attempt.
     *
     * @param reference what the target calls the ticket, where that is known now
     * @param revision the newest telling that the target has, where it accepted one
     * @param pause how long to wait before the next attempt; empty with a failure: none is made
     */
    record Note(
            Ticket.Result result,
            Optional<Integer> status,
            Optional<String> reason,
            Duration took,
            Optional<Reference> reference,
            Optional<Integer> revision,
            Optional<Duration> pause) {}

    /** Notes what came of an attempt, and tells how the ticket stands then. */
    Ticket note(Attempt attempt, Note note, Instant now);

    /** When the next attempt is owed, if one is; the ticket stays as it is until the caller's transaction ends. */
    Optional<Instant> due(TicketId id);

    /** Sends a ticket again that was given up; empty when there is none, false when it was not given up. */
    Optional<Boolean> resend(TicketId id, Instant now);

    /** What is known of a target. */
    TargetState stateOf(String target);

    /**
     * What is known of a target over all replicas.
     *
     * @param disabledAt since when it is switched off
     * @param disabledReason why
     * @param lastSuccessAt when it last accepted something
     */
    record TargetState(
            Optional<Instant> disabledAt, Optional<String> disabledReason, Optional<Instant> lastSuccessAt) {}

    /** Switches a target on again, and lets all that waits for it go at once; false when it was not off. */
    boolean resume(String target, Instant now);
}
