package org.etcdmedic.ticketing;

import io.micrometer.core.instrument.MeterRegistry;

/** Counts attempts by target and result. */
public final class DeliveryCounters {
    private final MeterRegistry registry;

    /** In this registry. */
    public DeliveryCounters(MeterRegistry registry) {
        this.registry = registry;
    }

    void count(String target, String result) {
        registry.counter("medic.deliveries", "target", target, "result", result).increment();
    }
}
