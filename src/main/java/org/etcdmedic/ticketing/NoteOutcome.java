package org.etcdmedic.ticketing;

import java.time.Duration;
import java.time.Instant;
import org.etcdmedic.ticketing.Attempts.Attempt;
import org.etcdmedic.ticketing.target.Receipt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down what came of an attempt, counts it, and says loudly what somebody has to look at. */
final class NoteOutcome {
    private static final Logger log = LoggerFactory.getLogger(NoteOutcome.class);

    private final Attempts attempts;
    private final Schedule schedule;
    private final DeliveryCounters counters;

    NoteOutcome(Attempts attempts, Schedule schedule, DeliveryCounters counters) {
        this.attempts = attempts;
        this.schedule = schedule;
        this.counters = counters;
    }

    void note(Attempt attempt, Outcome outcome, Instant startedAt, Instant now) {
        int failed = attempt.ticket().progress().attempts() + 1;
        var took = Duration.between(startedAt, now);
        Ticket after = attempts.note(attempt, outcome.note(failed, schedule, took), now);
        counters.count(after.target(), outcome.word());
        tell(after, outcome.receipt());
    }

    private static void tell(Ticket after, Receipt receipt) {
        String reason = after.progress().reason().orElse("");
        if (receipt instanceof Receipt.Gone) {
            log.error(
                    "target {} is switched off, it says that it is gone for ever ({}); its tickets wait until it is resumed",
                    after.target(),
                    reason);
        } else if (after.progress().state() == Ticket.State.GIVEN_UP) {
            log.error(
                    "ticket {} of diagnosis {} is given up: target {} does not take it ({}); nobody was told of it there",
                    after.id(),
                    after.diagnosis(),
                    after.target(),
                    reason);
        } else if (!(receipt instanceof Receipt.Accepted)) {
            log.warn(
                    "ticket {} is not delivered to {} yet ({}); it is tried again after {}",
                    after.id(),
                    after.target(),
                    reason,
                    after.progress().nextAt().map(Instant::toString).orElse("-"));
        }
    }
}
