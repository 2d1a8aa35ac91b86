package org.etcdmedic.diagnosis.job;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.etcdmedic.diagnosis.Status;
import org.etcdmedic.platform.Remembered;
import org.etcdmedic.verdict.Verdict;
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
    static final String WAITING = "waiting";
    static final String OLDEST = "oldest";
    static final String LOST = "lost";

    /** The verdict's outcome, or how it ended without one. */
    private static final List<String> ENDS = Stream.concat(
                    Stream.of(Verdict.Outcome.values()),
                    Stream.of(Status.values()).filter(status -> !status.open() && status != Status.COMPLETED))
            .map(Enum::name)
            .toList();

    private final JdbcClient database;
    private final Remembered<Map<String, Double>> now = new Remembered<>(this::read, FRESH);

    QueueMetrics(DataSource database) {
        this.database = JdbcClient.create(database);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        gauge(registry, "medic.queue.waiting", WAITING, "diagnoses that wait for a worker");
        gauge(registry, "medic.queue.oldest.seconds", OLDEST, "for how long the first of them is due");
        gauge(registry, "medic.diagnoses.open", "open", "diagnoses that wait or run");
        Gauge.builder("medic.balance", () -> value(LOST))
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

    double value(String name) {
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
                            select 'waiting' as name, count(*)::float8 as value from scheduled_tasks
                            where task_name = :job and not picked
                            union all
                            select 'oldest', coalesce(greatest(0, extract(epoch from clock_timestamp() - min(execution_time))), 0)
                            from scheduled_tasks where task_name = :job and not picked
                            union all
                            select 'open', count(*) from diagnosis where status in ('QUEUED', 'RUNNING')
                            union all
                            select 'lost', count(*) from diagnosis d where status in ('QUEUED', 'RUNNING')
                              and not exists (select from scheduled_tasks t
                                              where t.task_name = :job and t.task_instance = d.id::text)
                            union all
                            select coalesce(outcome, status), count(*) from diagnosis
                            where completed_at > clock_timestamp() - interval '1 hour' group by 1
                            """).param("job", JobQueue.DIAGNOSIS.getTaskName()).query(row -> {
                values.put(row.getString("name"), row.getDouble("value"));
            });
            return values;
        } catch (DataAccessException e) {
            return Map.of();
        }
    }
}
