package org.etcdmedic.verdict;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.etcdmedic.evidence.ClusterStatus;
import org.etcdmedic.evidence.Reading;
import org.etcdmedic.evidence.Source;

/**
 * Row M1: does the management plane get the cluster's status. Where etcd has lost its quorum that it does not is an
 * effect (row C7), and so the whole instance's quorum decides what the silence means.
 */
final class ManagementExamination implements Examination {
    private final Optional<Quorum> quorum;

    ManagementExamination(Optional<Quorum> quorum) {
        this.quorum = quorum;
    }

    @Override
    public List<Observation> examine(NodeCase node) {
        Optional<String> symptom = symptom(node);
        if (symptom.isEmpty()) {
            return List.of(
                    switch (node.evidence().clusterStatus()) {
                        case Reading.Unknown<ClusterStatus> unknown -> Observation.notLooked("M1", unknown);
                        case Reading.Known<ClusterStatus>(ClusterStatus ignored, Source source) ->
                            Observation.seen("status-had", Map.of(), source);
                    });
        }
        String kind = quorum.map(q -> q.held() ? "status-missing-with-quorum" : "status-missing-without-quorum")
                .orElse("status-missing");
        Map<String, String> values = quorum.<Map<String, String>>map(q -> Map.of(
                        "detail", symptom.get(),
                        "healthy", String.valueOf(q.healthy()),
                        "members", String.valueOf(q.members())))
                .orElseGet(() -> Map.of("detail", symptom.get()));
        return List.of(
                new Observation.Seen(kind, values, Sources.of(node.evidence().clusterStatus()), Optional.empty()));
    }

    private static Optional<String> symptom(NodeCase node) {
        if (node.told().clusterStatus().filter(String::isBlank).isPresent()) {
            return Optional.of("the alarm carries an empty cluster status");
        }
        return node.evidence().clusterStatus().known().flatMap(ManagementExamination::failure);
    }

    private static Optional<String> failure(ClusterStatus status) {
        if (!status.error().isBlank()) {
            return Optional.of("cm_ctl: " + status.error());
        }
        return status.noPrimaryServer() ? Optional.of("cm_ctl: can't connect to cm_server") : Optional.empty();
    }
}
