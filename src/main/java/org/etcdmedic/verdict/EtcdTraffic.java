package org.etcdmedic.verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.etcdmedic.evidence.EtcdEndpoints;
import org.etcdmedic.evidence.FirewallRules;
import org.etcdmedic.evidence.firewall.AddressRange;
import org.etcdmedic.evidence.firewall.Packet;
import org.etcdmedic.evidence.firewall.Packet.Direction;
import org.etcdmedic.evidence.firewall.PortRange;

/**
 * The packets that etcd of a node lives on: connections in both directions to the peer port and the client port, and the
 * answers of both.
 *
 * @param packet the packet
 * @param peer the other member's address
 * @param port etcd's port that it is about, on whichever side
 * @param answer whether it is the answer in a connection that stands
 */
record EtcdTraffic(Packet packet, String peer, int port, boolean answer) {
    /** All of a node, those that open connections first. */
    static List<EtcdTraffic> of(EtcdEndpoints etcd, FirewallRules rules) {
        AddressRange own = AddressRange.read(etcd.address()).orElseThrow();
        var opening = new ArrayList<EtcdTraffic>();
        var answers = new ArrayList<EtcdTraffic>();
        for (Map.Entry<String, OptionalInt> entry : etcd.peers().entrySet()) {
            Optional<AddressRange> peer = AddressRange.read(entry.getKey());
            if (peer.isEmpty() || peer.get().ipv6() != own.ipv6()) {
                continue;
            }
            var path = new Path(own, peer.get(), rules.device(own, peer.get()), rules.ephemeralPorts());
            var here = new ArrayList<Integer>();
            etcd.peerPort().ifPresent(here::add);
            etcd.clientPort().ifPresent(here::add);
            var there = new ArrayList<Integer>();
            entry.getValue().ifPresent(there::add);
            // One tool lays out all members: where the peer ports are the same, so are the client ports.
            if (entry.getValue().equals(etcd.peerPort())) {
                etcd.clientPort().ifPresent(there::add);
            }
            for (int port : here) {
                opening.add(path.traffic(Direction.IN, entry.getKey(), port, false));
                answers.add(path.traffic(Direction.OUT, entry.getKey(), port, true));
            }
            for (int port : there) {
                opening.add(path.traffic(Direction.OUT, entry.getKey(), port, false));
                answers.add(path.traffic(Direction.IN, entry.getKey(), port, true));
            }
        }
        opening.addAll(answers);
        return opening;
    }

    private record Path(AddressRange own, AddressRange peer, Optional<String> device, PortRange ephemeral) {
        EtcdTraffic traffic(Direction direction, String name, int port, boolean answer) {
            PortRange service = PortRange.of(port);
            return new EtcdTraffic(
                    new Packet(
                            direction,
                            own,
                            peer,
                            answer ? service : ephemeral,
                            answer ? ephemeral : service,
                            device,
                            answer),
                    name,
                    port,
                    answer);
        }
    }
}
