package org.etcdmedic.ticketing.job;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.etcdmedic.platform.Remembered;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tells how the outbox stands, over all replicas, as the database has it. While it cannot be read the numbers are unknown (NaN). */
@Component
class TicketMetrics implements MeterBinder {
    private static final Duration FRESH = Duration.ofSeconds(10);

    private final JdbcClient database;
    private final Remembered<Map<String, Double>> now = new Remembered<>(this::read, FRESH);

    TicketMetrics(DataSource database) {
        this.database = JdbcClient.create(database);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        gauge(registry, "medic.tickets.waiting", "pending", "tickets whose newest telling is on its way");
        gauge(registry, "medic.tickets.oldest.seconds", "oldest", "for how long the first of them is on its way");
        gauge(registry, "medic.tickets.given.up", "given-up", "tickets that somebody has to send again");
        gauge(registry, "medic.targets.disabled", "disabled", "targets that said that they are gone");
        Gauge.builder("medic.balance", () -> value("lost"))
                .tag("of", "tickets")
                .description("tickets that are on their way without a job; 0 unless one is lost")
                .register(registry);
    }

    private void gauge(MeterRegistry registry, String name, String column, String description) {
        Gauge.builder(name, () -> value(column)).description(description).register(registry);
    }

    private double value(String name) {
        return now.get().getOrDefault(name, Double.NaN);
    }

    private Map<String, Double> read() {
        try {
            var values = new TreeMap<String, Double>();
            database.sql("""
                            select 'pending' as name, count(*)::float8 as value from ticket where state = 'PENDING'
                            union all
                            select 'oldest', coalesce(greatest(0, extract(epoch from clock_timestamp() - min(
                                (select coalesce(max(d.started_at), t.created_at) from delivery d
                                 where d.ticket_id = t.id and d.result = 'ACCEPTED')))), 0)
                            from ticket t where state = 'PENDING'
                            union all
                            select 'given-up', count(*) from ticket where state = 'GIVEN_UP'
                            union all
                            select 'disabled', count(*) from target_state where disabled_at is not null
                            union all
                            select 'lost', count(*) from ticket t where state = 'PENDING'
                              and not exists (select from scheduled_tasks s
                                              where s.task_name = 'ticket' and s.task_instance = t.id::text)
                            """).query(row -> {
                values.put(row.getString("name"), row.getDouble("value"));
            });
            return values;
        } catch (DataAccessException e) {
            return Map.of();
        }
    }
}
