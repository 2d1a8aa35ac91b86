package org.etcdmedic.diagnosis;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.etcdmedic.evidence.EvidenceWindow;
import org.etcdmedic.inventory.Instance;
import org.etcdmedic.inventory.Node;
import org.etcdmedic.probe.Prober;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks every node of an instance at once, each on a thread of its own, and comes back by the deadline with what there is.
 * A node that hangs costs the others nothing.
 */
final class Investigation {
    private static final Logger log = LoggerFactory.getLogger(Investigation.class);

    /** So much earlier than we stop waiting a visit ends by itself, so that it can still say how far it came. */
    private static final Duration MARGIN = Duration.ofMillis(500);

    private final Prober prober;
    private final ProbePlanner planner;
    private final Clock clock;

    Investigation(Prober prober, ProbePlanner planner, Clock clock) {
        this.prober = prober;
        this.planner = planner;
        this.clock = clock;
    }

    /** What each node told until then, in the order of the instance's nodes. */
    List<NodeVisit.Result> ask(Instance instance, EvidenceWindow window, Instant deadline) throws InterruptedException {
        var visits = new ArrayList<NodeVisit>();
        var done = new CountDownLatch(instance.nodes().size());
        for (Node node : instance.nodes()) {
            List<Node> peers = instance.nodes().stream()
                    .filter(other -> !other.equals(node))
                    .toList();
            var visit = new NodeVisit(node, peers, prober, planner, window, clock);
            visits.add(visit);
            Thread.ofVirtual().name("node-" + node.id()).start(() -> {
                try {
                    visit.run(deadline.minus(MARGIN));
                } catch (RuntimeException e) {
                    log.error(
                            "asking node {} broke off; the diagnosis goes on with what it told until then",
                            node.id(),
                            e);
                } finally {
                    done.countDown();
                }
            });
        }
        long left = Duration.between(clock.instant(), deadline).toMillis();
        if (!done.await(Math.max(0, left), TimeUnit.MILLISECONDS)) {
            log.warn("not every node of instance {} came to its end in time", instance.id());
        }
        return visits.stream().map(NodeVisit::result).toList();
    }
}
