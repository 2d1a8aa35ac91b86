package org.etcdmedic.platform.jdbc;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The time by the database's clock, which all replicas share: with clocks of their own, a replica that is ahead would take every
 * other one for dead, and one that is behind would look for log lines of an earlier time. Between two looks at it, spans are
 * measured by the clock that nobody sets. Once it was read, nobody who asks for the time waits for the database; until then all do,
 * one after the other.
 */
public final class DatabaseClock extends Clock {
    /** Clocks drift by far less than a heartbeat in this time. */
    private static final Duration FRESH = Duration.ofSeconds(10);

    private final Supplier<Instant> database;
    private final LongSupplier ticks;
    private final Executor background;
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile @Nullable Reading last;

    /** The clock of this database. */
    public DatabaseClock(DataSource database) {
        this(
                () -> JdbcClient.create(database)
                        .sql("select clock_timestamp()")
                        .query(OffsetDateTime.class)
                        .single()
                        .toInstant(),
                System::nanoTime,
                Thread::startVirtualThread);
    }

    DatabaseClock(Supplier<Instant> database, LongSupplier ticks, Executor background) {
        this.database = database;
        this.ticks = ticks;
        this.background = background;
    }

    /**
     * What the database's clock showed when ours for spans showed this.
     *
     * @param uncertain nanoseconds by which it may be wrong: half of the way there and back
     */
    private record Reading(Instant instant, long ticks, long uncertain) {
        Instant at(long now) {
            return instant.plusNanos(now - ticks);
        }

        /** A reading that lies within what neither knows better moves nothing: time does not jitter with the network. */
        Reading then(Reading next) {
            Instant expected = at(next.ticks);
            boolean agrees =
                    Duration.between(expected, next.instant).abs().toNanos() <= Math.max(next.uncertain, uncertain);
            return agrees ? new Reading(expected, next.ticks, Math.min(next.uncertain, uncertain)) : next;
        }
    }

    @Override
    public Instant instant() {
        Reading known = last;
        if (known == null) {
            return first();
        }
        long now = ticks.getAsLong();
        if (now - known.ticks() > FRESH.toNanos() && looking.compareAndSet(false, true)) {
            background.execute(this::look);
        }
        return known.at(now);
    }

    /** Before the database was ever read, our own clock is all there is; nothing that it decides can be kept then. */
    private synchronized Instant first() {
        Reading known = last;
        if (known == null) {
            try {
                known = read();
            } catch (DataAccessException e) {
                return Clock.systemUTC().instant();
            }
            last = known;
        }
        return known.at(ticks.getAsLong());
    }

    private void look() {
        try {
            Reading known = last;
            Reading next = read();
            last = known == null ? next : known.then(next);
        } catch (DataAccessException e) {
            // Still right to within its drift; without its database nothing is decided by it anyway.
        } finally {
            looking.set(false);
        }
    }

    private Reading read() {
        long before = ticks.getAsLong();
        Instant instant = database.get();
        long half = (ticks.getAsLong() - before) / 2;
        return new Reading(instant, before + half, half);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("times are UTC here");
    }
}
