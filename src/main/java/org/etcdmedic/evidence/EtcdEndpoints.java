package org.etcdmedic.evidence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.etcdmedic.evidence.firewall.AddressRange;
import org.etcdmedic.inventory.Node;

/**
 * Where etcd of a node listens and whom it talks to: by the flags of the running process, else by om_monitor's last start
 * command, else by the inventory and the cluster manager.
 *
 * @param address this node's address on the plane of etcd, as text
 * @param peerPort where other members connect to
 * @param clientPort where clients connect to
 * @param peers address of each other member and its peer port, where that is known
 */
public record EtcdEndpoints(
        String address, OptionalInt peerPort, OptionalInt clientPort, Map<String, OptionalInt> peers) {
    /** Copies the peers. */
    public EtcdEndpoints {
        peers = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(peers));
    }

    private record Url(String host, OptionalInt port) {}

    /** As far as it is known from this evidence; empty when not even etcd's own address is. */
    public static Optional<EtcdEndpoints> of(Node node, NodeEvidence evidence) {
        Optional<EtcdCommand> command = EtcdCommand.of(evidence);
        List<Url> peerUrls = Stream.of("initial-advertise-peer-urls", "listen-peer-urls")
                .flatMap(flag -> urls(command, flag).stream())
                .toList();
        List<Url> clientUrls = Stream.of("advertise-client-urls", "listen-client-urls")
                .flatMap(flag -> urls(command, flag).stream())
                .filter(url -> !url.host().startsWith("127."))
                .toList();
        Optional<String> address = Stream.concat(
                        peerUrls.stream().map(Url::host),
                        Stream.ofNullable(node.etcd().address()))
                .filter(host -> AddressRange.read(host).isPresent() && !host.equals("0.0.0.0") && !host.equals("::"))
                .findFirst();
        return address.map(own -> new EtcdEndpoints(
                own,
                port(peerUrls, node.etcd().peerPort()),
                port(clientUrls, node.etcd().clientPort()),
                peers(own, command, evidence)));
    }

    private static List<Url> urls(Optional<EtcdCommand> command, String flag) {
        return command.flatMap(c -> c.flag(flag)).stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .filter(url -> url.contains("://"))
                .map(EtcdEndpoints::url)
                .toList();
    }

    /** {@code https://10.0.0.1:2380} or {@code https://[fd00::1]:2380}. */
    private static Url url(String text) {
        String rest = text.substring(text.indexOf("://") + 3);
        int slash = rest.indexOf('/');
        String place = slash < 0 ? rest : rest.substring(0, slash);
        int colon = place.lastIndexOf(':');
        if (colon < 0 || place.endsWith("]")) {
            return new Url(bare(place), OptionalInt.empty());
        }
        return new Url(bare(place.substring(0, colon)), Words.smallNumber(place.substring(colon + 1)));
    }

    private static String bare(String host) {
        return host.replace("[", "").replace("]", "");
    }

    private static OptionalInt port(List<Url> urls, @org.jspecify.annotations.Nullable Integer stated) {
        return urls.stream()
                .map(Url::port)
                .filter(OptionalInt::isPresent)
                .findFirst()
                .orElseGet(() -> stated == null ? OptionalInt.empty() : OptionalInt.of(stated));
    }

    private static Map<String, OptionalInt> peers(String own, Optional<EtcdCommand> command, NodeEvidence evidence) {
        var peers = new LinkedHashMap<String, OptionalInt>();
        for (Url url : urls(command, "initial-cluster")) {
            peers.putIfAbsent(url.host(), url.port());
        }
        if (peers.isEmpty()) {
            evidence.clusterStatus().known().stream()
                    .flatMap(status -> status.etcd().stream())
                    .forEach(member -> peers.putIfAbsent(member.address(), OptionalInt.empty()));
        }
        peers.keySet()
                .removeIf(host -> host.equals(own) || AddressRange.read(host).isEmpty());
        return peers;
    }

    /** Addresses of the other members. */
    public List<String> peerAddresses() {
        return new ArrayList<>(peers.keySet());
    }
}
