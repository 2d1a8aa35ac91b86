package org.etcdmedic.diagnosis.job;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.etcdmedic.platform.Remembered;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Tells how the queue stands, over all replicas, as the database has it. While it cannot be read the numbers are unknown
 * (NaN), not 0.
 */
@Component
class QueueMetrics implements MeterBinder {
    private static final Duration FRESH = Duration.ofSeconds(10);
    private static final Set<String> ENDS =
            Set.of("CONFIRMED", "LIKELY", "UNDETERMINED", "NO_FAULT_FOUND", "FAILED", "CANCELLED");

    private final JdbcClient database;
    private final Remembered<Map<String, Double>> now = new Remembered<>(this::read, FRESH);

    QueueMetrics(DataSource database) {
        this.database = JdbcClient.create(database);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        gauge(registry, "medic.queue.waiting", "waiting", "diagnoses that wait for a worker");
        gauge(registry, "medic.queue.oldest.seconds", "oldest", "for how long the first of them is due");
        gauge(registry, "medic.diagnoses.open", "open", "diagnoses that wait or run");
        Gauge.builder("medic.balance", () -> value("lost"))
                .tag("of", "diagnoses")
                .description("opened - finished - open with a job that brings them to their end; 0 unless one is lost")
                .register(registry);
        ENDS.forEach(end -> Gauge.builder("medic.diagnoses.finished.last.hour", () -> finished(end))
                .tag("end", end)
                .description("diagnoses that ended in the last hour, by outcome")
                .register(registry));
    }

    private void gauge(MeterRegistry registry, String name, String column, String description) {
        Gauge.builder(name, () -> value(column)).description(description).register(registry);
    }

    private double value(String name) {
        return now.get().getOrDefault(name, Double.NaN);
    }

    private double finished(String end) {
        // Read, but without a line of its own: none ended so.
        return now.get().isEmpty() ? Double.NaN : now.get().getOrDefault(end, 0.0);
    }

    private Map<String, Double> read() {
        try {
            var values = new TreeMap<String, Double>();
            database.sql("""
                            select 'waiting' as name, count(*)::float8 as value from scheduled_tasks where task_name = 'diagnosis' and not picked
                            union all
                            select 'oldest', coalesce(greatest(0, extract(epoch from clock_timestamp() - min(execution_time))), 0)
                            from scheduled_tasks where task_name = 'diagnosis' and not picked
                            union all
                            select 'open', count(*) from diagnosis where status in ('QUEUED', 'RUNNING')
                            union all
                            select 'lost', count(*) from diagnosis d where status in ('QUEUED', 'RUNNING')
                              and not exists (select from scheduled_tasks t
                                              where t.task_name = 'diagnosis' and t.task_instance = d.id::text)
                            union all
                            select coalesce(outcome, status), count(*) from diagnosis
                            where completed_at > clock_timestamp() - interval '1 hour' group by 1
                            """).query(row -> {
                values.put(row.getString("name"), row.getDouble("value"));
            });
            return values;
        } catch (DataAccessException e) {
            return Map.of();
        }
    }
}
