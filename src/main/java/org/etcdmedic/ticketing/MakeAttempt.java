package org.etcdmedic.ticketing;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.etcdmedic.platform.Traces;
import org.etcdmedic.ticketing.Attempts.Attempt;
import org.etcdmedic.ticketing.target.Target.Unwritable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Makes an attempt and notes what came of it. Its time is told, its log lines name the diagnosis, and its spans stand below what queued
 * the ticket's job, whichever replica did that.
 */
final class MakeAttempt {
    private static final Logger log = LoggerFactory.getLogger(MakeAttempt.class);

    private final SendTelling send;
    private final NoteOutcome note;
    private final ObservationRegistry observations;
    private final Clock clock;

    MakeAttempt(SendTelling send, NoteOutcome note, ObservationRegistry observations, Clock clock) {
        this.send = send;
        this.note = note;
        this.observations = observations;
        this.clock = clock;
    }

    /**
     * Makes it.
     *
     * @param parent the trace of whoever queued the ticket's job
     */
    void make(Attempt attempt, Optional<String> parent) {
        var context = new ReceiverContext<Map<String, String>>(Traces::header, Kind.CONSUMER);
        context.setCarrier(parent.map(trace -> Map.of(Traces.PARENT, trace)).orElse(Map.of()));
        Ticket ticket = attempt.ticket();
        Observation delivering = Observation.createNotStarted("medic.delivery", () -> context, observations)
                .contextualName("deliver")
                .lowCardinalityKeyValue("target", ticket.target())
                .lowCardinalityKeyValue("result", "broke_off")
                .highCardinalityKeyValue("medic.ticket", ticket.id().toString())
                .highCardinalityKeyValue("medic.diagnosis", ticket.diagnosis().toString());
        try (var _ = MDC.putCloseable("diagnosis", ticket.diagnosis().toString())) {
            delivering.observe(() -> {
                Instant startedAt = clock.instant();
                Outcome outcome = outcome(attempt);
                note.note(attempt, outcome, startedAt, clock.instant());
                delivering.lowCardinalityKeyValue("result", outcome.word());
            });
        }
    }

    private Outcome outcome(Attempt attempt) {
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
