package org.etcdmedic.verdict;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
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
