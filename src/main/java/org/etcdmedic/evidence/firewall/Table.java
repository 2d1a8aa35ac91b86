package org.etcdmedic.evidence.firewall;

import java.util.List;

/**
 * A table of chains.
 *
 * @param tool the command that shows and changes it: iptables, ip6tables, iptables-legacy, nft, ...
 * @param family ip, ip6, inet or netdev
 * @param name filter, mangle, raw, ... or what somebody called it
 * @param chains its chains
 */
public record Table(String tool, String family, String name, List<Chain> chains) {
    /** Copies the chains. */
    public Table {
        chains = List.copyOf(chains);
    }

    boolean concerns(Packet packet) {
        return switch (family) {
            case "ip" -> !packet.local().ipv6();
            case "ip6" -> packet.local().ipv6();
            case "inet", "netdev" -> true;
            default -> false;
        };
    }
}
