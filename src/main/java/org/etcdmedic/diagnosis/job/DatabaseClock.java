package org.etcdmedic.diagnosis.job;

import com.github.kagkarlsson.scheduler.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The time by which jobs are due and workers are lost: the database's, which all replicas share. By their own clocks a replica
 * that is ahead takes every other one for dead, and what it queues waits until the others' clocks get there.
 */
@Component
class DatabaseClock implements Clock {
    /** Clocks drift by far less than a heartbeat in this time. */
    private static final Duration FRESH = Duration.ofSeconds(10);

    private final JdbcClient database;
    private volatile @Nullable Reading last;

    DatabaseClock(DataSource database) {
        // Inside a transaction this asks over the transaction's own connection: a second one could be waited for in
        // vain.
        this.database = JdbcClient.create(database);
    }

    /** What the database's clock showed when ours for spans, which nobody sets, showed this. */
    private record Reading(Instant instant, long nanos) {
        Instant plusSince(long now) {
            return instant.plusNanos(now - nanos);
        }
    }

    @Override
    public Instant now() {
        Reading known = last;
        if (known == null || System.nanoTime() - known.nanos() > FRESH.toNanos()) {
            known = read(known);
            last = known;
        }
        return known.plusSince(System.nanoTime());
    }

    private Reading read(@Nullable Reading known) {
        try {
            OffsetDateTime time = database.sql("select clock_timestamp()")
                    .query(OffsetDateTime.class)
                    .single();
            return new Reading(time.toInstant(), System.nanoTime());
        } catch (DataAccessException e) {
            if (known == null) {
                throw e;
            }
            return known; // still right to within its drift; without its database nothing is decided by it anyway
        }
    }
}
