package org.etcdmedic.verdict;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.etcdmedic.evidence.ClusterStatus;

/**
 * How many etcd members the instance has and how many of them work, as the best-placed node sees it.
 *
 * @param members all members
 * @param healthy working members
 */
public record Quorum(int members, int healthy) {
    /** Whether a majority works. */
    public boolean held() {
        return healthy * 2 > members;
    }

    /**
     * From the views of the nodes that were asked: a node that is cut off sees fewer than there are (row C8), so the
     * view that sees most is taken. A member whose own node shows that it does not stay up is not counted healthy, even
     * when it happened to answer. Without any view, from etcd's own word; without that from the process tables, when all
     * nodes could be seen.
     */
    static Optional<Quorum> of(List<NodeCase> nodes) {
        return nodes.stream()
                .flatMap(node -> node.evidence().clusterStatus().known().stream())
                .filter(status -> !status.etcd().isEmpty())
                .map(status -> new Quorum(status.etcd().size(), (int) status.etcd().stream()
                        .filter(ClusterStatus.Member::healthy)
                        .filter(member -> nodes.stream().noneMatch(node -> isDownOn(node, member)))
                        .count()))
                .max(Comparator.comparingInt(Quorum::members).thenComparingInt(Quorum::healthy))
                .or(() -> new EtcdWord(nodes).quorum())
                .or(() -> fromProcesses(nodes));
    }

    private static boolean isDownOn(NodeCase node, ClusterStatus.Member member) {
        boolean itsOwn = member.address().equals(node.node().etcd().address())
                || member.address().equals(node.node().host())
                || node.evidence()
                        .identity()
                        .known()
                        .filter(identity -> identity.hostName().equals(member.nodeName()))
                        .isPresent();
        return itsOwn && node.etcd().down();
    }

    private static Optional<Quorum> fromProcesses(List<NodeCase> nodes) {
        if (nodes.stream().anyMatch(node -> node.etcd() instanceof EtcdState.Unseen)) {
            return Optional.empty();
        }
        return Optional.of(new Quorum(nodes.size(), (int) nodes.stream()
                .filter(node -> node.etcd() instanceof EtcdState.Running)
                .count()));
    }
}
