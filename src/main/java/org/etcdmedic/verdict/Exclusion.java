package org.etcdmedic.verdict;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.knowledge.Cause;
import org.etcdmedic.knowledge.Knowledge;

/**
 * Row P7 names a process that is down when it is none of the reasons before. So a cause that names no reason of its own is
 * certain only where those were looked at; which rows that are is data: {@link Cause#certainAfter()}.
 */
final class Exclusion {
    private final Knowledge knowledge;
    private final List<Finding> findings;

    Exclusion(Knowledge knowledge, List<Finding> findings) {
        this.knowledge = knowledge;
        this.findings = findings;
    }

    /** The same, with nothing called certain whose reason may stand in a row that could not be looked at. */
    Map<NodeId, List<Classification>> withoutHaste(Map<NodeId, List<Classification>> classified) {
        var held = new HashMap<NodeId, List<Classification>>();
        classified.forEach((node, own) -> held.put(
                node,
                own.stream()
                        .map(one -> open(one).isEmpty() ? one : one.atMostLikely())
                        .toList()));
        return held;
    }

    /** Rows that could name the reason and could not be looked at; none for a cause that is explained already. */
    List<String> open(Classification one) {
        return !one.holds() || one.explainedBy().isPresent()
                ? List.of()
                : knowledge.cause(one.cause()).certainAfter().stream()
                        .filter(row -> findings.stream()
                                .anyMatch(finding -> finding.state() == Finding.State.NOT_EVALUATED
                                        && finding.node().equals(one.node())
                                        && finding.check().equals(row)))
                        .toList();
    }
}
