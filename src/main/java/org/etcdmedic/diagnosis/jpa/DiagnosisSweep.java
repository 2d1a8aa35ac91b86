package org.etcdmedic.diagnosis.jpa;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.etcdmedic.platform.Sweep;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Diagnoses go with everything that belongs to them: evidence, alarms, what other rooms keep about them. Open ones stay. */
@Component
class DiagnosisSweep implements Sweep {
    private final JdbcClient database;

    DiagnosisSweep(DataSource database) {
        this.database = JdbcClient.create(database);
    }

    @Override
    public String of() {
        return "diagnoses";
    }

    @Override
    public Duration kept() {
        return Duration.ofDays(400);
    }

    @Override
    @Transactional
    public int sweep(Instant before, int atMost) {
        return database.sql("""
                        delete from diagnosis where id in (
                            select id from diagnosis where completed_at < :before
                            order by completed_at limit :most for update skip locked)
                        """)
                .param("before", before.atOffset(ZoneOffset.UTC))
                .param("most", atMost)
                .update();
    }
}
