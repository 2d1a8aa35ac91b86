package org.etcdmedic.verdict;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.etcdmedic.evidence.Log;
import org.etcdmedic.evidence.NodeEvidence;
import org.etcdmedic.evidence.Reading;
import org.etcdmedic.knowledge.Decider;
import org.etcdmedic.probe.Reach;

/** Which of the answers that could decide about a cause were given. */
final class Answers {
    private static final Set<String> OF_CM_AGENT = Set.of("C2", "C5", "O3");
    private static final String OF_GS_OM = "M2";

    private Answers() {}

    /** Why the answer is missing; empty when it was given, or when nothing more can be asked. */
    static Optional<Reading.Gap> gap(Decider decider, NodeCase node, List<NodeCase> nodes) {
        if (decider.probe().isEmpty()) {
            return node.evidence().reach() instanceof Reach.NotIn not && not.obstacle() == Reach.Obstacle.NOT_TRIED
                    ? Optional.of(Reading.Gap.NODE_NOT_REACHED)
                    : Optional.empty();
        }
        String probe = decider.probe().get();
        if (probe.equals("reach-peers") && anyPeerTells(node, nodes)) {
            return Optional.empty();
        }
        return switch (reading(probe, decider.check(), node.evidence())) {
            case Reading.Unknown<?> unknown -> Optional.of(unknown.gap());
            case Reading.Known<?>(Log log, var ignored) when !log.complete() -> Optional.of(Reading.Gap.PARTLY_READ);
            case Reading.Known<?> ignored -> Optional.empty();
        };
    }

    /** Whether a node can be reached is as well told by the others. */
    private static boolean anyPeerTells(NodeCase node, List<NodeCase> nodes) {
        return nodes.stream()
                .filter(other -> !other.equals(node))
                .anyMatch(other -> other.evidence().peerReach() instanceof Reading.Known<?>);
    }

    private static Reading<?> reading(String probe, String check, NodeEvidence evidence) {
        return switch (probe) {
            case "identity" -> evidence.identity();
            case "processes" -> evidence.processes();
            case "gauss-environment" -> evidence.environment();
            case "markers" -> evidence.markers();
            case "executable" -> evidence.executable();
            case "cluster-status" -> evidence.clusterStatus();
            case "data-directory" -> evidence.dataDirectory();
            case "disk-consumers" -> evidence.diskConsumers();
            case "kernel-log" -> evidence.kernelLog();
            case "system-log" -> evidence.systemLog();
            case "scheduler" -> evidence.schedule();
            case "firewall" -> evidence.firewall();
            case "addresses" -> evidence.interfaces();
            case "reach-peers" -> evidence.peerReach();
            case "load" -> evidence.load();
            case "data-device" -> evidence.dataDevice();
            case "etcd-limits" -> evidence.etcdLimits();
            case "etcd-health" -> evidence.etcdHealth();
            case "certificates" -> evidence.certificates();
            case "time-service" -> evidence.timeKeeper();
            case "resolve-names" -> evidence.names();
            case "reboot-records" -> evidence.rebootRecords();
            case "log-window", "log-directory" -> log(check, evidence);
            default -> throw new IllegalStateException("no evidence is read from probe " + probe);
        };
    }

    private static Reading<Log> log(String check, NodeEvidence evidence) {
        if (OF_CM_AGENT.contains(check)) {
            return evidence.cmAgentLog();
        }
        return check.equals(OF_GS_OM) ? evidence.omLog() : evidence.etcdLog();
    }
}
