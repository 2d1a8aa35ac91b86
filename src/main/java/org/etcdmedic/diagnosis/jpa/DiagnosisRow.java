package org.etcdmedic.diagnosis.jpa;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** Row of table {@code diagnosis}. */
@Entity
@Table(name = "diagnosis")
class DiagnosisRow {
    @Id
    UUID id = new UUID(0, 0);

    @Column(name = "instance_id")
    String instanceId = "";

    @Column(name = "node_id")
    String nodeId = "";

    @Column(name = "vm_id")
    @Nullable
    String vmId;

    @Column(name = "mode")
    String mode = "";

    @Column(name = "status")
    String status = "";

    @Column(name = "alarmed_at")
    Instant alarmedAt = Instant.EPOCH;

    @Column(name = "cluster_status")
    @Nullable
    String clusterStatus;

    @Column(name = "vm_events")
    @JdbcTypeCode(SqlTypes.JSON)
    String vmEvents = "[]";

    @Column(name = "joined_told")
    @JdbcTypeCode(SqlTypes.JSON)
    String joinedTold = "[]";

    @Column(name = "queued_at")
    Instant queuedAt = Instant.EPOCH;

    @Column(name = "started_at")
    @Nullable
    Instant startedAt;

    @Column(name = "completed_at")
    @Nullable
    Instant completedAt;

    @Column(name = "attempt")
    int attempt;

    @Column(name = "failure")
    @Nullable
    String failure;

    @Column(name = "outcome")
    @Nullable
    String outcome;

    @Column(name = "family")
    @Nullable
    String family;

    @Column(name = "cause")
    @Nullable
    String cause;

    @Column(name = "judgement")
    @JdbcTypeCode(SqlTypes.JSON)
    @Nullable
    String judgement;

    @Column(name = "rerun_of")
    @Nullable
    UUID rerunOf;

    @Column(name = "evidence_since")
    @Nullable
    Instant evidenceSince;

    @Column(name = "excused")
    int excused;
}
