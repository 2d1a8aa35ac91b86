package org.etcdmedic.alarm;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.etcdmedic.diagnosis.Diagnoses;
import org.etcdmedic.diagnosis.Diagnosis;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.diagnosis.Opening;
import org.etcdmedic.diagnosis.Status;
import org.etcdmedic.diagnosis.Symptom;
import org.etcdmedic.inventory.Instance;
import org.etcdmedic.inventory.Instances;
import org.springframework.transaction.annotation.Transactional;

/** Takes an alarm in: kept, and looked after by exactly one diagnosis, in one transaction. */
public class AcceptAlarm {
    private final Alarms alarms;
    private final Diagnoses diagnoses;
    private final Instances instances;
    private final Clock clock;

    AcceptAlarm(Alarms alarms, Diagnoses diagnoses, Instances instances, Clock clock) {
        this.alarms = alarms;
        this.diagnoses = diagnoses;
        this.instances = instances;
        this.clock = clock;
    }

    /**
     * Takes it in. When this returns, what it says is committed: alarm, diagnosis and job, or the refused alarm.
     *
     * @param alarm the alarm
     * @param body what was sent, kept only when it is refused
     */
    @Transactional
    public Acceptance accept(Alarm alarm, String body) {
        Acceptance acceptance = take(alarm, Optional.empty());
        if (acceptance instanceof Acceptance.Refused(Acceptance.Reason reason)) {
            refuse(alarm, reason, body, clock.instant());
        }
        return acceptance;
    }

    /**
     * Takes it in. When this returns, what it says is committed; what is refused is not kept here.
     *
     * @param origin where it came from, when it did not come in our own words
     */
    @Transactional
    public Acceptance take(Alarm alarm, Optional<Alarm.Origin> origin) {
        Instant now = clock.instant();
        // An instance that another replica forgot a moment ago gets its diagnosis, which then says so.
        Optional<Instance> instance = instances
                .recall(alarm.instance())
                .filter(known -> known.node(alarm.node()).isPresent())
                .or(() -> instances.find(alarm.instance()));
        if (instance.isEmpty()) {
            return new Acceptance.Refused(Acceptance.Reason.UNKNOWN_INSTANCE);
        }
        if (instance.get().node(alarm.node()).isEmpty()) {
            return new Acceptance.Refused(Acceptance.Reason.UNKNOWN_NODE);
        }
        Symptom symptom = symptom(alarm);
        // In a storm nearly every alarm joins: for those the row is written once, with its diagnosis.
        Optional<Opening.Joined> open = diagnoses.hold(symptom);
        DiagnosisId looksAfter = open.map(Opening.Joined::id).orElseGet(() -> DiagnosisId.at(now));
        Optional<UUID> kept = alarms.keep(alarm, origin, looksAfter, open.isPresent(), now);
        if (kept.isEmpty()) {
            return repeated(alarm);
        }
        if (open.isPresent()) {
            diagnoses.tell(symptom);
            return new Acceptance.Joined(open.get().id(), open.get().status());
        }
        return switch (diagnoses.open(looksAfter, symptom, now)) {
            case Opening.Opened(DiagnosisId id) -> new Acceptance.Opened(id);
            case Opening.Joined(DiagnosisId id, Status status) -> {
                alarms.join(kept.get(), id);
                yield new Acceptance.Joined(id, status);
            }
        };
    }

    private static Symptom symptom(Alarm alarm) {
        return new Symptom(
                alarm.instance(),
                alarm.node(),
                alarm.vmId(),
                alarm.occurredAt(),
                alarm.clusterStatus(),
                alarm.vmEvents().stream()
                        .map(event -> new Symptom.VmEvent(event.type().name(), event.occurredAt()))
                        .toList());
    }

    /** Keeps a body that is no alarm. */
    @Transactional
    public void refuse(Alarms.Refusal refusal) {
        alarms.keepRefused(refusal, clock.instant());
    }

    private void refuse(Alarm alarm, Acceptance.Reason reason, String body, Instant now) {
        alarms.keepRefused(
                new Alarms.Refusal(
                        reason,
                        Optional.of(alarm.instance().value()),
                        Optional.of(alarm.node().value()),
                        Optional.ofNullable(alarm.alarmId()),
                        body),
                now);
    }

    private Acceptance repeated(Alarm alarm) {
        DiagnosisId id = Optional.ofNullable(alarm.alarmId())
                .flatMap(alarmId -> alarms.diagnosisOf(alarm.instance(), alarmId))
                .orElseThrow(() -> new IllegalStateException("a repeated alarm has no diagnosis"));
        Status status = diagnoses
                .find(id)
                .map(Diagnosis::progress)
                .map(Diagnosis.Progress::status)
                .orElse(Status.COMPLETED);
        return new Acceptance.Repeated(id, status);
    }
}
