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
import org.springframework.data.domain.Persistable;

/** Row of table {@code capture}. Always new: captures are never changed. */
@Entity
@Table(name = "capture")
class CaptureRow implements Persistable<UUID> {
    @Id
    UUID id = new UUID(0, 0);

    @Column(name = "diagnosis_id")
    UUID diagnosisId = new UUID(0, 0);

    @Column(name = "attempt")
    int attempt;

    @Column(name = "ordinal")
    int ordinal;

    @Column(name = "node_id")
    String nodeId = "";

    @Column(name = "probe")
    String probe = "";

    @Column(name = "arguments")
    @JdbcTypeCode(SqlTypes.JSON)
    String arguments = "{}";

    @Column(name = "command")
    String command = "";

    @Column(name = "started_at")
    Instant startedAt = Instant.EPOCH;

    @Column(name = "took_millis")
    long tookMillis;

    @Column(name = "exit_status")
    @Nullable
    Integer exitStatus;

    @Column(name = "reason")
    @Nullable
    String reason;

    @Column(name = "detail")
    String detail = "";

    @Column(name = "text")
    String text = "";

    @Column(name = "error_text")
    String errorText = "";

    @Column(name = "bytes")
    long bytes;

    @Column(name = "truncated")
    boolean truncated;

    @Column(name = "login")
    @Nullable
    String login;

    @Column(name = "account")
    @Nullable
    String account;

    @Column(name = "through")
    @Nullable
    String through;

    @Override
    public UUID getId() {
        return id;
    }

    @Override
    public boolean isNew() {
        return true;
    }
}
