package org.etcdmedic.verdict;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.knowledge.Cause;
import org.etcdmedic.knowledge.CauseCode;

/** Orders the causes that hold on one node by what explains what. The order is data: {@link Cause#explains()}. */
final class Explanation {
    private final Map<CauseCode, Cause> causes;

    Explanation(List<Cause> causes) {
        this.causes = causes.stream().collect(Collectors.toMap(Cause::code, Function.identity()));
    }

    /** The same classifications, each that holds with the cause that explains it, where there is one. */
    List<Classification> explain(List<Classification> classifications) {
        List<Classification> holding =
                classifications.stream().filter(Classification::holds).toList();
        return classifications.stream()
                .map(c -> c.holds() ? explained(c, holding) : c)
                .toList();
    }

    private Classification explained(Classification effect, List<Classification> holding) {
        // A root, never a cause that is itself explained: the chain between them stands in the catalogue.
        return effect.explainedBy(holding.stream()
                .filter(root -> reaches(root.cause(), effect.cause()))
                .filter(root -> holding.stream().noneMatch(higher -> reaches(higher.cause(), root.cause())))
                .min(bestFirst())
                .map(Classification::cause));
    }

    /**
     * The same over all nodes: what nothing explains on its own node may be the effect of a cause that holds on another
     * one, at least as surely. Of a cause that names whom it hits, only those are its effects.
     */
    Map<NodeId, List<Classification>> acrossNodes(
            Map<NodeId, List<Classification>> classified, BiPredicate<Classification, NodeId> hits) {
        List<Classification> roots = classified.values().stream()
                .flatMap(List::stream)
                .filter(c -> c.holds() && c.explainedBy().isEmpty())
                .toList();
        return classified.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> entry.getValue().stream()
                                .map(effect -> roots.contains(effect) ? byAPeer(effect, roots, hits) : effect)
                                .toList()));
    }

    private Classification byAPeer(
            Classification effect, List<Classification> roots, BiPredicate<Classification, NodeId> hits) {
        return roots.stream()
                .filter(root -> !root.node().equals(effect.node()))
                .filter(root -> root.state().compareTo(effect.state()) <= 0)
                .filter(root -> reachesOnPeers(root.cause(), effect.cause()) && hits.test(root, effect.node()))
                .min(bestFirst())
                .map(root -> effect.explainedBy(Optional.of(root.cause())))
                .orElse(effect);
    }

    private boolean reachesOnPeers(CauseCode from, CauseCode to) {
        Cause cause = causes.get(from);
        return cause != null && cause.explainsOnPeers().stream().anyMatch(code -> code.equals(to) || reaches(code, to));
    }

    /** Whether the first cause explains the second one, be it through others. */
    boolean reaches(CauseCode from, CauseCode to) {
        return reaches(from, to, new HashSet<>());
    }

    private boolean reaches(CauseCode from, CauseCode to, Set<CauseCode> been) {
        Cause cause = causes.get(from);
        if (cause == null || !been.add(from)) {
            return false;
        }
        return cause.explains().contains(to) || cause.explains().stream().anyMatch(next -> reaches(next, to, been));
    }

    /** Surest first, then by the rank of the catalogue, then by confidence. */
    Comparator<Classification> bestFirst() {
        return Comparator.comparing(Classification::state)
                .thenComparingInt(c -> rank(c.cause()))
                .thenComparing(
                        Comparator.comparingDouble(Classification::confidence).reversed());
    }

    private int rank(CauseCode code) {
        Cause cause = causes.get(code);
        return cause == null ? Integer.MAX_VALUE : cause.rank();
    }
}
