package org.etcdmedic.diagnosis;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.etcdmedic.audit.AuditTrail;
import org.etcdmedic.audit.Change;
import org.etcdmedic.inventory.Instance;
import org.etcdmedic.inventory.Instances;
import org.springframework.transaction.annotation.Transactional;

/** Runs a diagnosis again that is over: a new one about how things stand now, linked to the one before. */
public class RerunDiagnosis {
    private final Diagnoses diagnoses;
    private final Bundles bundles;
    private final Instances instances;
    private final RequestKeys keys;
    private final AuditTrail audit;
    private final Clock clock;

    RerunDiagnosis(
            Diagnoses diagnoses,
            Bundles bundles,
            Instances instances,
            RequestKeys keys,
            AuditTrail audit,
            Clock clock) {
        this.diagnoses = diagnoses;
        this.bundles = bundles;
        this.instances = instances;
        this.keys = keys;
        this.audit = audit;
        this.clock = clock;
    }

    /** What came of it. */
    public sealed interface Started {
        /** Queued, or joined to another one of the instance that is open. */
        record Again(Opening opening) implements Started {}

        /** There is no such diagnosis. */
        record Unknown() implements Started {}

        /** It is not over yet. */
        record StillOpen() implements Started {}

        /** Its instance was taken out of the inventory. */
        record UnknownInstance() implements Started {}

        /** Its node was taken out of the instance. */
        record UnknownNode() implements Started {}
    }

    /**
     * Starts it.
     *
     * @param since log lines testify from then on, such as the time of the repair; the end of the diagnosis before when empty
     * @param key makes it the same wish when it comes twice
     */
    @Transactional
    public Started rerun(DiagnosisId id, Optional<Instant> since, Optional<RequestKey> key) {
        Instant now = clock.instant();
        Optional<Opening> known = key.flatMap(given -> keys.known(given, now));
        if (known.isPresent()) {
            return new Started.Again(known.get());
        }
        Started started = start(id, since, now);
        if (started instanceof Started.Again(Opening opening)) {
            key.ifPresent(given -> keys.keep(given, opening, now));
        }
        return started;
    }

    private Started start(DiagnosisId id, Optional<Instant> since, Instant now) {
        Optional<Diagnosis> found = diagnoses.find(id);
        if (found.isEmpty()) {
            return new Started.Unknown();
        }
        Diagnosis before = found.get();
        Optional<Instant> end = end(before.progress());
        if (end.isEmpty()) {
            return new Started.StillOpen();
        }
        return switch (before.mode()) {
            case SSH -> askAgain(before, since.or(() -> end), now);
            case OFFLINE -> recorded(before, new Opening.Opened(bundles.again(id, now)), now);
        };
    }

    private Started askAgain(Diagnosis before, Optional<Instant> since, Instant now) {
        Optional<Instance> instance = instances.find(before.instance());
        if (instance.isEmpty()) {
            return new Started.UnknownInstance();
        }
        return instance.get()
                .node(before.node())
                .<Started>map(node -> {
                    // What alarms told of that time is not told of now, so it is left behind.
                    var symptom = new Symptom(before.instance(), before.node(), node.vmId(), now);
                    return recorded(before, diagnoses.openAgain(symptom, new Rerun(before.id(), since), now), now);
                })
                .orElseGet(Started.UnknownNode::new);
    }

    private Started recorded(Diagnosis before, Opening opening, Instant now) {
        audit.record(
                new Change(
                        Change.Action.DIAGNOSIS_RERUN,
                        before.id().toString(),
                        Optional.empty(),
                        Optional.of(Map.of(
                                "diagnosisId", opening.id().value(), "joined", opening instanceof Opening.Joined))),
                now);
        return new Started.Again(opening);
    }

    private static Optional<Instant> end(Diagnosis.Progress progress) {
        return switch (progress) {
            case Diagnosis.Progress.Queued ignored -> Optional.empty();
            case Diagnosis.Progress.Running ignored -> Optional.empty();
            case Diagnosis.Progress.Completed over -> Optional.of(over.completedAt());
            case Diagnosis.Progress.Failed over -> Optional.of(over.completedAt());
            case Diagnosis.Progress.Cancelled over -> Optional.of(over.completedAt());
        };
    }
}
