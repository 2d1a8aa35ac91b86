package org.etcdmedic.diagnosis.jpa;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.diagnosis.Opening;
import org.etcdmedic.diagnosis.RequestKey;
import org.etcdmedic.diagnosis.RequestKeys;
import org.etcdmedic.diagnosis.Status;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The keys in PostgreSQL: the primary key decides who of two was first. */
@Repository
class SqlRequestKeys implements RequestKeys {
    private static final Duration KEPT = Duration.ofDays(1);

    private final JdbcClient database;

    SqlRequestKeys(DataSource database) {
        this.database = JdbcClient.create(database);
    }

    private record Known(String fingerprint, Opening opening) {}

    @Override
    @Transactional(propagation = Propagation.SUPPORTS)
    public Optional<Opening> known(RequestKey key, Instant now) {
        return database.sql("""
                        select fingerprint, diagnosis_id, status, joined from request_key
                        where sender = :sender and key = :key and created_at > :oldest
                        """)
                .param("sender", key.sender())
                .param("key", key.key())
                .param("oldest", now.minus(KEPT).atOffset(ZoneOffset.UTC))
                .query((row, number) -> {
                    var id = new DiagnosisId(row.getObject("diagnosis_id", UUID.class));
                    return new Known(
                            row.getString("fingerprint"),
                            row.getBoolean("joined")
                                    ? new Opening.Joined(id, Status.valueOf(row.getString("status")))
                                    : new Opening.Opened(id));
                })
                .optional()
                .map(known -> {
                    if (!known.fingerprint().equals(key.fingerprint())) {
                        throw new RequestKey.Reused();
                    }
                    return known.opening();
                });
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void keep(RequestKey key, Opening opening, Instant now) {
        // Whoever keeps one sweeps some: keys are few, and nobody has to be sent for the old ones.
        database.sql("""
                        delete from request_key where (sender, key) in (
                            select sender, key from request_key where created_at <= :oldest limit 100 for update skip locked)
                        """)
                .param("oldest", now.minus(KEPT).atOffset(ZoneOffset.UTC))
                .update();
        int kept = database.sql("""
                        insert into request_key (sender, key, fingerprint, diagnosis_id, status, joined, created_at)
                        values (:sender, :key, :fingerprint, :diagnosis, :status, :joined, :now)
                        on conflict do nothing
                        """)
                .param("sender", key.sender())
                .param("key", key.key())
                .param("fingerprint", key.fingerprint())
                .param("diagnosis", opening.id().value())
                .param("status", opening.status().name())
                .param("joined", opening instanceof Opening.Joined)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
        if (kept == 0) {
            throw new RequestKey.Taken();
        }
    }
}
