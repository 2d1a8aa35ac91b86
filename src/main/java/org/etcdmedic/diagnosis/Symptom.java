package org.etcdmedic.diagnosis;

import java.time.Instant;
import java.util.List;
import org.etcdmedic.inventory.InstanceId;
import org.etcdmedic.inventory.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * What a diagnosis is opened for.
 *
 * @param instance the instance that hurts
 * @param node the node that the alarm names
 * @param vmId its virtual machine, where the alarm names it
 * @param alarmedAt when the alarm says that it happened
 * @param clusterStatus what the management plane got when it asked for the cluster's status, where the alarm tells
 * @param vmEvents what happened to the virtual machine, where the alarm tells
 */
public record Symptom(
        InstanceId instance,
        NodeId node,
        @Nullable String vmId,
        Instant alarmedAt,
        @Nullable String clusterStatus,
        List<VmEvent> vmEvents) {
    /** Copies the events. */
    public Symptom {
        vmEvents = List.copyOf(vmEvents);
    }

    /** A symptom of which no more is told. */
    public Symptom(InstanceId instance, NodeId node, @Nullable String vmId, Instant alarmedAt) {
        this(instance, node, vmId, alarmedAt, null, List.of());
    }

    /** Something that the infrastructure did to the machine, named as the alarm names it. */
    public record VmEvent(String type, Instant occurredAt) {}
}
