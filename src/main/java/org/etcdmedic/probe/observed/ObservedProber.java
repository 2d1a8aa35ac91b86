package org.etcdmedic.probe.observed;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.time.Instant;
import java.util.Locale;
import org.etcdmedic.inventory.Node;
import org.etcdmedic.probe.Prober;
import org.etcdmedic.probe.Reach;
import org.etcdmedic.probe.Visit;

/** Tells of each connection how it went: by result in numbers, by node in a trace. */
public final class ObservedProber implements Prober {
    private final Prober prober;
    private final ObservationRegistry observations;
    private final MeterRegistry meters;

    /** Observes this prober. */
    public ObservedProber(Prober prober, ObservationRegistry observations, MeterRegistry meters) {
        this.prober = prober;
        this.observations = observations;
        this.meters = meters;
    }

    @Override
    public Visit visit(Node node, Instant deadline) {
        Observation connecting = Observation.createNotStarted("medic.ssh.connect", observations)
                .contextualName("connect")
                .lowCardinalityKeyValue("result", "broke_off")
                .lowCardinalityKeyValue("side", "none")
                .highCardinalityKeyValue("medic.node", node.id().value())
                .highCardinalityKeyValue("server.address", node.host());
        return connecting.observe(() -> {
            Visit visit = prober.visit(node, deadline);
            if (visit.reach() instanceof Reach.NotIn notIn) {
                connecting
                        .lowCardinalityKeyValue("result", word(notIn.obstacle()))
                        .lowCardinalityKeyValue("side", word(notIn.obstacle().side()));
            } else {
                connecting.lowCardinalityKeyValue("result", "logged_in");
            }
            return new ObservedVisit(visit, node, observations, meters);
        });
    }

    /** A value of ours as the names of metrics are written. */
    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
