package org.etcdmedic.diagnosis;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts how diagnoses ended in this process since it started. */
public final class EndingCounters {
    private static final String NONE = "none";

    private final MeterRegistry registry;

    EndingCounters(MeterRegistry registry) {
        this.registry = registry;
        // There from the start: the first one that fails is a change from 0, and not a new line that nobody compares.
        counter(Status.FAILED.name(), NONE, NONE);
        counter(Status.CANCELLED.name(), NONE, NONE);
    }

    /** One run of a job has come to this. */
    public void count(Ending ending) {
        switch (ending) {
            case Ending.Concluded(var outcome, var family, var cause) ->
                counter(outcome.name(), family.name(), cause.value()).increment();
            case Ending.Failed() -> counter(Status.FAILED.name(), NONE, NONE).increment();
            case Ending.Nothing() -> {
                // Whoever ended it has counted it.
            }
        }
    }

    /** One was called off. */
    void cancelled() {
        counter(Status.CANCELLED.name(), NONE, NONE).increment();
    }

    private Counter counter(String outcome, String family, String cause) {
        return Counter.builder("medic.diagnoses.finished")
                .description("diagnoses that this process ended")
                .tag("outcome", outcome)
                .tag("family", family)
                .tag("cause", cause)
                .register(registry);
    }
}
