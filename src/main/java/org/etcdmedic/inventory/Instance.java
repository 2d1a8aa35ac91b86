package org.etcdmedic.inventory;

import java.util.List;
import java.util.Optional;

/**
 * One database instance with its nodes.
 *
 * @param id the management plane's identifier
 * @param name what people call it
 * @param nodes its nodes, each identifier once, at least one
 */
public record Instance(InstanceId id, String name, List<Node> nodes) {
    /** Refuses an instance without nodes and a node that stands in it twice. */
    public Instance {
        nodes = List.copyOf(nodes);
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("an instance has at least one node");
        }
        if (nodes.stream().map(Node::id).distinct().count() != nodes.size()) {
            throw new IllegalArgumentException("a node identifier stands in the instance twice");
        }
    }

    /** The node with this identifier, when the instance has it. */
    public Optional<Node> node(NodeId id) {
        return nodes.stream().filter(node -> node.id().equals(id)).findFirst();
    }
}
