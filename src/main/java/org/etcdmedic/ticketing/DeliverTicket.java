package org.etcdmedic.ticketing;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import org.etcdmedic.ticketing.Attempts.Attempt;
import org.etcdmedic.ticketing.Attempts.Beginning;
import org.etcdmedic.ticketing.target.Limits;
import org.etcdmedic.ticketing.target.Target.Unwritable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt to deliver a ticket. Nothing is held in the database while the target is spoken to. */
public final class DeliverTicket {
    private static final Logger log = LoggerFactory.getLogger(DeliverTicket.class);

    /** Deliveries at once on this replica: a target that is slow keeps no more workers from the diagnoses. */
    private static final int AT_ONCE = 3;

    private static final Limits NONE = new Limits(0, List.of());

    private final Attempts attempts;
    private final Targets targets;
    private final SendTelling send;
    private final NoteOutcome note;
    private final Clock clock;
    private final Semaphore places = new Semaphore(AT_ONCE);

    DeliverTicket(Attempts attempts, Targets targets, SendTelling send, NoteOutcome note, Clock clock) {
        this.attempts = attempts;
        this.targets = targets;
        this.send = send;
        this.note = note;
        this.clock = clock;
    }

    /** Makes the next attempt, if one is owed. When nothing may be sent yet: until when. */
    public Optional<Instant> attempt(TicketId id) {
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
                    deliver(begun.attempt());
                    yield Optional.empty();
                }
            };
        } finally {
            places.release();
        }
    }

    private void deliver(Attempt attempt) {
        Instant startedAt = clock.instant();
        Outcome outcome = made(attempt);
        note.note(attempt, outcome, startedAt, clock.instant());
    }

    private Outcome made(Attempt attempt) {
        try {
            return send.send(attempt);
        } catch (Unwritable wrong) {
            return Outcome.refused(String.valueOf(wrong.getMessage()));
        } catch (RuntimeException broken) {
            // A mistake of ours in writing one text must not stop the queue; the class tells where to look.
            log.error("ticket {} cannot be written", attempt.ticket().id(), broken);
            return Outcome.later(
                    Optional.empty(), "the service failed: " + broken.getClass().getSimpleName());
        }
    }
}
