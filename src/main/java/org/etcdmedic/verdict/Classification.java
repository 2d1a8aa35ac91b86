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
 */
public record Classification(
        CauseCode cause,
        Family family,
        NodeId node,
        State state,
        double confidence,
        Optional<CauseCode> explainedBy,
        List<String> findings) {
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
        /** All rows that could tell were looked at, and nothing speaks for it. */
        RULED_OUT
    }

    /** The same, as the effect of that cause. */
    Classification explainedBy(CauseCode by) {
        return new Classification(cause, family, node, state, confidence, Optional.of(by), findings);
    }

    /** Whether it is held to be true. */
    public boolean holds() {
        return state == State.CONFIRMED || state == State.LIKELY;
    }
}
