package org.etcdmedic.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was read of one program's log on one node, all files that cover the window joined, oldest line first.
 *
 * @param program etcd, om_monitor, cm_agent or gs_om
 * @param lines the lines
 * @param reachesBackTo time of the first line read; empty when no line has a time
 * @param complete whether every line of the evidence window was read; else nothing follows from a line that is not there
 * @param toEnd whether it was read to its end, so that its last line is the last that the program wrote
 */
public record Log(
        Program program, List<LogLine> lines, Optional<Instant> reachesBackTo, boolean complete, boolean toEnd) {
    /** Copies the lines. */
    public Log {
        lines = List.copyOf(lines);
    }

    /** A log that was read to its end. */
    public Log(Program program, List<LogLine> lines, Optional<Instant> reachesBackTo, boolean complete) {
        this(program, lines, reachesBackTo, complete, true);
    }

    /** Whose log it is. */
    public enum Program {
        /** The etcd server. */
        ETCD,
        /** The cluster manager's supervisor, which starts etcd. */
        OM_MONITOR,
        /** The cluster manager's agent, which probes etcd. */
        CM_AGENT,
        /** gs_om, through which the management plane asks for the cluster's status. */
        OM
    }
}
