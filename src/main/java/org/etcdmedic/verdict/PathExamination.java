package org.etcdmedic.verdict;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.etcdmedic.evidence.PeerReach;
import org.etcdmedic.evidence.Reading;
import org.etcdmedic.evidence.Source;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.probe.Reach;
import org.etcdmedic.verdict.ReachMatrix.Path;

/**
 * Rows N1, N4 and N6: who reaches whom now, and so whose side is at fault. A node whose row and column are bad while the
 * others reach each other is cut off; a column that is bad alone is a way in that is closed; one bad pair accuses a path.
 */
final class PathExamination implements InstanceExamination {
    @Override
    public Map<NodeId, List<Observation>> examine(List<NodeCase> nodes) {
        ReachMatrix matrix = ReachMatrix.of(nodes);
        Map<NodeId, List<Observation>> all = new HashMap<>();
        for (NodeCase node : nodes) {
            boolean named = node.equals(nodes.getFirst());
            all.put(
                    node.node().id(),
                    node.evidence().reach() instanceof Reach.NotIn not
                            ? byItsPeers(node, not, named, matrix, nodes)
                            : byAll(node, matrix, nodes));
        }
        return all;
    }

    private static List<Observation> byAll(NodeCase node, ReachMatrix matrix, List<NodeCase> nodes) {
        NodeId id = node.node().id();
        List<Path> out = matrix.from(id);
        List<Path> in = matrix.to(id);
        if (out.isEmpty()
                && nodes.size() > 1
                && !AddressExamination.sees(node)
                && node.evidence().peerReach() instanceof Reading.Unknown<PeerReach> unknown) {
            return List.of(Observation.notLooked("N1", unknown));
        }
        boolean othersFine = matrix.without(id).stream().anyMatch(row -> !row.cut());
        boolean allOut = !out.isEmpty() && out.stream().allMatch(Path::cut);
        boolean allIn = !in.isEmpty() && in.stream().allMatch(Path::cut);
        List<Source> evidence = sources(node, in, nodes);
        if (allOut && allIn && othersFine && out.size() > 1) {
            boolean dead = out.stream().allMatch(Path::dead) && in.stream().allMatch(Path::dead);
            return List.of(
                    seen(dead ? "node-cut-off" : "node-ports-cut-off", Map.of("peers", names(out, true)), evidence));
        }
        if (allOut && allIn && !othersFine) {
            return List.of(seen("all-paths-cut", Map.of("peers", names(out, true)), evidence));
        }
        if (allIn && othersFine && in.size() > 1) {
            return List.of(seen("node-not-reached", Map.of("peers", names(in, false)), evidence));
        }
        if (allOut && othersFine && out.size() > 1) {
            return List.of(seen("node-reaches-nobody", Map.of("peers", names(out, true)), evidence));
        }
        var seen = new ArrayList<Observation>();
        List<Path> from = in.stream()
                .filter(Path::cut)
                .filter(row -> !cutOff(new NodeId(row.from()), matrix))
                .toList();
        if (!from.isEmpty()) {
            seen.add(seen("path-cut", Map.of("peers", names(from, false)), evidence));
        }
        boolean serves = node.etcd().ranThroughout();
        List<Path> refused = in.stream().filter(Path::refused).toList();
        if (serves && !refused.isEmpty()) {
            seen.add(seen("peers-refused", Map.of("peers", names(refused, false)), evidence));
        }
        if (serves
                && !out.isEmpty()
                && out.stream().allMatch(Path::open)
                && in.stream().allMatch(Path::open)) {
            seen.add(seen("paths-open", Map.of("peers", names(out, true)), evidence));
        } else if (seen.isEmpty() && !out.isEmpty()) {
            seen.add(seen("paths-looked-at", Map.of("peers", names(out, true)), evidence));
        }
        return seen;
    }

    /** Whether the fault lies at that node, so that nobody else is to be accused of it. */
    private static boolean cutOff(NodeId node, ReachMatrix matrix) {
        List<Path> out = matrix.from(node);
        return out.size() > 1 && out.stream().allMatch(Path::cut);
    }

    private static List<Observation> byItsPeers(
            NodeCase node, Reach.NotIn not, boolean named, ReachMatrix matrix, List<NodeCase> nodes) {
        NodeId id = node.node().id();
        // Who reaches nobody at all cannot accuse this one.
        List<Path> in = matrix.to(id).stream()
                .filter(row -> !cutOff(new NodeId(row.from()), matrix))
                .toList();
        if (in.isEmpty()) {
            return List.of();
        }
        List<Source> evidence = sources(node, in, nodes);
        Map<String, String> peers = Map.of("peers", names(in, false));
        boolean noSign = switch (not.obstacle()) {
            case CONNECT_TIMED_OUT, NO_ROUTE -> !not.hostAnswers().orElse(false);
            case BASTION_TO_NODE_FAILED -> true;
            default -> false;
        };
        if (in.stream().allMatch(Path::dead)) {
            if (!noSign) {
                return List.of(seen(named ? "peers-reach-nothing" : "peer-not-reached", peers, evidence));
            }
            return named
                    ? List.of(seen("peers-see-no-machine", peers, evidence))
                    : List.of(
                            seen("peers-see-no-machine", peers, evidence),
                            seen("peer-machine-gone", Map.of("host", node.node().host()), evidence));
        }
        if (in.stream().anyMatch(Path::open)) {
            return List.of(seen(noSign ? "only-our-way-cut" : "peers-reach-etcd", peers, evidence));
        }
        if (in.stream().allMatch(Path::refused)) {
            return List.of(seen(named ? "node-ports-refused" : "peer-ports-refused", peers, evidence));
        }
        return List.of(seen("paths-looked-at", peers, evidence));
    }

    private static Observation seen(String kind, Map<String, String> variables, List<Source> evidence) {
        return new Observation.Seen(kind, variables, evidence, Optional.empty());
    }

    private static List<Source> sources(NodeCase node, List<Path> in, List<NodeCase> nodes) {
        var sources = new ArrayList<>(Sources.of(node.evidence().peerReach()));
        for (NodeCase other : nodes) {
            if (in.stream().anyMatch(row -> row.from().equals(other.node().id().value()))) {
                sources.addAll(Sources.of(other.evidence().peerReach()));
            }
        }
        return sources;
    }

    /** The others by name, with how it ended. */
    private static String names(List<Path> rows, boolean to) {
        return rows.stream()
                .map(row -> (to ? row.to() : row.from())
                        + " (ping "
                        + word(row.ping())
                        + ", peer port "
                        + word(row.peerPort())
                        + ", client port "
                        + word(row.clientPort())
                        + ")")
                .collect(Collectors.joining(", "));
    }

    private static String word(org.etcdmedic.evidence.Contact contact) {
        return switch (contact) {
            case OPEN -> "is open";
            case REFUSED -> "is refused";
            case TIMED_OUT -> "gets no answer";
            case NO_ROUTE -> "has no route";
            case UNREACHABLE -> "is unreachable";
            case NOT_TRIED -> "was not tried";
        };
    }
}
