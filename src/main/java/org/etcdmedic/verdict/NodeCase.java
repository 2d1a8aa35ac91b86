package org.etcdmedic.verdict;

import java.time.Instant;
import java.util.List;
import org.etcdmedic.evidence.EvidenceWindow;
import org.etcdmedic.evidence.Log;
import org.etcdmedic.evidence.NodeEvidence;
import org.etcdmedic.evidence.NodeIdentity;
import org.etcdmedic.evidence.OutsideEvidence;
import org.etcdmedic.inventory.Node;

/**
 * One node with all that it told, as the examinations see it.
 *
 * @param node the node
 * @param evidence what it told
 * @param window when log lines testify
 * @param known the signature lines found in its logs, oldest first
 * @param etcd how etcd stands on it
 * @param told what the alarm told of it; nothing of the nodes that it does not name
 * @param outside what systems outside the nodes tell of it
 */
record NodeCase(
        Node node,
        NodeEvidence evidence,
        EvidenceWindow window,
        List<KnownLine> known,
        EtcdState etcd,
        AlarmTold told,
        OutsideEvidence outside) {
    NodeCase {
        known = List.copyOf(known);
    }

    /** Lines of one program's log that lie in the window. */
    List<KnownLine> inWindow(Log.Program program) {
        return known.stream()
                .filter(line -> line.program() == program)
                .filter(line -> line.at().filter(window::contains).isPresent())
                .toList();
    }

    /** An instant of the node's clock, told by the service's clock. */
    Instant corrected(Instant nodeTime) {
        return nodeTime.minus(
                evidence.identity().known().map(NodeIdentity::ahead).orElse(java.time.Duration.ZERO));
    }
}
