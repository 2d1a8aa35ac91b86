package org.etcdmedic.ticketing;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import org.etcdmedic.ticketing.Attempts.Beginning;
import org.etcdmedic.ticketing.target.Limits;

/** One attempt to deliver a ticket. Nothing is held in the database while the target is spoken to. */
public final class DeliverTicket {
    /** Deliveries at once on this replica: a target that is slow keeps no more workers from the diagnoses. */
    private static final int AT_ONCE = 3;

    private static final Limits NONE = new Limits(0, List.of());

    private final Attempts attempts;
    private final Targets targets;
    private final MakeAttempt make;
    private final Clock clock;
    private final Semaphore places = new Semaphore(AT_ONCE);

    DeliverTicket(Attempts attempts, Targets targets, MakeAttempt make, Clock clock) {
        this.attempts = attempts;
        this.targets = targets;
        this.make = make;
        this.clock = clock;
    }

    /**
     * Makes the next attempt, if one is owed. When nothing may be sent yet: until when.
     *
     * @param parent the trace of whoever queued the ticket's job
     */
    public Optional<Instant> attempt(TicketId id, Optional<String> parent) {
        if (!places.tryAcquire()) {
            return Optional.of(
                    clock.instant().plusMillis(ThreadLocalRandom.current().nextLong(500, 3000)));
        }
        try {
            Limits limits = attempts.target(id)
                    .flatMap(targets::find)
                    .map(target -> target.target().limits())
                    .orElse(NONE);
            return switch (attempts.begin(id, limits, clock.instant())) {
                case Beginning.Nothing ignored -> Optional.empty();
                case Beginning.Wait wait -> Optional.of(wait.until());
                case Beginning.Begun begun -> {
                    make.make(begun.attempt(), parent);
                    yield Optional.empty();
                }
            };
        } finally {
            places.release();
        }
    }
}
