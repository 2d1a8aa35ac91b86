package org.etcdmedic.ticketing;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.etcdmedic.ticketing.target.Limits;
import org.etcdmedic.ticketing.target.Reference;

/** What is tried: each attempt to deliver a ticket, written down before it is made, and what became of it. */
public interface Attempts {
    /** Name of the target that a ticket is for; empty when there is no such ticket. */
    Optional<String> target(TicketId id);

    /**
     * Begins an attempt: it is written down before anything is sent. After an opening of unknown outcome it waits until the target's search
     * would find what came of it.
     */
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
     * @param doubtful oldest revision of which nobody knows whether it arrived, while none was accepted
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
}
