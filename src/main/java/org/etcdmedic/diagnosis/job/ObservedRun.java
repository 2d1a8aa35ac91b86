package org.etcdmedic.diagnosis.job;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.diagnosis.Ending;
import org.etcdmedic.diagnosis.EndingCounters;
import org.etcdmedic.platform.Traces;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;

/**
 * Runs a diagnosis so that its log lines name it, its time is told, and its spans stand below the request that brought it about,
 * whichever replica took that.
 */
@Component
class ObservedRun {
    private final ObservationRegistry observations;
    private final Traces traces;
    private final EndingCounters endings;
    private final Timer waited;
    private final JobClock clock;

    ObservedRun(
            ObservationRegistry observations,
            Traces traces,
            EndingCounters endings,
            MeterRegistry meters,
            JobClock clock) {
        this.observations = observations;
        this.traces = traces;
        this.endings = endings;
        this.waited = Timer.builder("medic.queue.wait")
                .description("from when a job was due until a worker took it up")
                .register(meters);
        this.clock = clock;
    }

    /** Runs a diagnosis. */
    @FunctionalInterface
    interface Run {
        Ending run(DiagnosisId id) throws InterruptedException;
    }

    /**
     * Runs it.
     *
     * @param parent the trace of whoever queued it
     * @param due when it was to be run
     */
    void run(DiagnosisId id, Optional<String> parent, Instant due, Run run) throws InterruptedException {
        Duration wait = Duration.between(due, clock.now());
        waited.record(wait.isNegative() ? Duration.ZERO : wait);
        parent.ifPresent(trace -> traces.past("wait in the queue", trace, wait.isNegative() ? Duration.ZERO : wait));
        MDC.put("diagnosis", id.toString());
        try {
            observed(id, parent, run);
        } finally {
            MDC.clear();
        }
    }

    private void observed(DiagnosisId id, Optional<String> parent, Run run) throws InterruptedException {
        var context = new ReceiverContext<Map<String, String>>(Traces::header, Kind.CONSUMER);
        context.setCarrier(parent.map(trace -> Map.of(Traces.PARENT, trace)).orElse(Map.of()));
        Observation running = Observation.createNotStarted("medic.diagnosis", () -> context, observations)
                .contextualName("diagnosis")
                .lowCardinalityKeyValue("outcome", "BROKE_OFF")
                .highCardinalityKeyValue("medic.diagnosis", id.toString());
        running.observeChecked(() -> {
            Ending ending = run.run(id);
            running.lowCardinalityKeyValue("outcome", outcome(ending));
            if (ending instanceof Ending.Concluded concluded) {
                running.highCardinalityKeyValue("medic.cause", concluded.cause().value());
            }
            endings.count(ending);
        });
    }

    private static String outcome(Ending ending) {
        return switch (ending) {
            case Ending.Concluded concluded -> concluded.outcome().name();
            case Ending.Failed() -> "FAILED";
            case Ending.Nothing() -> "NOTHING";
        };
    }
}
