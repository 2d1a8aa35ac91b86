package org.etcdmedic.verdict;

import java.util.List;
import org.etcdmedic.evidence.NodeEvidence;
import org.etcdmedic.inventory.Node;

/**
 * A node and what it told.
 *
 * @param node the node
 * @param evidence what it told
 */
public record NodeTestimony(Node node, NodeEvidence evidence) {
    /** The testimony of the node that the alarm names comes first. */
    static List<NodeTestimony> namedFirst(List<NodeTestimony> all, org.etcdmedic.inventory.NodeId named) {
        return all.stream()
                .sorted(java.util.Comparator.<NodeTestimony, Boolean>comparing(
                                t -> !t.node().id().equals(named))
                        .thenComparing(t -> t.node().id().value()))
                .toList();
    }
}
