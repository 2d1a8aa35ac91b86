package org.etcdmedic.diagnosis;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.etcdmedic.evidence.Redactor;
import org.etcdmedic.inventory.Node;
import org.etcdmedic.outside.OutsideCaptures;
import org.etcdmedic.outside.Witness;
import org.etcdmedic.outside.Witness.Span;
import org.etcdmedic.platform.Carried;
import org.etcdmedic.probe.Capture;
import org.etcdmedic.probe.Question;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** What systems outside are asked about one node, all at once. What has no answer by the deadline is told to have none. */
final class OutsideInquiry {
    private static final Logger log = LoggerFactory.getLogger(OutsideInquiry.class);

    private final Node node;
    private final List<Witness> witnesses;
    private final Span span;
    private final Clock clock;

    /** In the order in which they were asked. */
    private final Map<Question, Optional<Capture>> asked = new LinkedHashMap<>();

    /** Counts the questions that are under way. */
    private final Phaser open = new Phaser(1);

    OutsideInquiry(Node node, List<Witness> witnesses, Span span, Clock clock) {
        this.node = node;
        this.witnesses = List.copyOf(witnesses);
        this.span = span;
        this.clock = clock;
    }

    /** Begins to ask and comes back at once. */
    OutsideInquiry begin() {
        for (Witness witness : witnesses) {
            try {
                ask(witness, witness.questions(node, span));
            } catch (RuntimeException e) {
                log.error(
                        "a system outside is not asked about node {}; the diagnosis goes on without it", node.id(), e);
            }
        }
        open.arriveAndDeregister();
        return this;
    }

    private void ask(Witness witness, List<Question> questions) {
        for (Question question : questions) {
            synchronized (this) {
                if (asked.putIfAbsent(question, Optional.empty()) != null) {
                    continue;
                }
            }
            open.register();
            Thread.ofVirtual().name("outside-" + node.id()).start(Carried.over(() -> {
                MDC.put("node", node.id().value());
                try {
                    Capture capture = Redactor.clean(witness.ask(node, question, span));
                    answered(question, capture);
                    ask(witness, witness.more(node, capture, span));
                } catch (RuntimeException e) {
                    log.error(
                            "asking a system outside about node {} broke off; that question has no answer",
                            node.id(),
                            e);
                } finally {
                    open.arriveAndDeregister();
                }
            }));
        }
    }

    private synchronized void answered(Question question, Capture capture) {
        asked.put(question, Optional.of(capture));
    }

    /** Waits for what is under way, at most so long. */
    void await(long millis) throws InterruptedException {
        try {
            open.awaitAdvanceInterruptibly(0, Math.max(0, millis), TimeUnit.MILLISECONDS);
        } catch (TimeoutException deadline) {
            log.warn("not every question about node {} to systems outside was answered in time", node.id());
        }
    }

    /** One capture for each question. */
    synchronized List<Capture> captures() {
        var captures = new ArrayList<Capture>();
        asked.forEach((question, capture) -> captures.add(capture.orElseGet(
                () -> OutsideCaptures.unasked(node, question, clock.instant(), "no answer before the deadline"))));
        return captures;
    }
}
