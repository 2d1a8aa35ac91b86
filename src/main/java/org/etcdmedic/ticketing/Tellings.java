package org.etcdmedic.ticketing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.knowledge.Remediation;
import org.etcdmedic.ticketing.target.Action;
import org.etcdmedic.ticketing.target.Letter;

/**
 * What we owe: things to tell about a case, each born with its job. Everything here happens inside the caller's transaction and stands or
 * falls with it.
 */
public interface Tellings {
    /**
     * What a case is to be told under.
     *
     * @param caseKey the same for the same case
     * @param closed nothing is ever added to it
     */
    record Case(String target, String caseKey, boolean closed, Remediation.Actor owner, String language) {}

    /**
     * Opens a ticket with its job, or adds to the one of the same case that is open.
     *
     * @param within no longer ago than this the open one was last added to
     */
    void tell(Case about, DiagnosisId diagnosis, Letter.Event event, Duration within, Instant now);

    /** Adds to a ticket. */
    void add(TicketId id, DiagnosisId diagnosis, Letter.Event event, Action action, Instant now);

    /** The tickets that tell of a diagnosis and can be added to; they stay as they are until the transaction ends. */
    List<Ticket> openOf(DiagnosisId diagnosis);

    /** The diagnoses that a ticket tells of. */
    List<DiagnosisId> diagnosesOf(TicketId id);

    /** Sends a ticket again that was given up; empty when there is none, false when it was not given up. */
    Optional<Boolean> resend(TicketId id, Instant now);
}
