package org.etcdmedic.probe;

import java.time.Instant;
import org.etcdmedic.inventory.Node;

/** Opens the one connection that a diagnosis makes to a node. */
public interface Prober {
    /**
     * Connects and logs in. Never throws for anything that the node or the network does: how far it came is in
     * {@link Visit#reach()}. Returns by the deadline.
     */
    Visit visit(Node node, Instant deadline);
}
