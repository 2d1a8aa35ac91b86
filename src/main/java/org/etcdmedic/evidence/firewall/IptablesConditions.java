package org.etcdmedic.evidence.firewall;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.etcdmedic.evidence.firewall.Match.Ports.Side;
import org.etcdmedic.evidence.firewall.Packet.Direction;

/** The conditions of one rule in the syntax of iptables. */
final class IptablesConditions {
    /** Extensions whose options stand for themselves; any other one makes the rule unclear. */
    private static final Set<String> KNOWN = Set.of(
            "tcp",
            "udp",
            "icmp",
            "icmp6",
            "comment",
            "multiport",
            "conntrack",
            "state",
            "iprange",
            "addrtype",
            "pkttype");

    private static final Set<String> ALL_FLAGS = Set.of("SYN", "ACK", "FIN", "RST", "URG", "PSH");

    private final boolean ipv6;
    private final List<Match> matches = new ArrayList<>();

    IptablesConditions(boolean ipv6) {
        this.ipv6 = ipv6;
    }

    List<Match> matches() {
        return matches;
    }

    /** Reads the words behind the chain's name: conditions here, the target as the result. */
    Action read(Tokens words) {
        Action action = new Action.Continue();
        while (words.more()) {
            boolean not = words.take("!");
            String option = words.next();
            switch (option) {
                case "-j", "--jump", "-g", "--goto" -> {
                    String name = words.next();
                    // Options of the target follow, and no conditions any more.
                    boolean untracked = name.equals("CT") && words.take("--notrack");
                    return untracked
                            ? new Action.Elsewhere(name)
                            : IptablesSyntax.target(name, option.equals("-g") || option.equals("--goto"));
                }
                default -> condition(option, not, words);
            }
        }
        return action;
    }

    private void condition(String option, boolean not, Tokens words) {
        switch (option) {
            case "-s", "--source", "--src" -> addresses(true, words.next(), not);
            case "-d", "--destination", "--dst" -> addresses(false, words.next(), not);
            case "--src-range" -> addresses(true, words.next(), not);
            case "--dst-range" -> addresses(false, words.next(), not);
            case "-p", "--protocol" -> protocol(words.next(), not);
            case "-i", "--in-interface" -> matches.add(new Match.Device(Direction.IN, List.of(words.next()), not));
            case "-o", "--out-interface" -> matches.add(new Match.Device(Direction.OUT, List.of(words.next()), not));
            case "--sport", "--source-port", "--sports", "--source-ports" -> ports(Side.SOURCE, words.next(), not);
            case "--dport", "--destination-port", "--dports", "--destination-ports" ->
                ports(Side.DESTINATION, words.next(), not);
            case "--ports" -> ports(Side.EITHER, words.next(), not);
            case "--ctstate", "--state" -> matches.add(new Match.State(Set.copyOf(list(words.next())), not));
            case "--syn" -> matches.add(new Match.Flags(Set.of("SYN", "RST", "ACK", "FIN"), Set.of("SYN"), not));
            case "--tcp-flags" -> matches.add(new Match.Flags(flags(words.next()), flags(words.next()), not));
            case "--src-type" -> matches.add(new Match.Kind(true, words.next(), not));
            case "--dst-type" -> matches.add(new Match.Kind(false, words.next(), not));
            case "--pkt-type" -> {
                String type = words.next();
                matches.add(type.equals("unicast") == !not ? new Match.Family(ipv6) : new Match.Never());
            }
            case "-f", "--fragment" -> matches.add(not ? new Match.Family(ipv6) : new Match.Never());
            case "--comment" -> words.next();
            case "-m", "--match" -> {
                String extension = words.next();
                if (!KNOWN.contains(extension)) {
                    matches.add(new Match.Unclear("-m " + extension));
                }
            }
            default -> matches.add(new Match.Unclear(option));
        }
    }

    private void addresses(boolean source, String text, boolean not) {
        var ranges = new ArrayList<AddressRange>();
        for (String part : list(text)) {
            Optional<AddressRange> range = AddressRange.read(part);
            if (range.isEmpty()) {
                matches.add(new Match.Unclear(text));
                return;
            }
            ranges.add(range.get());
        }
        matches.add(new Match.Addresses(source, ranges, not));
    }

    private void ports(Side side, String text, boolean not) {
        var ranges = new ArrayList<PortRange>();
        for (String part : list(text)) {
            Optional<PortRange> range = PortRange.read(part);
            if (range.isEmpty()) {
                matches.add(new Match.Unclear(text));
                return;
            }
            ranges.add(range.get());
        }
        matches.add(new Match.Ports(side, ranges, not));
    }

    private void protocol(String name, boolean not) {
        boolean tcp = name.equals("tcp") || name.equals("6") || name.equals("all") || name.equals("0");
        matches.add(new Match.Tcp(tcp != not));
    }

    private static Set<String> flags(String text) {
        var flags = new HashSet<String>();
        for (String flag : list(text)) {
            switch (flag) {
                case "ALL" -> flags.addAll(ALL_FLAGS);
                case "NONE" -> {
                    // None is none.
                }
                default -> flags.add(flag);
            }
        }
        return flags;
    }

    private static List<String> list(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .distinct()
                .toList();
    }
}
