package org.etcdmedic.audit.jpa;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** Row of table {@code audit}. */
@Entity
@Table(name = "audit")
class AuditRow {
    @Id
    UUID id = new UUID(0, 0);

    @Column(name = "at")
    Instant at = Instant.EPOCH;

    @Column(name = "actor")
    String actor = "";

    @Column(name = "address")
    @Nullable
    String address;

    @Column(name = "action")
    String action = "";

    @Column(name = "target")
    String target = "";

    @Column(name = "before")
    @JdbcTypeCode(SqlTypes.JSON)
    @Nullable
    String before;

    @Column(name = "after")
    @JdbcTypeCode(SqlTypes.JSON)
    @Nullable
    String after;
}
