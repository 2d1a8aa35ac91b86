package org.etcdmedic.api;

import java.util.List;
import org.etcdmedic.diagnosis.LiveProgress;
import org.etcdmedic.diagnosis.NodeProgress;
import org.etcdmedic.diagnosis.Status;

/** How far a diagnosis is, streamed and read; its schema is {@code Progress} in the contract. */
record ProgressView(Status status, int attempt, List<NodeView> nodes) {
    /** How far one node is. */
    record NodeView(String nodeId, NodeProgress.State state, int answers) {
        static NodeView of(NodeProgress node) {
            return new NodeView(node.node().value(), node.state(), node.answers());
        }
    }

    static ProgressView of(LiveProgress progress) {
        return new ProgressView(
                progress.status(),
                progress.attempt(),
                progress.nodes().stream().map(NodeView::of).toList());
    }
}
