package org.etcdmedic.evidence.firewall;

import java.util.Optional;

/**
 * A class of TCP packets between this node and a peer.
 *
 * @param direction in or out of this node
 * @param local this node's address
 * @param peer the other one's
 * @param sourcePort where it comes from
 * @param destinationPort where it goes to
 * @param device the interface it passes; empty when that is not known
 * @param established whether it belongs to a connection that stands; else it opens one
 * @param tracked whether the kernel has already looked up its connection; before that its state is invalid to every rule
 */
public record Packet(
        Direction direction,
        AddressRange local,
        AddressRange peer,
        PortRange sourcePort,
        PortRange destinationPort,
        Optional<String> device,
        boolean established,
        boolean tracked) {
    /** One whose connection is looked up. */
    public Packet(
            Direction direction,
            AddressRange local,
            AddressRange peer,
            PortRange sourcePort,
            PortRange destinationPort,
            Optional<String> device,
            boolean established) {
        this(direction, local, peer, sourcePort, destinationPort, device, established, true);
    }

    /** The same, before the kernel looks up its connection. */
    Packet beforeTracking() {
        return new Packet(direction, local, peer, sourcePort, destinationPort, device, established, false);
    }

    /** Seen from the node. */
    public enum Direction {
        /** It arrives. */
        IN,
        /** It leaves. */
        OUT
    }

    AddressRange source() {
        return direction == Direction.IN ? peer : local;
    }

    AddressRange destination() {
        return direction == Direction.IN ? local : peer;
    }
}
