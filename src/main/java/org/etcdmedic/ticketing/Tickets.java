package org.etcdmedic.ticketing;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.etcdmedic.diagnosis.DiagnosisId;

/** The tickets that we owe, as they are looked for. */
public interface Tickets {
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
}
