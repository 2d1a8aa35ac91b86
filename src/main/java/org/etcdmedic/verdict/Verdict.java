package org.etcdmedic.verdict;

import java.util.List;
import java.util.Optional;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.knowledge.Family;
import org.etcdmedic.knowledge.Text;

/**
 * The judgement.
 *
 * @param outcome how sure
 * @param family branch of the runbook
 * @param cause the one cause that explains the others
 * @param confidence 0 to 1
 * @param summary one or two sentences
 * @param node the node at fault, which can be a peer of the one the alarm names; empty where no node is
 * @param effects causes that are true and explained by this one
 * @param others causes that are true and not explained by it
 */
public record Verdict(
        Outcome outcome,
        Family family,
        CauseCode cause,
        double confidence,
        Text summary,
        Optional<NodeId> node,
        List<CauseCode> effects,
        List<CauseCode> others) {
    /** Copies the lists. */
    public Verdict {
        effects = List.copyOf(effects);
        others = List.copyOf(others);
    }

    /** How sure. */
    public enum Outcome {
        /** Proven by what the nodes showed. */
        CONFIRMED,
        /** Strongly supported, with room for doubt. */
        LIKELY,
        /** Not known, with what is missing. */
        UNDETERMINED,
        /** Everything that could tell was looked at, and all is well. */
        NO_FAULT_FOUND
    }
}
