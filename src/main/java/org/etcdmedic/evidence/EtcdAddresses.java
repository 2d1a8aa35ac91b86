package org.etcdmedic.evidence;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.etcdmedic.inventory.Node;

/**
 * Where an etcd is reached. Clients may come to another interface than the other members do.
 *
 * @param address an IP address, or a name, as its peer URLs state it
 * @param clientAddress the same of its client URLs
 * @param clientPort TCP port for clients; 0 where it is not known at which address they come in
 * @param peerPort TCP port for the other members
 */
public record EtcdAddresses(String address, String clientAddress, int clientPort, int peerPort) {
    private static final int CLIENT = 2379;
    private static final int PEER = 2380;

    /** Clients and members come to the same address. */
    public EtcdAddresses(String address, int clientPort, int peerPort) {
        this(address, address, clientPort, peerPort);
    }

    /** From three words, of which the first may hold two addresses parted by a stroke; empty when they are none. */
    static Optional<EtcdAddresses> of(String address, String clientPort, String peerPort) {
        int stroke = address.indexOf('/');
        String own = stroke < 0 ? address : address.substring(0, stroke);
        String clients = address.substring(stroke + 1);
        OptionalInt client = Words.smallNumber(clientPort);
        OptionalInt peer = Words.smallNumber(peerPort);
        return EtcdFlags.isHost(own)
                        && EtcdFlags.isHost(clients)
                        && client.orElse(65_536) < 65_536
                        && peer.orElse(0) > 0
                        && peer.orElse(0) < 65_536
                ? Optional.of(new EtcdAddresses(own, clients, client.getAsInt(), peer.getAsInt()))
                : Optional.empty();
    }

    /** As {@link #of(String, String, String)} takes them. */
    public String words() {
        String both = address.equals(clientAddress) ? address : address + "/" + clientAddress;
        return both + " " + clientPort + " " + peerPort;
    }

    /** Those of this node's etcd: what its process or its last start says, else what the inventory states. */
    public static Optional<EtcdAddresses> of(Node node, NodeEvidence evidence) {
        Optional<EtcdFlags> flags = EtcdFlags.of(evidence);
        Optional<EtcdFlags.Url> peer = flags.flatMap(f -> f.url("listen-peer-urls", "initial-advertise-peer-urls"));
        Optional<EtcdFlags.Url> client = flags.flatMap(f -> f.url("listen-client-urls", "advertise-client-urls"));
        Optional<EtcdAddresses> stated = stated(node);
        return peer.map(EtcdFlags.Url::host)
                .or(() -> client.map(EtcdFlags.Url::host))
                .or(() -> stated.map(EtcdAddresses::address))
                .map(host -> new EtcdAddresses(
                        host,
                        client.map(EtcdFlags.Url::host).orElse(host),
                        client.map(EtcdFlags.Url::port)
                                .or(() -> stated.map(EtcdAddresses::clientPort))
                                .orElse(CLIENT),
                        peer.map(EtcdFlags.Url::port)
                                .or(() -> stated.map(EtcdAddresses::peerPort))
                                .orElse(PEER)));
    }

    /** What the inventory states, with etcd's own ports where it states none. */
    public static Optional<EtcdAddresses> stated(Node node) {
        return Optional.ofNullable(node.etcd().address())
                .filter(EtcdFlags::isHost)
                .map(address -> new EtcdAddresses(
                        address,
                        Optional.ofNullable(node.etcd().clientPort()).orElse(CLIENT),
                        Optional.ofNullable(node.etcd().peerPort()).orElse(PEER)));
    }

    /**
     * All members that this node knows of, its own included: from {@code initial-cluster}, else from the cluster manager's
     * view. Where clients of another member come in is told by etcd's own list of members, else it is taken to be like here;
     * where they come to an address of their own here, it is not known.
     */
    public static List<EtcdAddresses> members(Node node, NodeEvidence evidence) {
        Optional<EtcdAddresses> own = of(node, evidence);
        int peer = own.map(EtcdAddresses::peerPort).orElse(PEER);
        List<EtcdFlags.Url> stated = EtcdFlags.of(evidence).flatMap(f -> f.value("initial-cluster")).stream()
                .flatMap(list -> Stream.of(list.split(",", 64)))
                .flatMap(member -> EtcdFlags.Url.of(member.substring(member.indexOf('=') + 1)).stream())
                .toList();
        Stream<EtcdAddresses> all = !stated.isEmpty()
                ? stated.stream().map(url -> member(url.host(), url.port(), own, evidence))
                : evidence.clusterStatus().known().stream()
                        .flatMap(status -> status.etcd().stream())
                        .map(ClusterStatus.Member::address)
                        .filter(EtcdFlags::isHost)
                        .map(address -> member(address, peer, own, evidence));
        return all.distinct().toList();
    }

    private static EtcdAddresses member(String host, int peerPort, Optional<EtcdAddresses> own, NodeEvidence evidence) {
        if (own.filter(o -> o.address().equals(host) && o.peerPort() == peerPort)
                .isPresent()) {
            return own.get();
        }
        boolean together =
                own.filter(o -> !o.address().equals(o.clientAddress())).isEmpty();
        int port = together ? own.map(EtcdAddresses::clientPort).orElse(CLIENT) : 0;
        return evidence.etcdHealth().known().stream()
                .flatMap(health -> health.members().stream())
                .filter(member ->
                        urls(member.peerUrls()).anyMatch(url -> url.host().equals(host)))
                .flatMap(member -> urls(member.clientUrls()).filter(EtcdFlags.Url::names))
                .findFirst()
                .map(url -> new EtcdAddresses(host, url.host(), url.port(), peerPort))
                .orElseGet(() -> new EtcdAddresses(host, host, port, peerPort));
    }

    private static Stream<EtcdFlags.Url> urls(List<String> texts) {
        return texts.stream().limit(16).flatMap(text -> EtcdFlags.Url.of(text).stream());
    }
}
