package org.etcdmedic.diagnosis;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.etcdmedic.audit.AuditTrail;
import org.etcdmedic.audit.Change;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Calls a diagnosis off. Whoever is at it, on whichever replica, finds that it has lost it, ends its connections to the nodes and
 * writes nothing.
 */
public class CancelDiagnosis {
    private final Diagnoses diagnoses;
    private final AuditTrail audit;
    private final EndingCounters endings;
    private final Clock clock;

    CancelDiagnosis(Diagnoses diagnoses, AuditTrail audit, EndingCounters endings, Clock clock) {
        this.diagnoses = diagnoses;
        this.audit = audit;
        this.endings = endings;
        this.clock = clock;
    }

    /** What came of it. */
    public enum Cancellation {
        /** It is called off, now or by an earlier wish. */
        CANCELLED,
        /** It had come to its end. */
        OVER,
        /** There is none. */
        UNKNOWN
    }

    /** Why a diagnosis is called off. */
    public enum Reason {
        /** Somebody wanted it so. */
        WISH,
        /** Its sender took every alarm of it back before anybody had begun to look. */
        CLEARED_BEFORE_BEGUN
    }

    /** Calls it off. A second wish changes nothing and is not put on record. */
    @Transactional
    public Cancellation cancel(DiagnosisId id) {
        return cancel(id, Reason.WISH);
    }

    /** The same, and says on the record why. */
    @Transactional
    public Cancellation cancel(DiagnosisId id, Reason reason) {
        Instant now = clock.instant();
        Optional<Status> before = diagnoses.cancel(id, now);
        if (before.isPresent()) {
            audit.record(
                    new Change(
                            Change.Action.DIAGNOSIS_CANCELLED,
                            id.toString(),
                            Optional.of(Map.of("status", before.get())),
                            Optional.of(
                                    reason == Reason.WISH
                                            ? Map.of("status", Status.CANCELLED)
                                            : Map.of("status", Status.CANCELLED, "reason", reason))),
                    now);
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    endings.cancelled();
                }
            });
            return Cancellation.CANCELLED;
        }
        return diagnoses
                .find(id)
                .map(diagnosis ->
                        diagnosis.progress().status() == Status.CANCELLED ? Cancellation.CANCELLED : Cancellation.OVER)
                .orElse(Cancellation.UNKNOWN);
    }
}
