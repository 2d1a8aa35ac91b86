package org.etcdmedic.alarm.jpa;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** Row of table {@code alarm}. */
@Entity
@Table(name = "alarm")
class AlarmRow {
    @Id
    UUID id = new UUID(0, 0);

    @Column(name = "alarm_id")
    @Nullable
    String alarmId;

    @Column(name = "name")
    @Nullable
    String name;

    @Column(name = "instance_id")
    @Nullable
    String instanceId;

    @Column(name = "node_id")
    @Nullable
    String nodeId;

    @Column(name = "vm_id")
    @Nullable
    String vmId;

    @Column(name = "severity")
    @Nullable
    String severity;

    @Column(name = "occurred_at")
    @Nullable
    Instant occurredAt;

    @Column(name = "cluster_status")
    @Nullable
    String clusterStatus;

    @Column(name = "vm_events")
    @JdbcTypeCode(SqlTypes.JSON)
    String vmEvents = "[]";

    @Column(name = "labels")
    @JdbcTypeCode(SqlTypes.JSON)
    String labels = "{}";

    @Column(name = "state")
    String state = "";

    @Column(name = "diagnosis_id")
    @Nullable
    UUID diagnosisId;

    @Column(name = "problem")
    @Nullable
    String problem;

    @Column(name = "body")
    @Nullable
    String body;

    @Column(name = "received_at")
    Instant receivedAt = Instant.EPOCH;

    @Column(name = "source")
    @Nullable
    String source;

    @Column(name = "cleared_at")
    @Nullable
    Instant clearedAt;

    @Column(name = "errors")
    @JdbcTypeCode(SqlTypes.JSON)
    @Nullable
    String errors;

    @Column(name = "whole")
    boolean whole;

    @Column(name = "repeats")
    int repeats;

    @Column(name = "resent_at")
    @Nullable
    Instant resentAt;
}
