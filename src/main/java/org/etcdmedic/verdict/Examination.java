package org.etcdmedic.verdict;

import java.util.List;

/** One look at one node for some rows of the runbook. Pure: the same case gives the same observations. */
interface Examination {
    /** What this look brings to light; a row that could not be looked at is among it. */
    List<Observation> examine(NodeCase node);

    /** The same for a look that also needs what the other nodes told; {@code all} are those of the instance with this one. */
    default List<Observation> examine(NodeCase node, List<NodeCase> all) {
        return examine(node);
    }
}
