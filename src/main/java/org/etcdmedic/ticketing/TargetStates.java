package org.etcdmedic.ticketing;

import java.time.Instant;
import java.util.Optional;

/** What is known of targets, over all replicas. */
public interface TargetStates {
    /** What is known of a target. */
    TargetState of(String target);

    /**
     * How a target stands.
     *
     * @param disabledAt since when it is switched off
     * @param disabledReason why
     * @param lastSuccessAt when it last accepted something
     */
    record TargetState(
            Optional<Instant> disabledAt, Optional<String> disabledReason, Optional<Instant> lastSuccessAt) {}

    /** Notes that a target accepted something. Inside the caller's transaction. */
    void accepted(String target, Instant now);

    /** Switches a target off that said that it is gone for ever. Inside the caller's transaction. */
    void gone(String target, String reason, Instant now);

    /**
     * Switches a target on again, and lets all that waits for it go at once; false when it was not off. Inside the
     * caller's transaction.
     */
    boolean resume(String target, Instant now);
}
