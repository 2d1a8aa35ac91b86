package org.etcdmedic.verdict;

import java.util.List;
import java.util.Optional;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.knowledge.Family;

/**
 * What one diagnosis says of one cause on one node.
 *
 * @param cause the cause
 * @param family its branch of the runbook
 * @param node the node it would be true on
 * @param state how sure
 * @param confidence 0 to 1, from the stated evidence; 0 for what is ruled out or not evaluated
 * @param explainedBy the cause whose effect this is
 * @param findings ids of the findings for and against it
 * @param reasons why; empty in a judgement from before this was told
 */
public record Classification(
        CauseCode cause,
        Family family,
        NodeId node,
        State state,
        double confidence,
        Optional<CauseCode> explainedBy,
        List<String> findings,
        Optional<Reasons> reasons) {
    /** Copies the list. */
    public Classification {
        findings = List.copyOf(findings);
    }

    /** Best first. */
    public enum State {
        /** One decisive observation, or two strong ones of different rows. */
        CONFIRMED,
        /** A strong observation that leaves room for doubt. */
        LIKELY,
        /** Something speaks for it. */
        POSSIBLE,
        /** A row that could tell could not be looked at. */
        NOT_EVALUATED,
        /** A finding speaks against it, or every row that could tell was looked at and its findings do not speak for it. */
        RULED_OUT
    }

    /** The same as an effect of that cause. */
    Classification explainedBy(Optional<CauseCode> by) {
        return new Classification(cause, family, node, state, confidence, by, findings, reasons);
    }

    /** The same, likely where it was confirmed. */
    Classification atMostLikely() {
        return state == State.CONFIRMED
                ? new Classification(
                        cause,
                        family,
                        node,
                        State.LIKELY,
                        Math.min(confidence, Weighing.CONFIRMS - 0.01),
                        explainedBy,
                        findings,
                        reasons)
                : this;
    }

    /** The same with its reasons. */
    Classification because(Reasons why) {
        return new Classification(cause, family, node, state, confidence, explainedBy, findings, Optional.of(why));
    }

    /** Whether it is held to be true. */
    public boolean holds() {
        return state == State.CONFIRMED || state == State.LIKELY;
    }
}
