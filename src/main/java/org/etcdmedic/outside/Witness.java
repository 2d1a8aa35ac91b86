package org.etcdmedic.outside;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.etcdmedic.inventory.Node;
import org.etcdmedic.probe.Capture;
import org.etcdmedic.probe.Question;

/**
 * A system outside the nodes that can tell of one. What it is asked and what it answers have the shape of questions to a
 * node and of captures, so that they are kept and traced alike. Several threads may ask at the same time.
 */
public interface Witness {
    /** What there is to ask about the node; nothing where the system cannot know it. */
    List<Question> questions(Node node, Span span);

    /** Asks one of them. Returns by the deadline; never throws for anything that the system does. */
    Capture ask(Node node, Question question, Span span);

    /** What an answer makes worth asking besides. */
    default List<Question> more(Node node, Capture answer, Span span) {
        return List.of();
    }

    /** What it is called where it is told how it stands; empty when it is not configured and so never asked. */
    default Optional<String> name() {
        return Optional.empty();
    }

    /** Asks it something harmless, within its time limit: why it cannot be asked now, in words without secrets; empty when it can. */
    default Optional<String> trouble() {
        return Optional.empty();
    }

    /**
     * The time that is asked about, by the service's clock.
     *
     * @param from begin of the evidence window
     * @param to its end, or now when that comes first
     * @param deadline every answer is there by then, or it is told that there is none
     */
    record Span(Instant from, Instant to, Instant deadline) {}
}
