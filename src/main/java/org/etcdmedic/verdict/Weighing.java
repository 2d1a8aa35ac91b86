package org.etcdmedic.verdict;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.etcdmedic.knowledge.Cause;
import org.etcdmedic.verdict.Classification.State;

/**
 * Weighs every cause of the catalogue on one node by the findings about it. One decisive finding confirms; two strong
 * ones of different rows confirm together; anything that speaks against it takes the certainty away.
 */
final class Weighing {
    private static final double CONFIRMS = 0.9;
    private static final double LIKELY = 0.6;
    private static final double CERTAIN = 0.99;

    private final Meaning meaning;

    Weighing(Meaning meaning) {
        this.meaning = meaning;
    }

    /** One classification for each cause, in the order of the catalogue. */
    List<Classification> weigh(NodeCase node, List<Finding> findings, List<Cause> causes) {
        Set<String> looked = looked(node, findings);
        LogStory story = LogStory.of(node);
        return causes.stream()
                .map(cause -> weigh(node, findings, cause, looked, story))
                .toList();
    }

    /** Rows that were looked at: those with a finding, and those of a log that was read and says nothing. */
    private static Set<String> looked(NodeCase node, List<Finding> findings) {
        Set<String> looked = new HashSet<>();
        Set<String> notLooked = new HashSet<>();
        for (Finding finding : findings) {
            (finding.state() == Finding.State.NOT_EVALUATED ? notLooked : looked).add(finding.check());
        }
        if (node.evidence().etcdLog().known().isPresent() && !notLooked.contains("C9")) {
            looked.addAll(List.of("P7", "B1", "B2", "B3", "B4", "B5", "B6", "B7", "B8", "B9"));
            looked.addAll(List.of("O1", "O2"));
        }
        if (node.evidence().cmAgentLog().known().isPresent() && !notLooked.contains("C5")) {
            looked.addAll(List.of("C2", "C5", "O3"));
        }
        return looked;
    }

    private Classification weigh(
            NodeCase node, List<Finding> findings, Cause cause, Set<String> looked, LogStory story) {
        Map<String, Double> byCheck = new HashMap<>();
        var ids = new ArrayList<String>();
        boolean refuted = false;
        for (Finding finding : findings) {
            if (finding.state() == Finding.State.NOT_EVALUATED) {
                continue;
            }
            double weight = gated(node, cause, meaning.support(finding, cause.code()), story);
            if (weight > 0) {
                byCheck.merge(finding.check(), weight, Math::max);
                ids.add(finding.id());
            }
            if (meaning.refutes(finding, cause.code())) {
                refuted = true;
                ids.add(finding.id());
            }
        }
        double strongest = byCheck.values().stream().mapToDouble(d -> d).max().orElse(0);
        double together = 1 - byCheck.values().stream().reduce(1.0, (rest, weight) -> rest * (1 - weight));
        State state = state(byCheck, strongest, together, refuted, cause, looked);
        double confidence = switch (state) {
            case CONFIRMED -> Math.min(CERTAIN, Math.max(together, CONFIRMS));
            case LIKELY -> Math.min(CONFIRMS - 0.01, Math.max(strongest, Math.min(together, 0.85)));
            case POSSIBLE -> Math.min(LIKELY - 0.01, together);
            case NOT_EVALUATED, RULED_OUT -> 0;
        };
        return new Classification(
                cause.code(), cause.family(), node.node().id(), state, confidence, Optional.empty(), ids);
    }

    private static State state(
            Map<String, Double> byCheck,
            double strongest,
            double together,
            boolean refuted,
            Cause cause,
            Set<String> looked) {
        long strong =
                byCheck.values().stream().filter(weight -> weight >= LIKELY).count();
        if (strongest >= CONFIRMS || strong >= 2) {
            return refuted ? State.LIKELY : State.CONFIRMED;
        }
        if (refuted) {
            return State.RULED_OUT;
        }
        if (strongest >= LIKELY || (byCheck.size() >= 2 && together >= LIKELY)) {
            return State.LIKELY;
        }
        if (strongest > 0) {
            return State.POSSIBLE;
        }
        return looked.containsAll(cause.needs()) ? State.RULED_OUT : State.NOT_EVALUATED;
    }

    /**
     * What only hurts by ending etcd, or by keeping it from starting, has hurt nobody while one process ran through the
     * whole window: it is a danger, not the cause. Where etcd could not be seen, it is at most likely, unless etcd's own log,
     * collected by hand, tells that it ended.
     */
    private static double gated(NodeCase node, Cause cause, double weight, LogStory story) {
        if (story == LogStory.WRITES_ON) {
            return Math.min(weight, CONFIRMS - 0.1);
        }
        if (!cause.onlyByEndingEtcd() || story == LogStory.ENDED) {
            return weight;
        }
        return switch (node.etcd()) {
            case EtcdState.Running running ->
                running.begun() == EtcdState.Begun.BEFORE ? Math.min(weight, LIKELY - 0.1) : weight;
            case EtcdState.Unseen ignored -> Math.min(weight, CONFIRMS - 0.1);
            case EtcdState.Down ignored -> weight;
            case EtcdState.Looping ignored -> weight;
            case EtcdState.Suspended ignored -> weight;
        };
    }
}
