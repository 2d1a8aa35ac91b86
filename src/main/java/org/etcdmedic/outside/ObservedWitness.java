package org.etcdmedic.outside;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.etcdmedic.inventory.Node;
import org.etcdmedic.probe.Capture;
import org.etcdmedic.probe.Question;

/** Tells of each question to a system outside how it went: by kind and result in numbers, by node in a trace. */
public final class ObservedWitness implements Witness {
    private final Witness witness;
    private final ObservationRegistry observations;

    /** Observes this witness. */
    public ObservedWitness(Witness witness, ObservationRegistry observations) {
        this.witness = witness;
        this.observations = observations;
    }

    @Override
    public List<Question> questions(Node node, Span span) {
        return witness.questions(node, span);
    }

    @Override
    public Capture ask(Node node, Question question, Span span) {
        String kind = question.probe().id().value();
        Observation asking = Observation.createNotStarted("medic.outside", observations)
                .contextualName("ask outside for " + kind)
                .lowCardinalityKeyValue("question", kind)
                .lowCardinalityKeyValue("result", "broke_off")
                .highCardinalityKeyValue("medic.node", node.id().value());
        return asking.observe(() -> {
            Capture capture = witness.ask(node, question, span);
            asking.lowCardinalityKeyValue(
                    "result",
                    switch (capture) {
                        case Capture.Answer _ -> "answered";
                        case Capture.NoAnswer none -> none.reason().name().toLowerCase(Locale.ROOT);
                    });
            return capture;
        });
    }

    @Override
    public List<Question> more(Node node, Capture answer, Span span) {
        return witness.more(node, answer, span);
    }

    @Override
    public Optional<String> name() {
        return witness.name();
    }

    @Override
    public Optional<String> trouble() {
        return witness.trouble();
    }
}
