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

    /** Creates or replaces. Returns whether it is new. */
    boolean put(Instance instance, Instant now);

    /** Forgets it. Returns whether it was there. */
    boolean remove(InstanceId id);
}
