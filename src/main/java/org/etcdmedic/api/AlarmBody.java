package org.etcdmedic.api;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.etcdmedic.alarm.Alarm;
import org.etcdmedic.inventory.InstanceId;
import org.etcdmedic.inventory.NodeId;
import org.jspecify.annotations.Nullable;

/** An alarm on the wire; its schema is {@code Alarm} in the contract. */
record AlarmBody(
        @Nullable String alarmId,
        @Nullable String name,
        String instanceId,
        String nodeId,
        @Nullable String vmId,
        @Nullable String severity,
        OffsetDateTime occurredAt,
        @Nullable String clusterStatus,
        @Nullable List<VmEventBody> vmEvents,
        @Nullable Map<String, String> labels) {
    static final String SCHEMA = "Alarm";

    /** Something that was done to the virtual machine. */
    record VmEventBody(Alarm.VmEvent.Type type, OffsetDateTime occurredAt) {}

    /** The same under this name, unless it has one of its own. */
    AlarmBody named(Optional<String> name) {
        return alarmId != null || name.isEmpty()
                ? this
                : new AlarmBody(
                        name.get(),
                        this.name,
                        instanceId,
                        nodeId,
                        vmId,
                        severity,
                        occurredAt,
                        clusterStatus,
                        vmEvents,
                        labels);
    }

    Alarm toAlarm() {
        return new Alarm(
                alarmId,
                name,
                new InstanceId(instanceId),
                new NodeId(nodeId),
                vmId,
                severity,
                occurredAt.toInstant(),
                clusterStatus,
                vmEvents == null
                        ? List.of()
                        : vmEvents.stream()
                                .map(e -> new Alarm.VmEvent(
                                        e.type(), e.occurredAt().toInstant()))
                                .toList(),
                labels == null ? Map.of() : labels);
    }
}
