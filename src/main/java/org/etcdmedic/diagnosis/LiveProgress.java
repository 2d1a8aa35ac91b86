package org.etcdmedic.diagnosis;

import java.util.List;

/**
 * How far a diagnosis is at this moment.
 *
 * @param status where it stands
 * @param attempt how often a worker took it up
 * @param nodes how far each node is; empty when nobody is asked (yet, any more, or at all)
 */
public record LiveProgress(Status status, int attempt, List<NodeProgress> nodes) {
    /** Keeps what is given as it is. */
    public LiveProgress {
        nodes = List.copyOf(nodes);
    }
}
