package org.etcdmedic.alarm;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.etcdmedic.diagnosis.CancelDiagnosis;
import org.etcdmedic.diagnosis.Diagnoses;
import org.etcdmedic.diagnosis.DiagnosisCleared;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.diagnosis.Status;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes alarms back by their sender's word. A diagnosis that an alarm opened and of which none stands any more is called off when
 * nobody has begun to look; one that has begun goes to its end, for what was wrong may come again, and what somebody ordered by hand is
 * his to call off.
 */
public class ClearAlarms {
    private final Alarms alarms;
    private final Diagnoses diagnoses;
    private final CancelDiagnosis cancel;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    ClearAlarms(
            Alarms alarms, Diagnoses diagnoses, CancelDiagnosis cancel, ApplicationEventPublisher events, Clock clock) {
        this.alarms = alarms;
        this.diagnoses = diagnoses;
        this.cancel = cancel;
        this.events = events;
        this.clock = clock;
    }

    /** What came of it. */
    public sealed interface Clearing {
        /**
         * Alarms are cleared, now or by an earlier word.
         *
         * @param diagnosis the newest diagnosis that looks after one of them
         * @param again whether nothing stood any more
         */
        record Cleared(DiagnosisId diagnosis, boolean again) implements Clearing {}

        /** No such alarm was ever taken. */
        record Unknown() implements Clearing {}
    }

    /**
     * Notes that the sender took its alarm back, in one transaction with what that means for the diagnosis.
     *
     * @param at when, by the sender's word; now when it told no time
     */
    @Transactional
    public Clearing clear(Alarm.Origin named, Optional<Instant> at) {
        List<DiagnosisId> concerned = alarms.toClear(named.source(), named.clearKey());
        if (concerned.isEmpty()) {
            return new Clearing.Unknown();
        }
        // Held first, always in the same order: an alarm that joins at this moment is seen, and two clears do not both
        // leave the last word to the other.
        concerned.forEach(diagnoses::seize);
        Instant now = clock.instant();
        int cleared = alarms.clear(named, at.orElse(now), now);
        if (cleared > 0) {
            concerned.forEach(this::conclude);
        }
        return new Clearing.Cleared(concerned.getLast(), cleared == 0);
    }

    private void conclude(DiagnosisId id) {
        Optional<Instant> all = alarms.clearedAt(id);
        if (all.isEmpty()) {
            return;
        }
        if (alarms.opened(id)
                && diagnoses.seize(id).filter(status -> status == Status.QUEUED).isPresent()) {
            cancel.cancel(id, CancelDiagnosis.Reason.CLEARED_BEFORE_BEGUN);
        }
        events.publishEvent(new DiagnosisCleared(id, all.get()));
    }
}
