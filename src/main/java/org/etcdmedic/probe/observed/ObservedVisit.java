package org.etcdmedic.probe.observed;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.etcdmedic.inventory.Node;
import org.etcdmedic.platform.Carried;
import org.etcdmedic.probe.Capture;
import org.etcdmedic.probe.Question;
import org.etcdmedic.probe.Reach;
import org.etcdmedic.probe.Visit;

/** Tells of each question how it went. Asks them one by one, each on a thread of its own, so that each has its own time. */
final class ObservedVisit implements Visit {
    private final Visit visit;
    private final Node node;
    private final ObservationRegistry observations;
    private final MeterRegistry meters;

    ObservedVisit(Visit visit, Node node, ObservationRegistry observations, MeterRegistry meters) {
        this.visit = visit;
        this.node = node;
        this.observations = observations;
        this.meters = meters;
    }

    @Override
    public Reach reach() {
        return visit.reach();
    }

    @Override
    public List<Capture> ask(List<Question> questions) {
        List<Future<Capture>> answers;
        try (var threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("asked-" + node.id() + "-", 0).factory())) {
            answers = questions.stream()
                    .map(question -> threads.submit(Carried.over((Callable<Capture>) () -> ask(question))))
                    .toList();
        }
        return answers.stream().map(Future::resultNow).toList();
    }

    private Capture ask(Question question) {
        String probe = question.probe().id().value();
        Observation asking = Observation.createNotStarted("medic.probe", observations)
                .contextualName("probe " + probe)
                .lowCardinalityKeyValue("probe", probe)
                .lowCardinalityKeyValue("result", "broke_off")
                .highCardinalityKeyValue("medic.node", node.id().value())
                .highCardinalityKeyValue("server.address", node.host());
        return asking.observe(() -> {
            Capture capture = visit.ask(List.of(question)).getFirst();
            asking.lowCardinalityKeyValue("result", result(capture));
            if (capture instanceof Capture.Answer answer) {
                Counter.builder("medic.probe.read")
                        .baseUnit("bytes")
                        .description("what nodes sent as answers")
                        .tag("probe", probe)
                        .register(meters)
                        .increment((double) answer.bytes());
            }
            return capture;
        });
    }

    private static String result(Capture capture) {
        return switch (capture) {
            case Capture.Answer answer -> answer.truncated() ? "cut" : "answered";
            case Capture.NoAnswer none -> ObservedProber.word(none.reason());
        };
    }

    @Override
    public void close() {
        visit.close();
    }
}
