package org.etcdmedic.verdict;

import java.util.List;
import java.util.Map;
import org.etcdmedic.evidence.ClusterStatus;
import org.etcdmedic.evidence.Reading;
import org.etcdmedic.evidence.Source;

/** Rows C7 and C8: which members the cluster manager calls down, as seen from the node that was asked. */
final class ClusterViewExamination implements Examination {
    /** The one finding that vouches for the whole cluster, as seen from the node that was asked. */
    static final String HEALTHY = "members-healthy";

    @Override
    public List<Observation> examine(NodeCase node) {
        return switch (node.evidence().clusterStatus()) {
            case Reading.Unknown<ClusterStatus> unknown -> List.of(Observation.notLooked("C8", unknown));
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
        if (!status.error().isBlank() || status.noPrimaryServer()) {
            String said = status.error().isBlank() ? "can't connect to cm_server" : status.error();
            return List.of(Observation.seen("cluster-status-unavailable", Map.of("detail", said), source));
        }
        boolean whole = status.exitStatus().isPresent() && !status.etcd().isEmpty();
        boolean led = status.etcd().stream()
                        .filter(m -> m.state().equals("StateLeader"))
                        .count()
                == 1;
        if (whole && led && status.etcd().stream().allMatch(ClusterStatus.Member::healthy)) {
            return List.of(Observation.seen(
                    HEALTHY, Map.of("members", String.valueOf(status.etcd().size())), source));
        }
        // Cut short, without a leader, or with a word that we do not know: no view that could vouch for anything.
        return List.of(new Observation.NotLooked("C8", Reading.Gap.UNREADABLE, states(status)));
    }

    private static String states(ClusterStatus status) {
        return String.join(
                ", ", status.etcd().stream().map(ClusterStatus.Member::state).toList());
    }
}
