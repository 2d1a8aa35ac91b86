package org.etcdmedic.inventory.jpa;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** Row of table {@code instance}. */
@Entity
@Table(name = "instance")
class InstanceRow {
    @Id
    @Column(name = "instance_id")
    String instanceId = "";

    @Column(name = "name")
    String name = "";

    @Column(name = "nodes")
    @JdbcTypeCode(SqlTypes.JSON)
    String nodes = "[]";

    @Column(name = "updated_at")
    Instant updatedAt = Instant.EPOCH;
}
