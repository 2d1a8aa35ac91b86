package org.etcdmedic.evidence;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.etcdmedic.evidence.firewall.AddressRange;
import org.etcdmedic.evidence.firewall.PortRange;
import org.etcdmedic.evidence.firewall.Table;

/**
 * All firewall rules of a node, and by which interface it talks to whom.
 *
 * @param tables every table of every tool; one that two tools show stands once
 * @param tools what each tool said
 * @param addresses the node's own addresses
 * @param routes its main routing table
 * @param ephemeralPorts from which ports its own connections begin
 */
public record FirewallRules(
        List<Table> tables, List<Tool> tools, List<Own> addresses, List<Route> routes, PortRange ephemeralPorts) {
    /** Copies the lists. */
    public FirewallRules {
        tables = List.copyOf(tables);
        tools = List.copyOf(tools);
        addresses = List.copyOf(addresses);
        routes = List.copyOf(routes);
    }

    /** A tool that lists rules, how that went, and what it said where it failed. */
    public record Tool(String name, State state, String said) {
        /** How it went. */
        public enum State {
            /** It listed its rules. */
            READ,
            /** It is not on the node. */
            MISSING,
            /** The kernel has nothing of its kind, so it has no rules either. */
            UNSUPPORTED,
            /** It may not be used. */
            DENIED,
            /** It failed. */
            FAILED
        }
    }

    /** An address on an interface. */
    public record Own(String device, AddressRange address) {}

    /** Where packets to these addresses leave. */
    public record Route(AddressRange to, String device) {}

    /**
     * The interface between this address and that peer, where both the address and the route say the same; else it is not
     * known.
     */
    public Optional<String> device(AddressRange local, AddressRange peer) {
        Optional<String> home = addresses.stream()
                .filter(own -> own.address().equals(local))
                .map(Own::device)
                .findFirst();
        Optional<String> way = routes.stream()
                .filter(route -> route.to().covers(peer))
                .min(Comparator.comparing(route -> route.to().size()))
                .map(Route::device);
        return home.isPresent() && home.equals(way) ? home : Optional.empty();
    }

    /** Tools that failed, so that rules of theirs may be hidden. */
    public List<Tool> failed() {
        return tools.stream()
                .filter(tool -> tool.state() == Tool.State.FAILED || tool.state() == Tool.State.DENIED)
                .toList();
    }
}
