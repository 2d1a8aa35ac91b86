package org.etcdmedic.diagnosis;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.etcdmedic.evidence.EvidenceReader;
import org.etcdmedic.evidence.EvidenceWindow;
import org.etcdmedic.evidence.Log;
import org.etcdmedic.evidence.LogDirectory;
import org.etcdmedic.evidence.NodeEvidence;
import org.etcdmedic.evidence.Redactor;
import org.etcdmedic.inventory.Node;
import org.etcdmedic.platform.Carried;
import org.etcdmedic.probe.Capture;
import org.etcdmedic.probe.Prober;
import org.etcdmedic.probe.Question;
import org.etcdmedic.probe.Reach;
import org.etcdmedic.probe.Visit;

/** One node's part of a diagnosis: rounds of questions over one connection, each round decided by the one before. */
final class NodeVisit {
    private final Node node;
    private final List<Node> peers;
    private final Prober prober;
    private final ProbePlanner planner;
    private final EvidenceWindow window;
    private final Clock clock;

    /** Grows as answers come in; read by another thread when the deadline comes first. */
    private final List<Capture> captures = new ArrayList<>();

    private Optional<Reach> reach = Optional.empty();
    private Optional<Thread> thread = Optional.empty();
    private Optional<Visit> visiting = Optional.empty();
    private boolean left;
    private boolean ended;

    /** What was read of all captures; empty when one came since. */
    private Optional<NodeEvidence> read = Optional.empty();

    private final Instant startedAt;

    NodeVisit(Node node, List<Node> peers, Prober prober, ProbePlanner planner, EvidenceWindow window, Clock clock) {
        this.node = node;
        this.peers = peers;
        this.prober = prober;
        this.planner = planner;
        this.window = window;
        this.clock = clock;
        this.startedAt = clock.instant();
    }

    /** What a node told, and what that was read from. */
    record Result(Node node, NodeEvidence evidence, List<Capture> captures) {}

    /** Starts the thread that runs the visit. */
    synchronized void begin(Thread visitor) {
        thread = Optional.of(visitor);
        visitor.start();
    }

    /** Ends the visit wherever it is: nobody wants to know any more. */
    synchronized void leave() {
        left = true;
        thread.ifPresent(Thread::interrupt);
        visiting.ifPresent(Visit::close);
    }

    void run(Instant deadline) {
        try {
            ask(deadline);
        } finally {
            end();
        }
    }

    private void ask(Instant deadline) {
        try (Visit visit = prober.visit(node, deadline)) {
            entered(visit);
            reached(visit.reach());
            if (visit.reach() instanceof Reach.NotIn) {
                return;
            }
            ask(visit, planner.first());
            // The cluster manager takes seconds to say that it has no answer; nothing waits for it that need not.
            List<Question> slow = Stream.concat(
                            planner.clusterStatus(node, evidence()).stream(),
                            planner.etcdHealth(node, evidence()).stream())
                    .toList();
            Thread clusterStatus = Thread.ofVirtual().start(Carried.over(() -> ask(visit, slow)));
            List<Question> second = planner.second(node, evidence());
            ask(visit, second);
            ask(visit, planner.reachPeers(node, peers, evidence()));
            ask(visit, planner.certificates(node, evidence()));
            ask(visit, planner.names(evidence()));
            ask(visit, planner.logs(evidence(), window, logDirectories(visit.reach())));
            clusterStatus.join();
            // Where no etcd runs, its addresses stand in om_monitor's log or come from the cluster manager.
            ask(visit, planner.etcdHealth(node, evidence()));
            ask(visit, planner.reachPeers(node, peers, evidence()));
            ask(visit, planner.certificates(node, evidence()));
            ask(visit, planner.names(evidence()));
            ask(visit, planner.late(node, evidence(), second));
            ask(visit, planner.last(evidence()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask(Visit visit, List<Question> questions) {
        if (!questions.isEmpty() && !hasLeft()) {
            add(visit.ask(questions));
        }
    }

    private synchronized void add(List<Capture> answers) {
        // Cleaned before anything reads it: a secret in a log line must not come back in a statement either.
        answers.stream().map(Redactor::clean).forEach(captures::add);
        read = Optional.empty();
    }

    private synchronized void entered(Visit visit) {
        visiting = Optional.of(visit);
        if (left) {
            visit.close();
        }
    }

    private synchronized void end() {
        ended = true;
    }

    /** How far it is. */
    synchronized NodeProgress progress() {
        NodeProgress.State state;
        if (reach.isEmpty()) {
            state = ended ? NodeProgress.State.DONE : NodeProgress.State.WAITING;
        } else if (reach.get() instanceof Reach.NotIn) {
            state = NodeProgress.State.NOT_IN;
        } else {
            state = ended ? NodeProgress.State.DONE : NodeProgress.State.ASKING;
        }
        return new NodeProgress(node.id(), state, captures.size());
    }

    private synchronized boolean hasLeft() {
        return left;
    }

    private synchronized void reached(Reach how) {
        reach = Optional.of(how);
        read = Optional.empty();
    }

    private synchronized List<LogDirectory> logDirectories(Reach how) {
        return Stream.of(Log.Program.values())
                .flatMap(program -> EvidenceReader.logDirectory(node.id(), how, captures, program).known().stream())
                .toList();
    }

    private NodeEvidence evidence() {
        return result().evidence();
    }

    /** What is known by now. A node that we did not even get to is accused of nothing. */
    synchronized Result result() {
        Reach how = reach.orElseGet(() -> new Reach.NotIn(
                startedAt,
                Duration.between(startedAt, clock.instant()),
                Reach.Obstacle.NOT_TRIED,
                "it was not this node's turn before the deadline",
                Optional.empty()));
        // Half of the rounds ask nothing new, and a node's logs take longer to read than most of its answers to come.
        NodeEvidence evidence = read.orElseGet(() -> EvidenceReader.read(node.id(), how, captures, window));
        read = Optional.of(evidence);
        return new Result(node, evidence, List.copyOf(captures));
    }
}
