package org.etcdmedic.inventory;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The instances that are known. Only their nodes are ever connected to. */
public interface Instances {
    /** The instance with this identifier. */
    Optional<Instance> find(InstanceId id);

    /**
     * The instance as it was within the last ten seconds, for whom that is good enough: what another replica took out or
     * changed since is not known here. What this replica has changed is, and what is not remembered is looked up.
     */
    Optional<Instance> recall(InstanceId id);

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
