package org.etcdmedic.evidence;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Random rule sets of a firewall, the same ones for the same seed, around the addresses of {@link FirewallRealityIT}. */
final class RuleGrammar {
    private final Random random;
    private final boolean six;

    RuleGrammar(long seed, boolean six) {
        this.random = new Random(seed);
        this.six = six;
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private boolean perhaps(int percent) {
        return random.nextInt(100) < percent;
    }

    private String not() {
        return perhaps(25) ? "! " : "";
    }

    private String address() {
        return six
                ? one(List.of("fd77::1", "fd77::2", "fd77::3", "fd77::/64", "fd77::2/127", "fd99::/64", "::/0"))
                : one(List.of(
                        "10.77.0.1",
                        "10.77.0.2",
                        "10.77.0.3",
                        "10.77.0.0/24",
                        "10.77.0.2/31",
                        "10.99.0.0/16",
                        "0.0.0.0/0"));
    }

    private String range() {
        return six
                ? one(List.of("fd77::2-fd77::3", "fd77::1-fd77::2", "fd77::3-fd77::9"))
                : one(List.of("10.77.0.2-10.77.0.3", "10.77.0.1-10.77.0.2", "10.77.0.3-10.77.0.9"));
    }

    private String port(String dash) {
        return one(List.of(
                "2379", "2380", "8080", "22", "2379" + dash + "2380", "2380" + dash + "9000", "1" + dash + "2379"));
    }

    private String ports(String dash) {
        return IntStream.range(0, 1 + random.nextInt(3))
                .mapToObj(i -> port(dash))
                .distinct()
                .collect(Collectors.joining(","));
    }

    private String states() {
        return one(List.of("NEW", "ESTABLISHED", "NEW,ESTABLISHED", "RELATED,ESTABLISHED", "INVALID", "NEW,INVALID"));
    }

    /** What {@code iptables-restore} and its kin read. */
    String iptables() {
        var text = new StringBuilder();
        if (perhaps(15)) {
            text.append("*raw\n:PREROUTING ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n-A PREROUTING ")
                    .append(iptablesMatches())
                    .append("-j ")
                    .append(one(List.of("ACCEPT", "DROP")))
                    .append("\nCOMMIT\n");
        }
        text.append("*filter\n");
        for (String hook : List.of("INPUT", "OUTPUT")) {
            text.append(':')
                    .append(hook)
                    .append(perhaps(25) ? " DROP" : " ACCEPT")
                    .append(" [0:0]\n");
        }
        text.append(":FORWARD ACCEPT [0:0]\n:C0 - [0:0]\n:C1 - [0:0]\n:C2 - [0:0]\n");
        var chains = List.of("INPUT", "OUTPUT", "C0", "C1", "C2");
        for (int i = 0; i < chains.size(); i++) {
            for (int rules = random.nextInt(5); rules > 0; rules--) {
                text.append("-A ")
                        .append(chains.get(i))
                        .append(' ')
                        .append(iptablesMatches())
                        .append(iptablesTarget(i))
                        .append('\n');
            }
        }
        return text.append("COMMIT\n").toString();
    }

    private String iptablesMatches() {
        var text = new StringBuilder();
        boolean tcp = perhaps(75);
        if (perhaps(40)) {
            text.append(not()).append("-s ").append(address()).append(' ');
        }
        if (perhaps(25)) {
            text.append(not()).append("-d ").append(address()).append(' ');
        }
        if (tcp) {
            text.append("-p tcp ");
            switch (random.nextInt(7)) {
                case 0, 1 ->
                    text.append("-m tcp ")
                            .append(not())
                            .append("--dport ")
                            .append(port(":"))
                            .append(' ');
                case 2 ->
                    text.append("-m tcp ")
                            .append(not())
                            .append("--sport ")
                            .append(port(":"))
                            .append(' ');
                case 3 ->
                    text.append("-m multiport ")
                            .append(not())
                            .append(one(List.of("--dports ", "--sports ", "--ports ")))
                            .append(ports(":"))
                            .append(' ');
                case 4 -> text.append("-m tcp ").append(not()).append("--syn ");
                case 5 ->
                    text.append("-m tcp ")
                            .append(not())
                            .append("--tcp-flags ")
                            .append(one(List.of("SYN,ACK SYN", "SYN,ACK SYN,ACK", "ALL NONE", "RST RST")))
                            .append(' ');
                default -> {
                    // Every port.
                }
            }
        } else if (perhaps(40)) {
            text.append(one(List.of("-p udp ", "! -p tcp ", "! -p udp ")));
        }
        if (perhaps(20)) {
            text.append("-m conntrack ")
                    .append(not())
                    .append("--ctstate ")
                    .append(states())
                    .append(' ');
        }
        switch (random.nextInt(14)) {
            case 0 ->
                text.append("-m iprange ")
                        .append(not())
                        .append("--src-range ")
                        .append(range())
                        .append(' ');
            case 1 ->
                text.append("-m iprange ")
                        .append(not())
                        .append("--dst-range ")
                        .append(range())
                        .append(' ');
            case 2 -> text.append("-m addrtype ").append(not()).append("--dst-type LOCAL ");
            case 3 -> text.append("-m mark --mark 0x1 ");
            case 4 -> text.append("-m limit --limit 5/sec ");
            case 5 -> text.append("-m comment --comment \"a b -j DROP\" ");
            case 6 -> text.append("-m state --state ").append(states()).append(' ');
            default -> {
                // None of them.
            }
        }
        return text.toString();
    }

    private String iptablesTarget(int chain) {
        String device = perhaps(20)
                ? switch (chain) {
                    case 0 -> not() + "-i " + one(List.of("eth1", "eth+", "lo", "eth0")) + " ";
                    case 1 -> not() + "-o " + one(List.of("eth1", "eth+", "lo", "eth0")) + " ";
                    default -> "";
                }
                : "";
        // A chain only jumps to later ones, so that none comes back to itself.
        int later = Math.max(chain - 1, 0);
        if (chain < 4 && perhaps(30)) {
            return device + (perhaps(25) ? "-g C" : "-j C") + (later + random.nextInt(3 - later));
        }
        return device + "-j " + one(List.of("ACCEPT", "ACCEPT", "DROP", "DROP", "REJECT", "RETURN", "LOG"));
    }

    /** What {@code nft -f} reads. */
    String nft() {
        String family = perhaps(60) ? "inet" : six ? "ip6" : "ip";
        var text = new StringBuilder("table " + family + " f {\n set hosts { type " + (six ? "ipv6_addr" : "ipv4_addr")
                + "; flags interval; elements = { " + address().replace("/0", "/8") + " } }\n");
        text.append(" set doors { type inet_service; elements = { 2380, 8080 } }\n");
        text.append(" map fates { type inet_service : verdict; elements = { 2379 : drop, 8080 : accept } }\n");
        for (String chain : List.of("c2", "c1", "c0")) {
            text.append(" chain ")
                    .append(chain)
                    .append(" {\n")
                    .append(nftRules(chain))
                    .append(" }\n");
        }
        for (String hook : List.of("input", "output")) {
            text.append(" chain ")
                    .append(hook)
                    .append(" { type filter hook ")
                    .append(hook)
                    .append(" priority ")
                    .append(one(List.of("filter", "filter + 10", "-5", "raw")))
                    .append("; policy ")
                    .append(perhaps(25) ? "drop" : "accept")
                    .append(";\n")
                    .append(nftRules(hook))
                    .append(" }\n");
        }
        return text.append("}\n").toString();
    }

    private String nftRules(String chain) {
        var text = new StringBuilder();
        for (int rules = random.nextInt(5); rules > 0; rules--) {
            text.append("  ").append(nftMatches());
            boolean base = chain.equals("input") || chain.equals("output");
            if (perhaps(20) && base) {
                text.append(chain.equals("input") ? "iifname " : "oifname ")
                        .append(one(List.of(
                                "\"eth1\" ", "\"eth*\" ", "!= \"eth1\" ", "\"lo\" ", "{ \"eth0\", \"eth1\" } ")));
            }
            int later = base ? 0 : chain.charAt(1) - '0' + 1;
            if (later < 3 && perhaps(30)) {
                text.append(perhaps(25) ? "goto c" : "jump c").append(later + random.nextInt(3 - later));
            } else if (perhaps(10)) {
                text.append("ct state vmap { established : accept, invalid : drop, new : ")
                        .append(one(List.of("accept", "drop", "continue")))
                        .append(" }");
            } else if (perhaps(8)) {
                text.append("tcp dport vmap { 2379 : accept, 2380-9000 : ")
                        .append(one(List.of("accept", "drop", "return")))
                        .append(" }");
            } else if (perhaps(6)) {
                text.append("tcp dport vmap @fates");
            } else {
                text.append(one(List.of(
                        "accept",
                        "accept",
                        "drop",
                        "drop",
                        "reject",
                        "return",
                        "counter",
                        "log prefix \"x drop \" counter drop")));
            }
            text.append('\n');
        }
        return text.toString();
    }

    private String nftMatches() {
        var text = new StringBuilder();
        String ip = six ? "ip6" : "ip";
        if (perhaps(35)) {
            text.append(ip)
                    .append(perhaps(60) ? " saddr " : " daddr ")
                    .append(one(List.of("", "!= ")))
                    .append(nftAddress())
                    .append(' ');
        }
        switch (random.nextInt(12)) {
            case 0, 1 ->
                text.append("tcp dport ")
                        .append(one(List.of("", "!= ")))
                        .append(port("-"))
                        .append(' ');
            case 2 ->
                text.append("tcp sport { ")
                        .append(one(List.of("2379, 2380", "2379-2380", "22")))
                        .append(" } ");
            case 3 ->
                text.append("tcp dport ")
                        .append(one(List.of("", "!= ")))
                        .append(one(List.of("{ 2379, 2380 } ", "{ 22, 2380-9000 } ", "@doors ")));
            case 4 -> text.append("meta l4proto ").append(one(List.of("tcp ", "udp ", "{ tcp, udp } ", "!= tcp ")));
            case 5 ->
                text.append("tcp flags ")
                        .append(one(List.of("syn / syn,ack ", "& (syn | ack) == syn ", "syn ", "! ack ")));
            case 6 -> text.append("th dport ").append(port("-")).append(' ');
            case 7 ->
                text.append(ip)
                        .append(" saddr . tcp dport { ")
                        .append(six ? "fd77::2" : "10.77.0.2")
                        .append(" . 2380 } ");
            case 8 -> text.append("tcp dport < 2380 ");
            case 9 -> text.append("meta mark 1 ");
            default -> {
                // Every packet.
            }
        }
        if (perhaps(20)) {
            text.append("ct state ")
                    .append(one(List.of("", "!= ")))
                    .append(one(
                            List.of("new ", "established ", "established,related ", "{ new, invalid } ", "invalid ")));
        }
        if (perhaps(6)) {
            text.append(one(List.of(
                    "limit rate 5/second ", "meta nfproto " + (six ? "ipv6 " : "ipv4 "), "fib daddr type local ")));
        }
        return text.toString();
    }

    private String nftAddress() {
        return switch (random.nextInt(5)) {
            case 0 -> "@hosts";
            case 1 -> range();
            case 2 -> six ? "{ fd77::2, fd77::9 }" : "{ 10.77.0.2, 10.99.0.0/16 }";
            default -> address().replace("/0", "/8");
        };
    }
}
