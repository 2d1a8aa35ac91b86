package org.etcdmedic.diagnosis;

import java.time.Instant;
import java.util.Optional;
import org.etcdmedic.inventory.InstanceId;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.verdict.Fingerprint;
import org.etcdmedic.verdict.Judgement;
import org.jspecify.annotations.Nullable;

/**
 * One case, from alarm to verdict.
 *
 * @param id identifier
 * @param instance the instance that hurts
 * @param node the node that the alarm names
 * @param vmId its virtual machine, where known
 * @param mode where the evidence comes from
 * @param alarmedAt when the alarm says that it happened
 * @param queuedAt when it was opened
 * @param progress how far it is
 * @param rerun what it repeats, when it was run again
 */
public record Diagnosis(
        DiagnosisId id,
        InstanceId instance,
        NodeId node,
        @Nullable String vmId,
        Mode mode,
        Instant alarmedAt,
        Instant queuedAt,
        Progress progress,
        Optional<Rerun> rerun) {

    /** How far a diagnosis is. What only some states have, only they hold. */
    public sealed interface Progress {
        /** The state's name. */
        Status status();

        /** Waits for a worker. */
        record Queued() implements Progress {
            @Override
            public Status status() {
                return Status.QUEUED;
            }
        }

        /** A worker is at it. */
        record Running(Instant startedAt) implements Progress {
            @Override
            public Status status() {
                return Status.RUNNING;
            }
        }

        /** It has a verdict. */
        record Completed(Instant startedAt, Instant completedAt, Judgement judgement) implements Progress {
            @Override
            public Status status() {
                return Status.COMPLETED;
            }
        }

        /** We failed; the reason is for people. */
        record Failed(Optional<Instant> startedAt, Instant completedAt, String reason) implements Progress {
            @Override
            public Status status() {
                return Status.FAILED;
            }
        }

        /** An operator called it off. */
        record Cancelled(Optional<Instant> startedAt, Instant completedAt) implements Progress {
            @Override
            public Status status() {
                return Status.CANCELLED;
            }
        }
    }

    /** Its judgement, once there is one. */
    public Optional<Judgement> judgement() {
        return progress instanceof Progress.Completed(var startedAt, var completedAt, Judgement judgement)
                ? Optional.of(judgement)
                : Optional.empty();
    }

    /** The name under which its fault is remembered; empty until it has a verdict that names a cause. */
    public Optional<Fingerprint> fingerprint() {
        return judgement().flatMap(Judgement::hallmark).map(found -> Fingerprint.of(instance, found));
    }

    /** What it is about. */
    public Symptom symptom() {
        return new Symptom(instance, node, vmId, alarmedAt);
    }
}
