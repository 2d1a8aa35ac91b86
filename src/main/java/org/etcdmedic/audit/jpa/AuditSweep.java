package org.etcdmedic.audit.jpa;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.etcdmedic.platform.Sweep;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The audit record, which outlives what it tells of. */
@Component
class AuditSweep implements Sweep {
    private final JdbcClient database;

    AuditSweep(DataSource database) {
        this.database = JdbcClient.create(database);
    }

    @Override
    public String of() {
        return "audit";
    }

    @Override
    public Duration kept() {
        return Duration.ofDays(1100);
    }

    @Override
    @Transactional
    public int sweep(Instant before, int atMost) {
        return database.sql("""
                        delete from audit where id in (
                            select id from audit where at < :before order by at limit :most for update skip locked)
                        """)
                .param("before", before.atOffset(ZoneOffset.UTC))
                .param("most", atMost)
                .update();
    }
}
