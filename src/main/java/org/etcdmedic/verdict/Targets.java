package org.etcdmedic.verdict;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.etcdmedic.evidence.EtcdAddresses;
import org.etcdmedic.inventory.NodeId;

/** Whom a cause on one node hits among the others, by the peers that its findings name. */
final class Targets {
    /** The variable of a finding that holds addresses of peers. */
    private static final String PEER = "peer";

    private final List<Finding> findings;
    private final Map<NodeId, EtcdAddresses> at;

    Targets(List<Finding> findings, Map<NodeId, EtcdAddresses> at) {
        this.findings = List.copyOf(findings);
        this.at = Map.copyOf(at);
    }

    /** Whether the node is among them; a cause whose findings name nobody hits all. */
    boolean hit(Classification root, NodeId node) {
        List<String> named = findings.stream()
                .filter(finding -> root.findings().contains(finding.id()))
                .map(finding -> finding.variables().get(PEER))
                .filter(Objects::nonNull)
                .flatMap(peers -> Arrays.stream(peers.split(", ", -1)))
                .toList();
        EtcdAddresses address = at.get(node);
        return named.isEmpty()
                || (address != null && (named.contains(address.address()) || named.contains(address.clientAddress())));
    }
}
