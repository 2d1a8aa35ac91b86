package org.etcdmedic.verdict;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.etcdmedic.evidence.EtcdAddresses;
import org.etcdmedic.evidence.Log;
import org.etcdmedic.inventory.NodeId;

/**
 * Path N5: the log of the window shows that a node was cut off, though it is reached now. Only a connection that could not be
 * made counts: one that was made and then fell silent speaks of a process that hangs as well as of the network. The node
 * that complains about all its peers is the one that was cut off; peers that complain about it too confirm it.
 */
final class CutExamination implements InstanceExamination {
    @Override
    public Map<NodeId, List<Observation>> examine(List<NodeCase> nodes) {
        Map<NodeId, EtcdAddresses> at = ReachMatrix.addresses(nodes);
        ReachMatrix matrix = ReachMatrix.of(nodes);
        Map<NodeId, Map<String, List<KnownLine>>> complaints = new HashMap<>();
        nodes.forEach(node -> complaints.put(node.node().id(), complaints(node)));
        Map<NodeId, List<Observation>> all = new HashMap<>();
        for (NodeCase node : nodes) {
            NodeId id = node.node().id();
            Map<String, List<KnownLine>> own = complaints.getOrDefault(id, Map.of());
            boolean everyPeer = own.size() >= Math.max(1, nodes.size() - 1);
            boolean nowFine = !matrix.from(id).isEmpty()
                    && matrix.from(id).stream().noneMatch(ReachMatrix.Path::cut)
                    && matrix.to(id).stream().noneMatch(ReachMatrix.Path::cut);
            if (!everyPeer || !nowFine || nodes.size() < 3) {
                continue;
            }
            var seen = new ArrayList<Observation>();
            seen.add(observation(
                    "link-was-cut",
                    String.join(", ", own.keySet().stream().sorted().toList()),
                    own.values().stream().flatMap(List::stream).toList()));
            String address =
                    Optional.ofNullable(at.get(id)).map(EtcdAddresses::address).orElse("");
            List<NodeId> agreeing = nodes.stream()
                    .map(other -> other.node().id())
                    .filter(other -> !other.equals(id))
                    .filter(other ->
                            complaints.getOrDefault(other, Map.of()).keySet().equals(Set.of(address)))
                    .toList();
            if (!agreeing.isEmpty()) {
                seen.add(observation(
                        "peers-saw-cut",
                        agreeing.stream().map(NodeId::value).collect(Collectors.joining(", ")),
                        agreeing.stream()
                                .flatMap(other ->
                                        complaints
                                                .getOrDefault(other, Map.of())
                                                .getOrDefault(address, List.of())
                                                .stream())
                                .toList()));
            }
            all.put(id, seen);
        }
        return all;
    }

    /** Lines of the window that tell of a connection which could not be made, by the address that did not answer. */
    private static Map<String, List<KnownLine>> complaints(NodeCase node) {
        Map<String, List<KnownLine>> byAddress = new HashMap<>();
        for (KnownLine line : node.inWindow(Log.Program.ETCD)) {
            UnansweredDial.peer(line)
                    .ifPresent(peer -> byAddress
                            .computeIfAbsent(peer, ignored -> new ArrayList<>())
                            .add(line));
        }
        return byAddress;
    }

    private static Observation observation(String kind, String peers, List<KnownLine> lines) {
        Optional<Instant> first =
                lines.stream().flatMap(line -> line.at().stream()).min(Comparator.naturalOrder());
        Optional<Instant> last =
                lines.stream().flatMap(line -> line.at().stream()).max(Comparator.naturalOrder());
        return new Observation.Seen(
                kind,
                Map.of(
                        "peers", peers,
                        "from", first.map(Instants::text).orElse("-"),
                        "until", last.map(Instants::text).orElse("-")),
                lines.stream().limit(4).map(line -> line.line().source()).toList(),
                first);
    }
}
