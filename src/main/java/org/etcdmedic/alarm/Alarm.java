package org.etcdmedic.alarm;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.etcdmedic.inventory.InstanceId;
import org.etcdmedic.inventory.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * A message from monitoring that something hurts.
 *
 * @param alarmId the sender's own identifier; makes a repeat harmless
 * @param name what the sender calls the alarm
 * @param instance the instance that hurts
 * @param node the node it names
 * @param vmId the node's virtual machine
 * @param severity the sender's word for it
 * @param occurredAt when it happened, as the sender says
 * @param clusterStatus what the management plane got when it asked for the cluster's status: null when it did not tell,
 *     empty when it got an empty message
 * @param vmEvents what happened to the virtual machine
 * @param labels further words of the sender
 */
public record Alarm(
        @Nullable String alarmId,
        @Nullable String name,
        InstanceId instance,
        NodeId node,
        @Nullable String vmId,
        @Nullable String severity,
        Instant occurredAt,
        @Nullable String clusterStatus,
        List<VmEvent> vmEvents,
        Map<String, String> labels) {
    /** Copies the collections. */
    public Alarm {
        vmEvents = List.copyOf(vmEvents);
        labels = Map.copyOf(labels);
    }

    /**
     * Where an alarm came from.
     *
     * @param source name of the source
     * @param clearKey what a clear of it will name
     */
    public record Origin(String source, String clearKey) {}

    /** Something that the infrastructure did to a virtual machine. */
    public record VmEvent(Type type, Instant occurredAt) {
        /** What was done. */
        public enum Type {
            /** The guest was restarted. */
            RESTART,
            /** It moved to another host while it ran. */
            LIVE_MIGRATION,
            /** It was stopped and moved to another host. */
            COLD_MIGRATION,
            /** It was rebuilt on another host because its own failed. */
            HA_FAILOVER,
            /** It was stopped. */
            STOP,
            /** Its host or device had a fault. */
            FAULT
        }
    }
}
