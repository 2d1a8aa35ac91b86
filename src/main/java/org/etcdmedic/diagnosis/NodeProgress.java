package org.etcdmedic.diagnosis;

import org.etcdmedic.inventory.NodeId;

/**
 * How far the asking of one node is.
 *
 * @param node the node
 * @param state what is done about it now
 * @param answers how many questions were answered until now, with or without a result
 */
public record NodeProgress(NodeId node, State state, int answers) {
    /** What is done about a node. */
    public enum State {
        /** It is being reached, or waits for its turn. */
        WAITING,
        /** It is being asked. */
        ASKING,
        /** It has been asked all there is to ask. */
        DONE,
        /** There is no way in; its peers are asked about it. */
        NOT_IN
    }
}
