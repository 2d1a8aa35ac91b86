package org.etcdmedic.verdict;

import java.util.List;
import java.util.Optional;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.knowledge.Text;

/**
 * All that a diagnosis concludes with.
 *
 * @param verdict the judgement
 * @param classifications one for each cause of the catalogue, best first
 * @param findings what was seen, and what could not be looked at
 * @param remediation what a human may do, in order
 * @param quorum the instance's members, where known
 * @param notEvaluated rows that could not be looked at
 * @param knowledgeVersion which knowledge judged
 * @param reachability who reaches whom; empty in a judgement from before this was asked
 * @param gaps the rows that could not be looked at, by node and reason; empty in a judgement from before this was told
 * @param timeline the story of all nodes; empty in a judgement from before this was told
 * @param hallmark by what the fault is known again; empty where no cause is named, and in a judgement from before this was told
 */
public record Judgement(
        Verdict verdict,
        List<Classification> classifications,
        List<Finding> findings,
        List<Step> remediation,
        Optional<Quorum> quorum,
        List<NotEvaluated> notEvaluated,
        String knowledgeVersion,
        Optional<ReachMatrix> reachability,
        Optional<List<Gap>> gaps,
        Optional<Timeline> timeline,
        Optional<Hallmark> hallmark) {
    /** Copies the lists. */
    public Judgement {
        classifications = List.copyOf(classifications);
        findings = List.copyOf(findings);
        remediation = List.copyOf(remediation);
        notEvaluated = List.copyOf(notEvaluated);
        gaps = gaps.map(List::copyOf);
    }

    /** What a list shows of it. */
    public Nutshell nutshell() {
        return new Nutshell(
                verdict,
                remediation.stream()
                        .flatMap(step ->
                                step
                                        .cause()
                                        .flatMap(cause -> step.node().map(node -> new Nutshell.Repair(cause, node)))
                                        .stream())
                        .distinct()
                        .toList(),
                knowledgeVersion);
    }

    /** A row that could not be looked at on a node, and why. */
    public record NotEvaluated(String check, NodeId node, Text reason) {}

    /** Rows of one node that could not be looked at for one and the same reason. */
    public record Gap(NodeId node, List<String> checks, Text reason) {
        /** Copies the list. */
        public Gap {
            checks = List.copyOf(checks);
        }
    }
}
