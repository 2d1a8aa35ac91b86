package org.etcdmedic.platform.retention;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.etcdmedic.platform.Sweep;
import org.etcdmedic.platform.WrongSetting;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Sweeps everything that has been kept for long enough, batch by batch, so that nobody waits for it. */
final class Retention {
    private static final Logger log = LoggerFactory.getLogger(Retention.class);

    private final Map<Sweep, Counter> sweeps =
            new TreeMap<>((one, other) -> one.of().compareTo(other.of()));
    private final RetentionSettings settings;
    private final Clock clock;

    Retention(List<Sweep> sweeps, RetentionSettings settings, MeterRegistry meters, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        for (Sweep sweep : sweeps) {
            this.sweeps.put(
                    sweep,
                    Counter.builder("medic.retention.deleted")
                            .tag("of", sweep.of())
                            .description("deleted because kept for long enough")
                            .register(meters));
        }
        List<String> known = this.sweeps.keySet().stream().map(Sweep::of).toList();
        String unknown = settings.keep().keySet().stream()
                .filter(name -> !known.contains(name))
                .sorted()
                .collect(Collectors.joining(", "));
        if (!unknown.isEmpty()) {
            throw new WrongSetting(
                    "medic.retention.keep knows no " + unknown + "; there is: " + String.join(", ", known));
        }
    }

    /**
     * Deletes what is too old, until none is left or it has to end. What one sweep cannot delete keeps no other from its own.
     *
     * @param ending whether the service ends; what is left waits for the next time
     */
    void run(BooleanSupplier ending) {
        Instant now = clock.instant();
        var failures = new ArrayList<RuntimeException>();
        sweeps.forEach((sweep, deleted) -> {
            try {
                sweep(sweep, deleted, now.minus(kept(sweep)), ending);
            } catch (DataAccessException | TransactionException e) {
                log.warn("{} could not be swept; the next sweep tries again", sweep.of());
                failures.add(e);
            }
        });
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
    }

    private Duration kept(Sweep sweep) {
        return settings.keep().getOrDefault(sweep.of(), sweep.kept());
    }

    private void sweep(Sweep sweep, Counter deleted, Instant before, BooleanSupplier ending) {
        long all = 0;
        int some = settings.batch();
        while (some == settings.batch() && !ending.getAsBoolean()) {
            some = sweep.sweep(before, settings.batch());
            deleted.increment(some);
            all += some;
        }
        if (all > 0) {
            log.info("{} {} from before {} are deleted, as medic.retention says", all, sweep.of(), before);
        }
    }
}
