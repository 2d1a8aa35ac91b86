package org.etcdmedic.verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.etcdmedic.evidence.EtcdAddresses;
import org.etcdmedic.evidence.EtcdEndpoints;
import org.etcdmedic.evidence.FirewallRules;
import org.etcdmedic.evidence.firewall.AddressRange;
import org.etcdmedic.evidence.firewall.Packet;
import org.etcdmedic.evidence.firewall.Packet.Direction;
import org.etcdmedic.evidence.firewall.PortRange;

/**
 * The packets that etcd of a node lives on: connections in both directions to the peer port and the client port, their
 * answers, and what follows in them.
 *
 * @param packet the packet
 * @param peer the other member's address
 * @param port etcd's port that it is about, on whichever side
 * @param answer whether it is the answer in a connection that stands
 */
record EtcdTraffic(Packet packet, String peer, int port, boolean answer) {
    /** All of a node, those that open connections first; where clients come to addresses of their own, theirs too. */
    static List<EtcdTraffic> of(EtcdEndpoints etcd, FirewallRules rules, List<EtcdAddresses> members) {
        Optional<EtcdAddresses> apart = members.stream()
                .filter(member -> member.address().equals(etcd.address())
                        && !member.clientAddress().equals(member.address()))
                .findFirst();
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
            if (apart.isEmpty()) {
                etcd.clientPort().ifPresent(here::add);
            }
            var there = new ArrayList<Integer>();
            entry.getValue().ifPresent(there::add);
            // One tool lays out all members: where the peer ports are the same, so are the client ports.
            if (apart.isEmpty() && entry.getValue().equals(etcd.peerPort())) {
                etcd.clientPort().ifPresent(there::add);
            }
            here.forEach(port -> path.serve(entry.getKey(), port, opening, answers));
            there.forEach(port -> path.call(entry.getKey(), port, opening, answers));
        }
        apart.ifPresent(at -> clients(at, members, rules, opening, answers));
        opening.addAll(answers);
        return opening;
    }

    /** A cluster manager asks each member at the address for clients, from its own such address. */
    private static void clients(
            EtcdAddresses at,
            List<EtcdAddresses> members,
            FirewallRules rules,
            List<EtcdTraffic> opening,
            List<EtcdTraffic> answers) {
        Optional<AddressRange> own = AddressRange.read(at.clientAddress());
        for (EtcdAddresses member : members) {
            Optional<AddressRange> peer = AddressRange.read(member.clientAddress());
            boolean known = member.clientPort() > 0 && !member.equals(at) && own.isPresent() && peer.isPresent();
            if (known && peer.get().ipv6() == own.get().ipv6()) {
                var path = new Path(own.get(), peer.get(), rules.device(own.get(), peer.get()), rules.ephemeralPorts());
                path.serve(member.clientAddress(), at.clientPort(), opening, answers);
                path.call(member.clientAddress(), member.clientPort(), opening, answers);
            }
        }
    }

    private record Path(AddressRange own, AddressRange peer, Optional<String> device, PortRange ephemeral) {
        /** Somebody comes to a port here. */
        void serve(String name, int port, List<EtcdTraffic> opening, List<EtcdTraffic> answers) {
            opening.add(traffic(Direction.IN, name, port, false));
            answers.add(traffic(Direction.OUT, name, port, true));
            answers.add(further(Direction.IN, name, port));
        }

        /** This node goes to a port there. */
        void call(String name, int port, List<EtcdTraffic> opening, List<EtcdTraffic> answers) {
            opening.add(traffic(Direction.OUT, name, port, false));
            answers.add(traffic(Direction.IN, name, port, true));
            answers.add(further(Direction.OUT, name, port));
        }

        /** What follows in a connection that stands, from the side that opened it. */
        EtcdTraffic further(Direction direction, String name, int port) {
            return new EtcdTraffic(
                    new Packet(direction, own, peer, ephemeral, PortRange.of(port), device, true), name, port, false);
        }

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
