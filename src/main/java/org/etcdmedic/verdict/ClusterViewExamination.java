package org.etcdmedic.verdict;

import java.util.List;
import java.util.Map;
import org.etcdmedic.evidence.ClusterStatus;
import org.etcdmedic.evidence.Reading;
import org.etcdmedic.evidence.Source;

/** Rows C7 and C8: which members the cluster manager calls down, as seen from the node that was asked. */
final class ClusterViewExamination implements Examination {
    @Override
    public List<Observation> examine(NodeCase node) {
        return switch (node.evidence().clusterStatus()) {
            case Reading.Unknown<ClusterStatus> ignored -> List.of();
            case Reading.Known<ClusterStatus>(ClusterStatus status, Source source) -> view(node, status, source);
        };
    }

    private static List<Observation> view(NodeCase node, ClusterStatus status, Source source) {
        List<ClusterStatus.Member> down =
                status.etcd().stream().filter(ClusterStatus.Member::down).toList();
        if (!down.isEmpty()) {
            return List.of(new Observation.Seen(
                    "members-down",
                    Map.of(
                            "members",
                            String.join(
                                    ", ",
                                    down.stream()
                                            .map(m -> m.nodeName() + " (" + m.address() + ")")
                                            .toList()),
                            "askedOn",
                            node.node().id().value()),
                    down.stream().map(ClusterStatus.Member::source).toList(),
                    java.util.Optional.empty()));
        }
        if (!status.etcd().isEmpty() && status.etcd().stream().allMatch(ClusterStatus.Member::healthy)) {
            return List.of(Observation.seen(
                    "members-healthy",
                    Map.of("members", String.valueOf(status.etcd().size())),
                    source));
        }
        if (status.etcd().isEmpty() && !status.error().isBlank()) {
            return List.of(Observation.seen("cluster-status-unavailable", Map.of("detail", status.error()), source));
        }
        return List.of();
    }
}
