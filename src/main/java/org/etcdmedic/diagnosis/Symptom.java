package org.etcdmedic.diagnosis;

import java.time.Instant;
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
 */
public record Symptom(
        InstanceId instance, NodeId node, @Nullable String vmId, Instant alarmedAt) {}
