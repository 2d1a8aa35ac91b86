package org.etcdmedic.api;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Counts what became of the alarms that were sent to this process since it started. */
@Component
class AlarmCounters {
    /** The contract's own form of an alarm. */
    private static final String SOURCE = "api";

    private final MeterRegistry registry;

    AlarmCounters(MeterRegistry registry) {
        this.registry = registry;
        for (Result result : Result.values()) {
            counter(result);
        }
    }

    /** What became of one. */
    enum Result {
        /** It opened a diagnosis. */
        OPENED,
        /** It joined one. */
        JOINED,
        /** It had been accepted before. */
        REPEATED,
        /** It is no alarm, or about something that nobody knows. */
        REFUSED,
        /** It could not be kept, and its sender was told so. */
        UNAVAILABLE
    }

    void count(Result result) {
        counter(result).increment();
    }

    private Counter counter(Result result) {
        return Counter.builder("medic.alarms")
                .description("alarms that were sent to this process")
                .tag("source", SOURCE)
                .tag("result", result.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }
}
