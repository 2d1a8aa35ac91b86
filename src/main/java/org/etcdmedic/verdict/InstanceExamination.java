package org.etcdmedic.verdict;

import java.util.List;
import java.util.Map;
import org.etcdmedic.inventory.NodeId;

/** One look at all nodes of an instance together, for rows that one node alone cannot tell. Pure. */
interface InstanceExamination {
    /** What this look brings to light of each node. The node that the alarm names comes first in the list. */
    Map<NodeId, List<Observation>> examine(List<NodeCase> nodes);
}
