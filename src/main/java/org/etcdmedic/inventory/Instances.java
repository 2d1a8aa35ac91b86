package org.etcdmedic.inventory;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The instances that are known. Only their nodes are ever connected to. */
public interface Instances {
    /** The instance with this identifier. */
    Optional<Instance> find(InstanceId id);

    /** All instances, by identifier. */
    List<Instance> all();

    /**
     * Creates or replaces, and puts on record who did. Returns whether it is new. What stands there already is no change,
     * and leaves none.
     */
    boolean put(Instance instance, Instant now);

    /** Forgets it, and puts on record who did. Returns whether it was there. */
    boolean remove(InstanceId id, Instant now);
}
