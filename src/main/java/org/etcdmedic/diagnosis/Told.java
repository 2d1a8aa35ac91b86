package org.etcdmedic.diagnosis;

import java.util.List;
import org.etcdmedic.inventory.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * What one alarm of a diagnosis told besides its time.
 *
 * @param node the node that it named
 * @param clusterStatus what the management plane got when it asked for the cluster's status, where it told
 * @param vmEvents what happened to the node's machine, where it told
 */
public record Told(NodeId node, @Nullable String clusterStatus, List<Symptom.VmEvent> vmEvents) {
    /** Copies the events. */
    public Told {
        vmEvents = List.copyOf(vmEvents);
    }
}
