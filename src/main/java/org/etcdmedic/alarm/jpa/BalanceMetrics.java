package org.etcdmedic.alarm.jpa;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import javax.sql.DataSource;
import org.etcdmedic.platform.Remembered;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tells whether every accepted alarm has its diagnosis, as the database has it; NaN while that cannot be read. */
@Component
class BalanceMetrics implements MeterBinder {
    private static final Duration FRESH = Duration.ofSeconds(10);

    private final JdbcClient database;
    private final Remembered<Double> lost = new Remembered<>(this::read, FRESH);

    BalanceMetrics(DataSource database) {
        this.database = JdbcClient.create(database);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("medic.balance", lost::get)
                .tag("of", "alarms")
                .description("accepted - those with a diagnosis, open or finished; 0 unless one is lost")
                .register(registry);
    }

    private Double read() {
        try {
            return database.sql("select count(*) from alarm where state <> 'REJECTED' and diagnosis_id is null")
                    .query(Double.class)
                    .single();
        } catch (DataAccessException e) {
            return Double.NaN;
        }
    }
}
