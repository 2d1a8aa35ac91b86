package org.etcdmedic.diagnosis.jpa;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** Row of table {@code asked}. */
@Entity
@Table(name = "asked")
class AskedRow {
    @Id
    @Column(name = "diagnosis_id")
    UUID diagnosisId = new UUID(0, 0);

    @Column(name = "content")
    @JdbcTypeCode(SqlTypes.JSON)
    String content = "{}";
}
