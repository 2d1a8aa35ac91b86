package org.etcdmedic.alarm.jpa;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.etcdmedic.platform.Sweep;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Refused alarms, which belong to no diagnosis. Accepted ones go with theirs. */
@Component
class RefusedAlarmSweep implements Sweep {
    private final JdbcClient database;

    RefusedAlarmSweep(DataSource database) {
        this.database = JdbcClient.create(database);
    }

    @Override
    public String of() {
        return "refused-alarms";
    }

    @Override
    public Duration kept() {
        return Duration.ofDays(90);
    }

    @Override
    @Transactional
    public int sweep(Instant before, int atMost) {
        return database.sql("""
                        delete from alarm where id in (
                            select id from alarm where state = 'REJECTED' and received_at < :before
                            order by received_at limit :most for update skip locked)
                        """)
                .param("before", before.atOffset(ZoneOffset.UTC))
                .param("most", atMost)
                .update();
    }
}
