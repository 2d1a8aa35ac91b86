package org.etcdmedic.probe.ssh;

import java.time.InstantSource;
import java.util.List;
import org.etcdmedic.inventory.Node;
import org.etcdmedic.probe.Capture;
import org.etcdmedic.probe.Question;
import org.etcdmedic.probe.Reach;
import org.etcdmedic.probe.Visit;

/** A visit that ended before the door. */
record NoVisit(Reach.NotIn reach, Node node, InstantSource clock) implements Visit {

    @Override
    public List<Capture> ask(List<Question> questions) {
        return questions.stream().map(this::unasked).toList();
    }

    private Capture unasked(Question question) {
        return Asking.of(node.id(), question, clock)
                .noAnswer(Capture.Reason.CONNECTION_LOST, "not logged in: " + reach.obstacle(), "");
    }

    @Override
    public void close() {
        // There is nothing to close.
    }
}
