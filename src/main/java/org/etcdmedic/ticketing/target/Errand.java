package org.etcdmedic.ticketing.target;

import java.time.Instant;
import java.util.Optional;

/**
 * One attempt to tell a target something.
 *
 * @param letter what to say
 * @param action what to do with the ticket there
 * @param reference the ticket there; empty as long as there is none, or where the target names none
 * @param id the same for every attempt of this telling: the idempotency key. Letters, digits, {@code _} and {@code -} only
 * @param now when this attempt is made
 */
public record Errand(Letter letter, Action action, Optional<Reference> reference, String id, Instant now) {
    /** The same for every attempt and every telling of this ticket: by it the target's ticket is found again. 38 characters, {@code [a-z0-9-]}. */
    public String marker() {
        return "medic-" + letter.ticket().toString().replace("-", "");
    }
}
