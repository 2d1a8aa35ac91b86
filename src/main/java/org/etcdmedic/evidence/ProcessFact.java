package org.etcdmedic.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One process of etcd, the cluster manager or the scheduler.
 *
 * @param pid process id
 * @param parent parent's process id
 * @param name the kernel's short name of it ({@code comm})
 * @param state one letter: R running, S sleeping, D uninterruptible, T stopped, Z zombie ...
 * @param userId numeric id of the account it runs as
 * @param executable what it really executes; empty when that may not be seen
 * @param startedAt when it started, by the node's clock
 * @param arguments its command line
 * @param source the lines it was read from
 */
public record ProcessFact(
        int pid,
        int parent,
        String name,
        char state,
        int userId,
        Optional<String> executable,
        Instant startedAt,
        List<String> arguments,
        Source source) {
    /** Copies the arguments. */
    public ProcessFact {
        arguments = List.copyOf(arguments);
    }

    /** Value of a command-line flag, given with one or two dashes, joined by {@code =} or as the next argument. */
    public Optional<String> flag(String flag) {
        return new EtcdCommand(arguments).flag(flag);
    }
}
