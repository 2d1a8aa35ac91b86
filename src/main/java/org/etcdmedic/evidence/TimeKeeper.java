package org.etcdmedic.evidence;

import java.util.List;
import java.util.Optional;

/**
 * What keeps a node's clock.
 *
 * @param running names of the time services that run
 * @param synchronised whether it calls itself in step with its servers; empty where it does not say
 */
public record TimeKeeper(List<String> running, Optional<Boolean> synchronised) {
    /** Copies the list. */
    public TimeKeeper {
        running = List.copyOf(running);
    }
}
