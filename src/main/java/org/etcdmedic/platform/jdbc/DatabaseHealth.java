package org.etcdmedic.platform.jdbc;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.dao.DataAccessException;

/**
 * Whether the database answers. Whoever asks waits for a moment only, for a prober gives up after a second; and one look that takes
 * long says nothing yet: in a storm all connections are in use now and then.
 */
public final class DatabaseHealth implements HealthIndicator {
    private static final Duration MOMENT = Duration.ofMillis(500);
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Runnable look;
    private final LongSupplier ticks;
    private final AtomicReference<@Nullable CompletableFuture<Void>> looking = new AtomicReference<>();
    private volatile long answeredAt;
    private volatile String trouble = "it has not answered yet";

    /**
     * Nothing is known yet.
     *
     * @param look asks it something; throws {@link DataAccessException} when it does not answer
     * @param ticks nanoseconds of the clock that nobody sets
     */
    public DatabaseHealth(Runnable look, LongSupplier ticks) {
        this.look = look;
        this.ticks = ticks;
        this.answeredAt = ticks.getAsLong() - GRACE.toNanos() - 1;
    }

    @Override
    public Health health() {
        await(begin());
        Duration silent = Duration.ofNanos(ticks.getAsLong() - answeredAt);
        return silent.compareTo(GRACE) <= 0
                ? Health.up().build()
                : Health.down().withDetail("trouble", trouble).build();
    }

    private CompletableFuture<Void> begin() {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        CompletableFuture<Void> underWay = looking.compareAndExchange(null, mine);
        if (underWay != null) {
            return underWay;
        }
        Thread.ofVirtual().name("database-health").start(() -> {
            try {
                look.run();
                answeredAt = ticks.getAsLong();
            } catch (DataAccessException e) {
                trouble = "the last look ended with " + e.getClass().getSimpleName();
            } finally {
                looking.set(null);
                mine.complete(null);
            }
        });
        return mine;
    }

    private static void await(CompletableFuture<Void> look) {
        try {
            look.get(MOMENT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException late) {
            // What is known without it has to do.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
