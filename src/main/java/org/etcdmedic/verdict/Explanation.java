package org.etcdmedic.verdict;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.knowledge.Cause;
import org.etcdmedic.knowledge.CauseCode;

/**
 * Orders the causes that hold by what explains what. Which cause can explain which is data: {@link Cause#explains()}. One
 * does explain another only by a chain of causes that have something to show themselves, each of which did not first show
 * when its effect was there already.
 */
final class Explanation {
    /** Beyond this an order in time is real: cm_agent looks each ten seconds, and clocks are measured to a second or two. */
    static final Duration TOLERANCE = Duration.ofSeconds(15);

    private final Map<CauseCode, Cause> causes;

    Explanation(List<Cause> causes) {
        this.causes = causes.stream().collect(Collectors.toMap(Cause::code, Function.identity()));
    }

    /** The classifications of one node, each that holds with the cause that explains it, where there is one. */
    List<Classification> explain(List<Classification> classifications, Onset onset) {
        List<Classification> holding =
                classifications.stream().filter(Classification::holds).toList();
        var node = new OneNode(classifications, onset);
        Set<CauseCode> roots = holding.stream()
                .filter(one -> holding.stream().noneMatch(higher -> node.explains(higher, one)))
                .map(Classification::cause)
                .collect(Collectors.toSet());
        return classifications.stream()
                .map(effect -> !effect.holds()
                        ? effect
                        // A root, never a cause that is itself explained.
                        : effect.explainedBy(holding.stream()
                                .filter(root -> roots.contains(root.cause()) && node.explains(root, effect))
                                .min(bestFirst())
                                .map(Classification::cause)))
                .toList();
    }

    /**
     * The same over all nodes: what nothing explains on its own node may be the effect of a cause that holds on another
     * one, at least as surely. Of a cause that names whom it hits, only those are its effects.
     */
    Map<NodeId, List<Classification>> acrossNodes(
            Map<NodeId, List<Classification>> classified, BiPredicate<Classification, NodeId> hits, Onset onset) {
        List<Classification> roots = classified.values().stream()
                .flatMap(List::stream)
                .filter(Explanation::unexplained)
                .toList();
        var explained = new HashMap<NodeId, List<Classification>>();
        classified.forEach((id, own) -> {
            var node = new OneNode(own, onset);
            explained.put(
                    id,
                    own.stream()
                            .map(effect -> unexplained(effect) ? byAPeer(effect, roots, hits, node) : effect)
                            .toList());
        });
        return explained;
    }

    private static boolean unexplained(Classification one) {
        return one.holds() && one.explainedBy().isEmpty();
    }

    private Classification byAPeer(
            Classification effect, List<Classification> roots, BiPredicate<Classification, NodeId> hits, OneNode node) {
        return roots.stream()
                .filter(root -> !root.node().equals(effect.node()))
                .filter(root -> root.state().compareTo(effect.state()) <= 0)
                .filter(root -> hits.test(root, effect.node()) && node.explainedFromAfar(root, effect))
                .min(bestFirst())
                .map(root -> effect.explainedBy(Optional.of(root.cause())))
                .orElse(effect);
    }

    /**
     * A cause that holds on the same node and could explain this one, if it had not first shown when this one was there
     * already; the one that comes nearest.
     */
    Optional<Late> cameLater(Classification effect, List<Classification> classifications, Onset onset) {
        if (!unexplained(effect)) {
            return Optional.empty();
        }
        var timeless = new OneNode(classifications, new Onset(Map.of()));
        return classifications.stream()
                .filter(one -> unexplained(one) && timeless.explains(one, effect))
                .flatMap(one -> onset.ofCause(one).stream()
                        .flatMap(first -> onset.ofEffect(effect).stream()
                                .filter(first::isAfter)
                                .map(shown -> new Late(one.cause(), first, shown))))
                .min(Comparator.comparing(Late::first));
    }

    /**
     * A cause that came too late to explain another one.
     *
     * @param cause the cause
     * @param first its own first sign
     * @param shown when the other one had shown
     */
    record Late(CauseCode cause, Instant first, Instant shown) {}

    /** Whether the first cause can explain the second one, be it through others, as the catalogue has it. */
    boolean reaches(CauseCode from, CauseCode to) {
        Cause cause = causes.get(from);
        return cause != null
                && (cause.explains().contains(to) || cause.explains().stream().anyMatch(next -> reaches(next, to)));
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

    /** The chains that lead from cause to effect on one node. */
    private final class OneNode {
        private final Map<CauseCode, Classification> shown;
        private final Onset onset;

        /** What is ruled out explains nothing, nor does what could not be looked at: nobody knows whether it was there. */
        OneNode(List<Classification> classifications, Onset onset) {
            this.shown = classifications.stream()
                    .filter(c -> c.confidence() > 0)
                    .collect(Collectors.toMap(Classification::cause, Function.identity()));
            this.onset = onset;
        }

        boolean explains(Classification from, Classification to) {
            return !from.cause().equals(to.cause()) && leads(List.of(new Link(from, Duration.ZERO)), from.cause(), to);
        }

        boolean explainedFromAfar(Classification root, Classification to) {
            Cause cause = causes.get(root.cause());
            return cause != null
                    && cause.explainsOnPeers().stream()
                            .anyMatch(code -> steps(List.of(new Link(root, Duration.ZERO)), cause, code, to));
        }

        private boolean leads(List<Link> chain, CauseCode code, Classification to) {
            Cause cause = causes.get(code);
            return cause != null && cause.explains().stream().anyMatch(next -> steps(chain, cause, next, to));
        }

        /** Whether the chain goes on over this cause to the one asked for. The catalogue knows no circles. */
        private boolean steps(List<Link> chain, Cause cause, CauseCode code, Classification to) {
            Classification next = code.equals(to.cause()) ? to : shown.get(code);
            if (next == null) {
                return false;
            }
            Duration allowed = cause.mayPrecede().getOrDefault(code, TOLERANCE);
            List<Link> longer = Stream.concat(
                            chain.stream().map(link -> link.allowing(allowed)),
                            Stream.of(new Link(next, Duration.ZERO)))
                    .toList();
            boolean inOrder = chain.stream().map(link -> link.allowing(allowed)).noneMatch(link -> tooLate(link, next));
            return inOrder && (code.equals(to.cause()) || leads(longer, code, to));
        }

        private boolean tooLate(Link link, Classification effect) {
            Optional<Instant> cause = onset.ofCause(link.cause());
            Optional<Instant> seen = onset.ofEffect(effect);
            return cause.isPresent()
                    && seen.isPresent()
                    && cause.get().isAfter(seen.get().plus(link.mayPrecede()));
        }
    }

    /**
     * A cause on the way to an effect.
     *
     * @param cause the cause
     * @param mayPrecede by how much what hangs on it may show before it
     */
    private record Link(Classification cause, Duration mayPrecede) {
        Link allowing(Duration more) {
            return new Link(cause, mayPrecede.plus(more));
        }
    }
}
