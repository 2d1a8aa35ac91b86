package org.etcdmedic.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.etcdmedic.inventory.Node;

/**
 * Where an etcd is reached.
 *
 * @param address an IP address, or a name, as its URLs state it
 * @param clientPort TCP port for clients
 * @param peerPort TCP port for the other members
 */
public record EtcdAddresses(String address, int clientPort, int peerPort) {
    private static final int CLIENT = 2379;
    private static final int PEER = 2380;
    private static final String START = "run etcd command";

    /** From three words; empty when they are none. */
    static Optional<EtcdAddresses> of(String address, String clientPort, String peerPort) {
        OptionalInt client = Words.smallNumber(clientPort);
        OptionalInt peer = Words.smallNumber(peerPort);
        return isHost(address) && port(client) && port(peer)
                ? Optional.of(new EtcdAddresses(address, client.getAsInt(), peer.getAsInt()))
                : Optional.empty();
    }

    /** Those of this node's etcd: what its process or its last start says, else what the inventory states. */
    public static Optional<EtcdAddresses> of(Node node, NodeEvidence evidence) {
        Optional<Flags> flags = flags(evidence);
        Optional<Url> peer = flags.flatMap(f -> f.url("listen-peer-urls", "initial-advertise-peer-urls"));
        Optional<Url> client = flags.flatMap(f -> f.url("listen-client-urls", "advertise-client-urls"));
        Optional<EtcdAddresses> stated = stated(node);
        return peer.map(Url::host)
                .or(() -> client.map(Url::host))
                .or(() -> stated.map(EtcdAddresses::address))
                .map(host -> new EtcdAddresses(
                        host,
                        client.map(Url::port)
                                .or(() -> stated.map(EtcdAddresses::clientPort))
                                .orElse(CLIENT),
                        peer.map(Url::port)
                                .or(() -> stated.map(EtcdAddresses::peerPort))
                                .orElse(PEER)));
    }

    /** What the inventory states, with etcd's own ports where it states none. */
    public static Optional<EtcdAddresses> stated(Node node) {
        return Optional.ofNullable(node.etcd().address())
                .filter(EtcdAddresses::isHost)
                .map(address -> new EtcdAddresses(
                        address,
                        Optional.ofNullable(node.etcd().clientPort()).orElse(CLIENT),
                        Optional.ofNullable(node.etcd().peerPort()).orElse(PEER)));
    }

    /**
     * All members that this node knows of, its own included: from {@code initial-cluster}, else from the cluster manager's
     * view. The client port of another member is taken to be like this one's.
     */
    public static List<EtcdAddresses> members(Node node, NodeEvidence evidence) {
        Optional<EtcdAddresses> own = of(node, evidence);
        int client = own.map(EtcdAddresses::clientPort).orElse(CLIENT);
        int peer = own.map(EtcdAddresses::peerPort).orElse(PEER);
        List<EtcdAddresses> stated = flags(evidence).flatMap(f -> f.value("initial-cluster")).stream()
                .flatMap(list -> Stream.of(list.split(",", 64)))
                .flatMap(member -> Url.of(member.substring(member.indexOf('=') + 1)).stream())
                .map(url -> new EtcdAddresses(url.host(), client, url.port()))
                .distinct()
                .toList();
        return !stated.isEmpty()
                ? stated
                : evidence.clusterStatus().known().stream()
                        .flatMap(status -> status.etcd().stream())
                        .map(ClusterStatus.Member::address)
                        .filter(EtcdAddresses::isHost)
                        .map(address -> new EtcdAddresses(address, client, peer))
                        .distinct()
                        .toList();
    }

    private static Optional<Flags> flags(NodeEvidence evidence) {
        return evidence.processes().known().stream()
                .flatMap(table -> table.etcd().stream())
                .findFirst()
                .map(process -> new Flags(process.arguments()))
                .or(() -> evidence.omMonitorLog().known().stream()
                        .flatMap(log -> log.lines().reversed().stream())
                        .map(LogLine::message)
                        .filter(message -> message.contains(START))
                        .findFirst()
                        .map(message -> new Flags(Words.of(message))));
    }

    private static boolean port(OptionalInt port) {
        return port.orElse(0) > 0 && port.orElse(0) < 65_536;
    }

    private static boolean isHost(String word) {
        return word.matches("[A-Za-z0-9_:][A-Za-z0-9._:-]{0,252}");
    }

    /** The words of etcd's command line. */
    private record Flags(List<String> words) {
        Optional<String> value(String flag) {
            for (int i = 0; i < words.size(); i++) {
                String word = words.get(i);
                String bare = word.startsWith("--") ? word.substring(2) : word.startsWith("-") ? word.substring(1) : "";
                if (bare.equals(flag) && i + 1 < words.size()) {
                    return Optional.of(words.get(i + 1));
                }
                if (bare.startsWith(flag + "=")) {
                    return Optional.of(bare.substring(flag.length() + 1));
                }
            }
            return Optional.empty();
        }

        /** The first URL that others can reach: one of every interface, or of loopback, names no address. */
        Optional<Url> url(String listen, String advertised) {
            var urls = new ArrayList<Url>();
            for (String flag : List.of(listen, advertised)) {
                value(flag).stream()
                        .flatMap(list -> Stream.of(list.split(",", 64)))
                        .flatMap(text -> Url.of(text).stream())
                        .filter(Url::names)
                        .forEach(urls::add);
            }
            return urls.stream().findFirst();
        }
    }

    /** Host and port of an URL of etcd's. */
    private record Url(String host, int port) {
        static Optional<Url> of(String text) {
            int scheme = text.indexOf("://");
            int colon = text.lastIndexOf(':');
            if (scheme < 0 || colon <= scheme + 3) {
                return Optional.empty();
            }
            String host = text.substring(scheme + 3, colon).replace("[", "").replace("]", "");
            OptionalInt port = Words.smallNumber(text.substring(colon + 1));
            return isHost(host) && EtcdAddresses.port(port)
                    ? Optional.of(new Url(host, port.getAsInt()))
                    : Optional.empty();
        }

        boolean names() {
            return !host.startsWith("127.")
                    && !List.of("0.0.0.0", "::", "::1", "localhost").contains(host);
        }
    }
}
