package org.etcdmedic.replay;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.etcdmedic.verdict.Judgement;

/** How much one judgement of a case differs from another one of the same case, the least first. */
public enum Change {
    /** They say the same and propose the same. */
    SAME,
    /** The verdict names the same, and something behind it differs: confidence, effects, findings, other causes, steps. */
    DETAILS,
    /** The same cause on the same node, with another certainty. */
    OUTCOME,
    /** The same cause on another node. */
    NODE,
    /** Another cause. */
    CAUSE;

    /** How the second differs from the first. */
    public static Change between(Judgement one, Judgement other) {
        if (!one.verdict().cause().equals(other.verdict().cause())) {
            return CAUSE;
        }
        if (!one.verdict().node().equals(other.verdict().node())) {
            return NODE;
        }
        if (one.verdict().outcome() != other.verdict().outcome()) {
            return OUTCOME;
        }
        return details(one).equals(details(other)) ? SAME : DETAILS;
    }

    /** Whether anything differs. */
    public boolean any() {
        return this != SAME;
    }

    /** What stands behind a verdict. Words are left out: they may be written anew without saying anything else. */
    private record Details(
            long hundredths,
            Set<Object> effects,
            Set<Object> others,
            Set<Object> seen,
            Set<Object> stands,
            List<String> steps) {}

    private static Details details(Judgement judgement) {
        return new Details(
                Math.round(judgement.verdict().confidence() * 100),
                Set.copyOf(judgement.verdict().effects()),
                Set.copyOf(judgement.verdict().others()),
                judgement.findings().stream().map(SideBySide.Seen::of).collect(Collectors.toSet()),
                judgement.classifications().stream()
                        .map(c -> List.of(c.cause(), SideBySide.Stand.of(c)))
                        .collect(Collectors.toSet()),
                SideBySide.steps(judgement));
    }
}
