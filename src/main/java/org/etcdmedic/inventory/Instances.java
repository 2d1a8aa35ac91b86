package org.etcdmedic.inventory;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

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

    /**
     * The same, if what stands there is what the caller takes to stand there, whoever else changes it at this moment.
     *
     * @throws NotAsExpected when it is not; nothing is changed then
     */
    boolean put(Instance instance, Predicate<Optional<Instance>> expected, Instant now);

    /**
     * Forgets it, and puts on record who did. Returns whether it was there.
     *
     * @throws NotAsExpected when what stands there is not what the caller takes to stand there; nothing is changed then
     */
    boolean remove(InstanceId id, Predicate<Optional<Instance>> expected, Instant now);

    /** What stands there is not what the caller takes to stand there. */
    final class NotAsExpected extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** Without a stack: it is an answer, not a mistake of ours. */
        public NotAsExpected() {
            super("the instance is not as the caller expects it", null, false, false);
        }
    }
}
