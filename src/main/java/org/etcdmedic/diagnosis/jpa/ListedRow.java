package org.etcdmedic.diagnosis.jpa;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** Row of table {@code diagnosis} without what is large in it. */
@Entity
@Immutable
@Table(name = "diagnosis")
class ListedRow {
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

    @Column(name = "queued_at")
    Instant queuedAt = Instant.EPOCH;

    @Column(name = "started_at")
    @Nullable
    Instant startedAt;

    @Column(name = "completed_at")
    @Nullable
    Instant completedAt;

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

    @Column(name = "verdict")
    @JdbcTypeCode(SqlTypes.JSON)
    @Nullable
    String verdict;

    @Column(name = "knowledge_version")
    @Nullable
    String knowledgeVersion;

    @Column(name = "repair_causes")
    @JdbcTypeCode(SqlTypes.JSON)
    @Nullable
    String repairCauses;

    @Column(name = "repair_nodes")
    @JdbcTypeCode(SqlTypes.JSON)
    @Nullable
    String repairNodes;
}
