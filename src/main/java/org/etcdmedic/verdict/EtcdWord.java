package org.etcdmedic.verdict;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.etcdmedic.evidence.EtcdAddresses;
import org.etcdmedic.evidence.EtcdHealth;
import org.etcdmedic.evidence.EtcdHealth.Answer;
import org.etcdmedic.evidence.EtcdHealth.Raised;
import org.etcdmedic.evidence.EtcdHealth.Status;
import org.etcdmedic.evidence.EtcdHealth.Word;
import org.etcdmedic.inventory.NodeId;

/** What etcd itself says about the members of an instance, heard from every node that was asked. */
final class EtcdWord {
    private final List<NodeCase> nodes;
    private final Map<NodeId, EtcdAddresses> at;

    EtcdWord(List<NodeCase> nodes) {
        this.nodes = nodes;
        this.at = ReachMatrix.addresses(nodes);
    }

    /** How etcd of the second node answered the first one, which may be itself. */
    Optional<Answer> heard(NodeCase from, NodeId to) {
        Optional<EtcdHealth> health = from.evidence().etcdHealth().known();
        if (from.node().id().equals(to)) {
            return health.flatMap(EtcdHealth::ownAnswer);
        }
        return Optional.ofNullable(at.get(to))
                .flatMap(address -> health.stream()
                        .flatMap(told -> told.answers().stream())
                        .filter(answer -> answer.endpoint().endsWith("//" + place(address)))
                        .findFirst());
    }

    private static String place(EtcdAddresses address) {
        String host = address.clientAddress();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.clientPort();
    }

    /** What the member of a node tells of itself, asked there or from another node. */
    Optional<Status> status(NodeId node) {
        Optional<Status> own = nodes.stream()
                .filter(asked -> asked.node().id().equals(node))
                .flatMap(asked -> asked.evidence().etcdHealth().known().stream())
                .flatMap(health -> health.ownStatus().stream())
                .findFirst();
        return own.or(() -> Optional.ofNullable(at.get(node))
                .flatMap(address -> statuses()
                        .filter(status -> status.endpoint().endsWith("//" + place(address)))
                        .findFirst()));
    }

    private Stream<Status> statuses() {
        return told().flatMap(health -> health.statuses().stream());
    }

    private Stream<EtcdHealth> told() {
        return nodes.stream().flatMap(node -> node.evidence().etcdHealth().known().stream());
    }

    /** The node whose member has this id. */
    private Optional<NodeId> owner(String member) {
        return nodes.stream()
                .map(node -> node.node().id())
                .filter(id -> status(id)
                        .filter(status -> status.member().equals(member))
                        .isPresent())
                .findFirst();
    }

    /** Alarms that the member of this node raised; those of nobody that we know count for the node that told first. */
    List<Raised> alarms(NodeId node) {
        var seen = new HashSet<String>();
        var own = new ArrayList<Raised>();
        for (NodeCase asked : nodes) {
            for (Raised alarm : asked.evidence()
                    .etcdHealth()
                    .known()
                    .map(EtcdHealth::alarms)
                    .orElse(List.of())) {
                if (seen.add(alarm.kind() + alarm.member())
                        && owner(alarm.member()).orElse(asked.node().id()).equals(node)) {
                    own.add(alarm);
                }
            }
        }
        return own;
    }

    /** The cluster that most members belong to; empty where there is only one. */
    Optional<String> otherCluster(Status own) {
        Map<String, Long> count = nodes.stream()
                .flatMap(node -> status(node.node().id()).stream())
                .collect(Collectors.groupingBy(Status::cluster, LinkedHashMap::new, Collectors.counting()));
        long mine = count.getOrDefault(own.cluster(), 0L);
        return count.entrySet().stream()
                .filter(entry -> entry.getValue() > mine)
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey);
    }

    /** How far behind the furthest member of its cluster and term this one is. */
    long behind(Status own) {
        return statuses()
                .filter(status -> status.cluster().equals(own.cluster())
                        && status.raft().term() == own.raft().term())
                .mapToLong(status -> status.raft().index() - own.raft().index())
                .max()
                .orElse(0);
    }

    /** The members that most nodes list and this one does not, or the other way round; empty where all agree. */
    Set<String> differing(NodeCase node) {
        List<Set<String>> lists = nodes.stream()
                .map(EtcdWord::members)
                .filter(list -> !list.isEmpty())
                .toList();
        Set<String> own = members(node);
        Optional<Set<String>> others =
                lists.stream().collect(Collectors.groupingBy(list -> list, Collectors.counting())).entrySet().stream()
                        .max(Comparator.comparingLong(Map.Entry::getValue))
                        .map(Map.Entry::getKey);
        if (own.isEmpty() || others.isEmpty()) {
            return Set.of();
        }
        var differing = new HashSet<>(own);
        differing.removeAll(others.get());
        others.get().stream().filter(member -> !own.contains(member)).forEach(differing::add);
        return differing;
    }

    private static Set<String> members(NodeCase node) {
        return node.evidence().etcdHealth().known().stream()
                .flatMap(health -> health.members().stream())
                .map(member -> member.id() + (member.name().isEmpty() ? "" : " " + member.name()))
                .collect(Collectors.toSet());
    }

    /** The name of the member with this id, else the id. */
    String name(String member) {
        return told().flatMap(health -> health.members().stream())
                .filter(listed -> listed.id().equals(member) && !listed.name().isEmpty())
                .map(EtcdHealth.Member::name)
                .findFirst()
                .orElse(member);
    }

    /** How many members etcd's own list has and how many of them answered somebody; empty where nobody was asked. */
    Optional<Quorum> quorum() {
        int members = told().mapToInt(health -> health.members().size()).max().orElse(0);
        long healthy = nodes.stream()
                .map(node -> node.node().id())
                .filter(id -> nodes.stream()
                        .map(from -> heard(from, id).map(Answer::word).orElse(null))
                        .filter(Objects::nonNull)
                        .anyMatch(word -> word == Word.HEALTHY))
                .count();
        return members == 0 ? Optional.empty() : Optional.of(new Quorum(members, (int) Math.min(members, healthy)));
    }
}
