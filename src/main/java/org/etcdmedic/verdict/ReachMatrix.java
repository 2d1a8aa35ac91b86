package org.etcdmedic.verdict;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.etcdmedic.evidence.Contact;
import org.etcdmedic.evidence.EtcdAddresses;
import org.etcdmedic.evidence.EtcdHealth;
import org.etcdmedic.evidence.PeerReach;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.probe.Reach;
import org.jspecify.annotations.Nullable;

/**
 * Who reaches whom now (row N1): each node every other one on the data plane, the service each node on the management plane.
 *
 * @param paths one for each pair that was looked at
 */
public record ReachMatrix(List<Path> paths) {
    /** The service itself, among those who look. */
    public static final String SERVICE = "service";

    /** Copies the list. */
    public ReachMatrix {
        paths = List.copyOf(paths);
    }

    /** The network that is meant. */
    public enum Plane {
        /** Where etcd speaks. */
        DATA,
        /** Where the service comes from. */
        MANAGEMENT
    }

    /**
     * One who looks, one who is looked at.
     *
     * @param etcd how etcd there answered a read that was asked from here; null where nobody asked
     */
    public record Path(
            String from,
            String to,
            Plane plane,
            Contact ping,
            Contact peerPort,
            Contact clientPort,
            Contact ssh,
            EtcdHealth.@Nullable Word etcd) {
        /** Whether a node looks at itself. */
        boolean itself() {
            return from.equals(to);
        }

        /** Whether the other side of the data plane serves. */
        boolean open() {
            return peerPort == Contact.OPEN && !clientPort.cut();
        }

        /** Whether one of etcd's ports gives no sign of life. */
        boolean cut() {
            return peerPort.cut() || clientPort.cut();
        }

        /** Whether the host is there and etcd is not. */
        boolean refused() {
            return peerPort == Contact.REFUSED && !clientPort.cut();
        }

        /** Whether not even the host answers. */
        boolean dead() {
            return cut() && ping != Contact.OPEN && peerPort != Contact.OPEN && clientPort != Contact.OPEN;
        }
    }

    /** The matrix of these nodes, as far as they were looked at. */
    static ReachMatrix of(List<NodeCase> nodes) {
        Map<NodeId, EtcdAddresses> at = addresses(nodes);
        var word = new EtcdWord(nodes);
        var paths = new ArrayList<Path>();
        for (NodeCase from : nodes) {
            paths.add(fromService(from));
        }
        for (NodeCase from : nodes) {
            word.heard(from, from.node().id()).ifPresent(answer -> paths.add(itself(from, answer.word())));
            List<PeerReach.Peer> seen =
                    from.evidence().peerReach().known().map(PeerReach::peers).orElse(List.of());
            at.forEach((to, address) -> seen.stream()
                    .filter(peer ->
                            !to.equals(from.node().id()) && peer.at().address().equals(address.address()))
                    .findFirst()
                    .ifPresent(peer -> paths.add(row(from, to, peer, address, word))));
        }
        return new ReachMatrix(paths);
    }

    private static Path row(NodeCase from, NodeId to, PeerReach.Peer peer, EtcdAddresses address, EtcdWord word) {
        return new Path(
                from.node().id().value(),
                to.value(),
                Plane.DATA,
                peer.ping(),
                // A port that this etcd does not use says nothing of it.
                peer.at().peerPort() == address.peerPort() ? peer.peerPort() : Contact.NOT_TRIED,
                peer.at().clientPort() == address.clientPort()
                                && peer.at().clientAddress().equals(address.clientAddress())
                        ? peer.clientPort()
                        : Contact.NOT_TRIED,
                Contact.NOT_TRIED,
                word.heard(from, to).map(EtcdHealth.Answer::word).orElse(null));
    }

    private static Path fromService(NodeCase node) {
        Contact ping = switch (node.evidence().reach()) {
            case Reach.LoggedIn ignored -> Contact.NOT_TRIED;
            case Reach.Collected ignored -> Contact.NOT_TRIED;
            case Reach.NotIn not ->
                not.hostAnswers()
                        .map(answers -> answers ? Contact.OPEN : Contact.TIMED_OUT)
                        .orElse(Contact.NOT_TRIED);
        };
        Contact ssh = switch (node.evidence().reach()) {
            case Reach.LoggedIn ignored -> Contact.OPEN;
            case Reach.Collected ignored -> Contact.NOT_TRIED;
            case Reach.NotIn not ->
                switch (not.obstacle()) {
                    case CONNECT_TIMED_OUT -> Contact.TIMED_OUT;
                    case NO_ROUTE -> Contact.NO_ROUTE;
                    case CONNECT_REFUSED -> Contact.REFUSED;
                    case BASTION_TO_NODE_FAILED -> Contact.UNREACHABLE;
                    case NAME_UNRESOLVED,
                            FAMILY_UNAVAILABLE,
                            LOGIN_NOT_CONFIGURED,
                            BASTION_FAILED,
                            CONNECTION_LOST,
                            NOT_TRIED -> Contact.NOT_TRIED;
                    case CLOSED_BEFORE_BANNER,
                            BANNER_MISSING,
                            KEY_EXCHANGE_FAILED,
                            ALGORITHMS,
                            HOST_KEY_UNKNOWN,
                            HOST_KEY_CHANGED,
                            HOST_KEY_REVOKED,
                            KEY_REJECTED,
                            AUTHENTICATION_STALLED -> Contact.OPEN;
                };
        };
        return new Path(
                SERVICE,
                node.node().id().value(),
                Plane.MANAGEMENT,
                ping,
                Contact.NOT_TRIED,
                Contact.NOT_TRIED,
                ssh,
                null);
    }

    /** A node looks at its own etcd. */
    private static Path itself(NodeCase node, EtcdHealth.Word word) {
        String id = node.node().id().value();
        Contact not = Contact.NOT_TRIED;
        return new Path(id, id, Plane.DATA, not, not, not, not, word);
    }

    /** Where each node's etcd is. Of one node that tells nothing it is the one member that is nobody else's. */
    static Map<NodeId, EtcdAddresses> addresses(List<NodeCase> nodes) {
        Map<NodeId, EtcdAddresses> at = new LinkedHashMap<>();
        var silent = new ArrayList<NodeId>();
        for (NodeCase node : nodes) {
            Optional<EtcdAddresses> own = EtcdAddresses.of(node.node(), node.evidence());
            own.ifPresentOrElse(
                    address -> at.put(node.node().id(), address),
                    () -> silent.add(node.node().id()));
        }
        List<EtcdAddresses> nobodys = nodes.stream()
                .flatMap(node -> EtcdAddresses.members(node.node(), node.evidence()).stream())
                .filter(member ->
                        at.values().stream().noneMatch(own -> own.address().equals(member.address())))
                .distinct()
                .toList();
        if (silent.size() == 1 && nobodys.size() == 1) {
            at.put(silent.getFirst(), nobodys.getFirst());
        }
        return at;
    }

    /** What a node sees of the others on the data plane. */
    List<Path> from(NodeId node) {
        return paths.stream()
                .filter(row -> row.plane() == Plane.DATA && row.from().equals(node.value()) && !row.itself())
                .toList();
    }

    /** What the others see of a node on the data plane. */
    List<Path> to(NodeId node) {
        return paths.stream()
                .filter(row -> row.plane() == Plane.DATA && row.to().equals(node.value()) && !row.itself())
                .toList();
    }

    /** What the others see of one another. */
    List<Path> without(NodeId node) {
        return paths.stream()
                .filter(row -> row.plane() == Plane.DATA
                        && !row.itself()
                        && !row.from().equals(node.value())
                        && !row.to().equals(node.value()))
                .toList();
    }
}
