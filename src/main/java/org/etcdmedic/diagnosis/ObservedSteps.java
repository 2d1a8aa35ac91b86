package org.etcdmedic.diagnosis;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.function.Supplier;
import org.etcdmedic.diagnosis.Diagnoses.Conclusion;
import org.etcdmedic.inventory.Node;
import org.etcdmedic.verdict.Judgement;

/** The steps of a diagnosis whose time is told, each by itself. */
final class ObservedSteps {
    private final ObservationRegistry observations;

    ObservedSteps(ObservationRegistry observations) {
        this.observations = observations;
    }

    /** A node's part, from the connection to the last answer. */
    void visit(Node node, Runnable visit) {
        Observation.createNotStarted("medic.visit", observations)
                .contextualName("visit")
                .highCardinalityKeyValue("medic.node", node.id().value())
                .highCardinalityKeyValue("server.address", node.host())
                .observe(visit);
    }

    /** Reading what was said, and judging it. */
    Judgement judge(Supplier<Judgement> judging) {
        return Observation.createNotStarted("medic.judge", observations)
                .contextualName("judge")
                .observe(judging);
    }

    /** Writing the verdict down. */
    Conclusion conclude(Supplier<Conclusion> concluding) {
        return Observation.createNotStarted("medic.conclude", observations)
                .contextualName("conclude")
                .observe(concluding);
    }
}
