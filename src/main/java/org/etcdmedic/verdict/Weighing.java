package org.etcdmedic.verdict;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.etcdmedic.knowledge.Cause;
import org.etcdmedic.verdict.Classification.State;

/**
 * Weighs every cause of the catalogue on one node by the findings about it. One decisive finding confirms; two strong
 * ones of different rows confirm together; anything that speaks against it takes the certainty away.
 */
final class Weighing {
    static final double CONFIRMS = 0.9;
    static final double LIKELY = 0.6;
    private static final double CERTAIN = 0.99;

    private final Meaning meaning;

    Weighing(Meaning meaning) {
        this.meaning = meaning;
    }

    /** One classification for each cause, in the order of the catalogue. */
    List<Classification> weigh(NodeCase node, List<Finding> findings, List<Cause> causes) {
        var looked = new LookedAt(findings, meaning);
        LogStory story = LogStory.of(node);
        return causes.stream()
                .map(cause -> weigh(node, findings, cause, looked, story))
                .toList();
    }

    private Classification weigh(NodeCase node, List<Finding> findings, Cause cause, LookedAt looked, LogStory story) {
        List<Contribution> speaking = speaking(node, findings, cause, story);
        List<Double> weights = speaking.stream()
                .filter(Contribution::counted)
                .map(Contribution::weight)
                .toList();
        boolean refuted = speaking.stream().anyMatch(c -> c.effect() == Contribution.Effect.AGAINST);
        List<Contribution> silent = weights.isEmpty() && !refuted ? looked.silent(cause) : List.of();
        double strongest = weights.stream().mapToDouble(d -> d).max().orElse(0);
        double together = together(weights);
        State state = state(weights, strongest, together, refuted, !silent.isEmpty());
        double confidence = switch (state) {
            case CONFIRMED -> Math.min(CERTAIN, Math.max(together, CONFIRMS));
            case LIKELY -> Math.min(CONFIRMS - 0.01, Math.max(strongest, Math.min(together, 0.85)));
            case POSSIBLE -> Math.min(LIKELY - 0.01, together);
            case NOT_EVALUATED, RULED_OUT -> 0;
        };
        List<Contribution> contributions = silent.isEmpty() ? speaking : silent;
        return new Classification(
                cause.code(),
                cause.family(),
                node.node().id(),
                state,
                confidence,
                Optional.empty(),
                contributions.stream().map(Contribution::finding).distinct().toList(),
                Optional.of(Reasons.of(contributions)));
    }

    /** What all observations say together: each one leaves open what the others leave open. */
    static double together(List<Double> weights) {
        return 1 - weights.stream().reduce(1.0, (rest, weight) -> rest * (1 - weight));
    }

    /** The findings for and against the cause, strongest first; of each row the strongest counts. */
    private List<Contribution> speaking(NodeCase node, List<Finding> findings, Cause cause, LogStory story) {
        Map<String, String> strongestOfRow = new HashMap<>();
        Map<String, Double> weightOfRow = new HashMap<>();
        Map<String, Double> stated = new HashMap<>();
        for (Finding finding : findings) {
            double weight = meaning.support(finding, cause.code());
            if (finding.state() != Finding.State.NOT_EVALUATED && weight > 0) {
                stated.put(finding.id(), weight);
                if (weight > weightOfRow.getOrDefault(finding.check(), 0.0)) {
                    weightOfRow.put(finding.check(), weight);
                    strongestOfRow.put(finding.check(), finding.id());
                }
            }
        }
        var all = new ArrayList<Contribution>();
        for (Finding finding : findings) {
            if (stated.containsKey(finding.id())) {
                double full = stated.get(finding.id());
                double weight = gated(node, cause, full, story);
                all.add(new Contribution(
                        finding.id(),
                        finding.check(),
                        Contribution.Effect.FOR,
                        weight,
                        full,
                        finding.id().equals(strongestOfRow.get(finding.check()))));
            }
            if (finding.state() != Finding.State.NOT_EVALUATED && meaning.refutes(finding, cause.code())) {
                all.add(Contribution.against(finding));
            }
        }
        all.sort(Comparator.comparingDouble(Contribution::weight).reversed());
        return all;
    }

    private static State state(
            List<Double> weights, double strongest, double together, boolean refuted, boolean allLookedAt) {
        long strong = weights.stream().filter(weight -> weight >= LIKELY).count();
        if (strongest >= CONFIRMS || strong >= 2) {
            return refuted ? State.LIKELY : State.CONFIRMED;
        }
        if (refuted) {
            return State.RULED_OUT;
        }
        if (strongest >= LIKELY || (weights.size() >= 2 && together >= LIKELY)) {
            return State.LIKELY;
        }
        if (strongest > 0) {
            return State.POSSIBLE;
        }
        return allLookedAt ? State.RULED_OUT : State.NOT_EVALUATED;
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
