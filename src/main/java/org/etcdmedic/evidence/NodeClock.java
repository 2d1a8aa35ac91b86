package org.etcdmedic.evidence;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * How times that a node wrote become instants of the service's clock.
 *
 * @param zone the node's offset from UTC; empty when it is not known, so that local times tell nothing
 * @param ahead the node's clock minus the service's clock
 */
record NodeClock(Optional<ZoneOffset> zone, Duration ahead) {
    /** The clock of a node whose identity is known, else one that is taken to be right and has no zone. */
    static NodeClock of(Optional<NodeIdentity> identity) {
        return new NodeClock(
                identity.map(NodeIdentity::zone),
                identity.map(NodeIdentity::ahead).orElse(Duration.ZERO));
    }

    /** An instant of the node's clock as the service's clock showed it. */
    Instant corrected(Instant byNode) {
        return byNode.minus(ahead);
    }

    /** An instant of the service's clock as the node's clock showed it. */
    Instant byNode(Instant byService) {
        return byService.plus(ahead);
    }
}
