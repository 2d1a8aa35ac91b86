package org.etcdmedic.diagnosis;

import java.time.Instant;
import java.util.Optional;
import org.etcdmedic.inventory.InstanceId;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.verdict.Nutshell;
import org.jspecify.annotations.Nullable;

/**
 * One diagnosis in a list of many.
 *
 * @param id identifier
 * @param instance the instance that hurts
 * @param node the node that the alarm names
 * @param vmId its virtual machine, where known
 * @param mode where the evidence comes from
 * @param alarmedAt when the alarm says that it happened
 * @param queuedAt when it was opened
 * @param course how far it is, and since when
 * @param nutshell what came of it; empty while nothing has
 */
public record Listed(
        DiagnosisId id,
        InstanceId instance,
        NodeId node,
        @Nullable String vmId,
        Mode mode,
        Instant alarmedAt,
        Instant queuedAt,
        Course course,
        Optional<Nutshell> nutshell) {

    /**
     * How far it is.
     *
     * @param status the state's name
     * @param startedAt when a worker first took it up
     * @param completedAt when it was over
     * @param failure why it failed
     */
    public record Course(
            Status status, Optional<Instant> startedAt, Optional<Instant> completedAt, Optional<String> failure) {}
}
