package org.etcdmedic.knowledge;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An explanation we know.
 *
 * @param code stable code
 * @param family branch of the runbook
 * @param rank among causes with equal evidence the one with the lower rank is named; also the order of repair
 * @param title a few words
 * @param summary the verdict in one sentence; may use the variables of the findings that support it and the name of the node at fault
 * @param needs rows of the runbook that must have been looked at before the cause may be called ruled out
 * @param explains causes that are but its effects when it is true on the same node
 * @param explainsOnPeers causes that are but its effects on the other nodes when it is true on this one
 * @param mayPrecede effects that may show before the first sign of the cause itself, and by how much: a machine is
 *     silent long before it boots
 * @param onlyByEndingEtcd it hurts only by ending etcd or by keeping it from starting, so that it has hurt nobody while
 *     one process ran on
 * @param repairedAsEffect what it broke stays broken when the cause that explains it is repaired, so that it has steps of its own
 * @param certainAfter rows of the runbook that must have been looked at before it is certain; it names no reason of its own, and
 *     they would
 * @param sharedIfSeen findings that show one and the same fault on every node that shows them, so that one repair mends all
 * @param decidedBy answers that would decide it, the most decisive first
 * @param byHand id of the step with which a human decides it where every probe has answered; empty: the first step
 * @param remediation ids of what to do, in order
 * @param source where this is known from
 */
public record Cause(
        CauseCode code,
        Family family,
        int rank,
        Text title,
        Text summary,
        List<String> needs,
        Set<CauseCode> explains,
        Set<CauseCode> explainsOnPeers,
        Map<CauseCode, Duration> mayPrecede,
        boolean onlyByEndingEtcd,
        boolean repairedAsEffect,
        List<String> certainAfter,
        Set<String> sharedIfSeen,
        List<Decider> decidedBy,
        Optional<String> byHand,
        List<String> remediation,
        String source) {
    /** Copies the collections. */
    public Cause {
        needs = List.copyOf(needs);
        explains = Set.copyOf(explains);
        explainsOnPeers = Set.copyOf(explainsOnPeers);
        mayPrecede = Map.copyOf(mayPrecede);
        certainAfter = List.copyOf(certainAfter);
        sharedIfSeen = Set.copyOf(sharedIfSeen);
        decidedBy = List.copyOf(decidedBy);
        remediation = List.copyOf(remediation);
    }

    /** The same with other steps. */
    public Cause withRemediation(List<String> steps) {
        return new Cause(
                code,
                family,
                rank,
                title,
                summary,
                needs,
                explains,
                explainsOnPeers,
                mayPrecede,
                onlyByEndingEtcd,
                repairedAsEffect,
                certainAfter,
                sharedIfSeen,
                decidedBy,
                byHand,
                steps,
                source);
    }
}
