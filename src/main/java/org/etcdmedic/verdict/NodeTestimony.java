package org.etcdmedic.verdict;

import java.util.List;
import org.etcdmedic.evidence.NodeEvidence;
import org.etcdmedic.evidence.OutsideEvidence;
import org.etcdmedic.inventory.Node;

/**
 * A node, what it told, and what others tell of it.
 *
 * @param node the node
 * @param evidence what it told
 * @param outside what systems outside the nodes tell of it
 */
public record NodeTestimony(Node node, NodeEvidence evidence, OutsideEvidence outside) {
    /** A node of which nobody else was asked. */
    public NodeTestimony(Node node, NodeEvidence evidence) {
        this(node, evidence, OutsideEvidence.NOTHING);
    }

    /** The testimony of the node that the alarm names comes first. */
    static List<NodeTestimony> namedFirst(List<NodeTestimony> all, org.etcdmedic.inventory.NodeId named) {
        return all.stream()
                .sorted(java.util.Comparator.<NodeTestimony, Boolean>comparing(
                                t -> !t.node().id().equals(named))
                        .thenComparing(t -> t.node().id().value()))
                .toList();
    }
}
