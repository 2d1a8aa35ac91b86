package org.etcdmedic.diagnosis;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.etcdmedic.evidence.EvidenceWindow;
import org.etcdmedic.evidence.OutsideReader;
import org.etcdmedic.inventory.Instance;
import org.etcdmedic.inventory.Node;
import org.etcdmedic.outside.Witness;
import org.etcdmedic.platform.Carried;
import org.etcdmedic.probe.Capture;
import org.etcdmedic.probe.Prober;
import org.etcdmedic.verdict.NodeTestimony;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Asks every node of an instance at once, each on a thread of its own, and comes back by the deadline with what there is.
 * A node that hangs costs the others nothing. Systems outside are asked about them meanwhile.
 */
final class Investigation {
    private static final Logger log = LoggerFactory.getLogger(Investigation.class);

    /** So much earlier than we stop waiting a visit ends by itself, so that it can still say how far it came. */
    private static final Duration MARGIN = Duration.ofMillis(500);

    /** So often we tell how far the nodes are, and look whether anybody still wants to know. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final Prober prober;
    private final ProbePlanner planner;
    private final List<Witness> witnesses;
    private final ObservedSteps steps;
    private final Clock clock;

    Investigation(Prober prober, ProbePlanner planner, List<Witness> witnesses, ObservedSteps steps, Clock clock) {
        this.prober = prober;
        this.planner = planner;
        this.witnesses = List.copyOf(witnesses);
        this.steps = steps;
        this.clock = clock;
    }

    /** Whoever wants to know what comes of it. */
    @FunctionalInterface
    interface Watcher {
        /**
         * Whether anybody still wants to know.
         *
         * @param changed how far the nodes are now, when that has changed since the last call
         */
        boolean wants(Optional<List<NodeProgress>> changed);
    }

    /** What a node told, and what systems outside told of it. */
    record Told(NodeVisit.Result visit, List<Capture> outside) {
        NodeTestimony testimony() {
            return new NodeTestimony(
                    visit.node(),
                    visit.evidence(),
                    OutsideReader.read(visit.node().id(), outside));
        }

        Stream<Capture> captures() {
            return Stream.concat(visit.captures().stream(), outside.stream());
        }
    }

    /**
     * What was told of each node until then, in the order of the instance's nodes.
     *
     * @param watcher told now and then; once nobody wants to know, all connections are ended and nothing comes of it
     */
    Optional<List<Told>> ask(Instance instance, EvidenceWindow window, Instant deadline, Watcher watcher)
            throws InterruptedException {
        Instant now = clock.instant();
        var span =
                new Witness.Span(window.from(), window.to().isBefore(now) ? window.to() : now, deadline.minus(MARGIN));
        List<OutsideInquiry> inquiries = instance.nodes().stream()
                .map(node -> new OutsideInquiry(node, witnesses, span, clock).begin())
                .toList();
        var visits = new ArrayList<NodeVisit>();
        var done = new CountDownLatch(instance.nodes().size());
        for (Node node : instance.nodes()) {
            List<Node> peers = instance.nodes().stream()
                    .filter(other -> !other.equals(node))
                    .toList();
            var visit = new NodeVisit(node, peers, prober, planner, window, clock);
            visits.add(visit);
            visit.begin(Thread.ofVirtual().name("node-" + node.id()).unstarted(Carried.over(() -> {
                MDC.put("node", node.id().value());
                try {
                    steps.visit(node, () -> visit.run(deadline.minus(MARGIN)));
                } catch (RuntimeException e) {
                    log.error(
                            "asking node {} broke off; the diagnosis goes on with what it told until then",
                            node.id(),
                            e);
                } finally {
                    done.countDown();
                }
            })));
        }
        if (!await(done, Duration.between(clock.instant(), deadline), visits, watcher)) {
            visits.forEach(NodeVisit::leave);
            return Optional.empty();
        }
        if (done.getCount() > 0) {
            log.warn("not every node of instance {} came to its end in time", instance.id());
        }
        var told = new ArrayList<Told>();
        for (int i = 0; i < visits.size(); i++) {
            inquiries.get(i).await(Duration.between(clock.instant(), deadline).toMillis());
            told.add(new Told(visits.get(i).result(), inquiries.get(i).captures()));
        }
        return Optional.of(told);
    }

    /** Waits for the nodes, at most so long; false when nobody wants to know any more. */
    private static boolean await(CountDownLatch done, Duration patience, List<NodeVisit> visits, Watcher watcher)
            throws InterruptedException {
        List<NodeProgress> told = List.of();
        long end = System.nanoTime() + patience.toNanos();
        long left = end - System.nanoTime();
        while (left > 0 && !done.await(Math.min(left, LOOK_AGAIN.toNanos()), TimeUnit.NANOSECONDS)) {
            List<NodeProgress> now = visits.stream().map(NodeVisit::progress).toList();
            if (!watcher.wants(now.equals(told) ? Optional.empty() : Optional.of(now))) {
                return false;
            }
            told = now;
            left = end - System.nanoTime();
        }
        return true;
    }
}
