package org.etcdmedic.evidence.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.etcdmedic.evidence.Source;
import org.etcdmedic.evidence.firewall.Decision.Fate;
import org.etcdmedic.evidence.firewall.Packet.Direction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The heart of row N3: rules in, fate of a packet out. Own address 10.0.0.1, peer 10.0.0.2, peer port 2380. */
class FirewallWalkTest {
    /** How firewalld lays out a zone: a jump to the zones, a goto to one, a jump to what it allows. */
    private static final String FIREWALLD = """
            	chain zones {
            		iifname "eth1" goto in_public
            	}
            	chain in_public {
            		jump in_public_allow
            	}
            	chain in_public_allow {
            		tcp dport 22 ct state { new, untracked } accept
            	}
            """;

    private static final PortRange EPHEMERAL = new PortRange(32_768, 60_999);

    private static Packet packet(Direction direction, boolean six, boolean answer, Optional<String> device) {
        PortRange service = PortRange.of(2380);
        return new Packet(
                direction,
                AddressRange.read(six ? "fd00::1" : "10.0.0.1").orElseThrow(),
                AddressRange.read(six ? "fd00::2" : "10.0.0.2").orElseThrow(),
                answer ? service : EPHEMERAL,
                answer ? EPHEMERAL : service,
                device,
                answer);
    }

    private static final Packet IN = packet(Direction.IN, false, false, Optional.of("eth1"));
    private static final Packet IN_SOMEWHERE = packet(Direction.IN, false, false, Optional.empty());
    private static final Packet OUT = packet(Direction.OUT, false, false, Optional.of("eth1"));
    private static final Packet ANSWER_IN = packet(Direction.IN, false, true, Optional.of("eth1"));
    private static final Packet ANSWER_OUT = packet(Direction.OUT, false, true, Optional.of("eth1"));
    private static final Packet IN_SIX = packet(Direction.IN, true, false, Optional.of("eth1"));

    private static List<RuleLine> lines(String text) {
        var lines = new ArrayList<RuleLine>();
        for (String line : text.split("\n")) {
            lines.add(new RuleLine(line, Source.line(new UUID(1, 1), lines.size() + 1)));
        }
        return lines;
    }

    /** A filter table with these rules, parted by semicolons; chains that begin with a colon stand before them. */
    private static List<Table> iptables(String family, String rules) {
        var text = new StringBuilder("*filter\n");
        for (String hook : List.of("INPUT", "FORWARD", "OUTPUT")) {
            if (!rules.contains(":" + hook + " ")) {
                text.append(':').append(hook).append(" ACCEPT [0:0]\n");
            }
        }
        for (String rule : rules.split(";")) {
            String bare = rule.strip();
            text.append(bare.isEmpty() || bare.matches("[:*].*|COMMIT") ? bare : "-A " + bare)
                    .append('\n');
        }
        return IptablesSyntax.read("iptables", family, lines(text + "COMMIT\n"));
    }

    /** A chain of nft on the way in with these rules, one for each line. */
    private static List<Table> nft(String policy, String rules, String more) {
        return NftSyntax.read(lines("table inet f { # handle 1\n" + more
                + "\tchain in { # handle 1\n\t\ttype filter hook input priority filter; policy " + policy + ";\n"
                + rules.indent(2) + "\t}\n}\n"));
    }

    @Test
    void knowsThatTheTableRawComesBeforeTheStateOfAConnection() {
        String raw =
                "*raw\n:PREROUTING ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n-A PREROUTING -p tcp -m state --state %s -j DROP\nCOMMIT\n";

        assertThat(FirewallWalk.decide(IptablesSyntax.read("iptables", "ip", lines(raw.formatted("NEW"))), IN)
                        .fate())
                .isEqualTo(Fate.ACCEPT);
        assertThat(FirewallWalk.decide(IptablesSyntax.read("iptables", "ip", lines(raw.formatted("INVALID"))), IN)
                        .fate())
                .isEqualTo(Fate.DROP);
    }

    static Stream<Arguments> iptablesRules() {
        return Stream.of(
                arguments("", IN, Fate.ACCEPT, ""),
                arguments("INPUT -p tcp --dport 2380 -j DROP", IN, Fate.DROP, "1"),
                arguments("INPUT -p tcp -m tcp --dport 2380 -j REJECT --reject-with tcp-reset", IN, Fate.REJECT, "1"),
                arguments("INPUT -p tcp --dport 2380 -j DROP", OUT, Fate.ACCEPT, ""),
                arguments("OUTPUT -p tcp --dport 2380 -j DROP", OUT, Fate.DROP, "1"),
                arguments("INPUT -p tcp --dport 2381 -j DROP", IN, Fate.ACCEPT, ""),
                arguments("INPUT -p udp --dport 2380 -j DROP", IN, Fate.ACCEPT, ""),
                arguments("INPUT ! -p tcp -j DROP", IN, Fate.ACCEPT, ""),
                arguments("INPUT ! -p udp -j DROP", IN, Fate.DROP, "1"),
                arguments("INPUT -j DROP", IN, Fate.DROP, "1"),
                // order
                arguments("INPUT -p tcp --dport 2380 -j ACCEPT; INPUT -j DROP", IN, Fate.ACCEPT, ""),
                arguments("INPUT -p tcp --dport 22 -j ACCEPT; INPUT -j DROP", IN, Fate.DROP, "2"),
                arguments("INPUT -j DROP; INPUT -p tcp --dport 2380 -j ACCEPT", IN, Fate.DROP, "1"),
                // addresses
                arguments("INPUT -s 10.0.0.2/32 -j DROP", IN, Fate.DROP, "1"),
                arguments("INPUT -s 10.0.0.3/32 -j DROP", IN, Fate.ACCEPT, ""),
                arguments("INPUT -s 10.0.0.0/24 -j DROP", IN, Fate.DROP, "1"),
                arguments("INPUT -s 10.0.0.0/255.255.255.0 -d 10.0.0.1 -j DROP", IN, Fate.DROP, "1"),
                arguments("INPUT ! -s 10.0.0.0/24 -j DROP", IN, Fate.ACCEPT, ""),
                arguments("INPUT ! -s 10.0.0.3/32 -j DROP", IN, Fate.DROP, "1"),
                arguments("INPUT -s 10.9.0.0/16,10.0.0.2/32 -j DROP", IN, Fate.DROP, "1"),
                arguments("INPUT -s db.example -j DROP", IN, Fate.UNKNOWN, "1"),
                arguments("INPUT -m iprange --src-range 10.0.0.2-10.0.0.9 -j DROP", IN, Fate.DROP, "1"),
                // ports
                arguments("INPUT -p tcp -m multiport --dports 22,2379:2380 -j DROP", IN, Fate.DROP, "1"),
                arguments("INPUT -p tcp -m multiport ! --dports 22,2379:2380 -j DROP", IN, Fate.ACCEPT, ""),
                arguments("INPUT -p tcp -m multiport --ports 2380 -j DROP", IN, Fate.DROP, "1"),
                arguments("INPUT -p tcp --dport 2000:3000 -j DROP", IN, Fate.DROP, "1"),
                arguments("INPUT -p tcp --dport 1024: -j DROP", IN, Fate.DROP, "1"),
                arguments("INPUT -p tcp --dport :1023 -j DROP", IN, Fate.ACCEPT, ""),
                arguments("INPUT -p tcp ! --dport 22 -j DROP", IN, Fate.DROP, "1"),
                arguments("INPUT -p tcp --sport 1024:65535 --dport 2380 -j DROP", IN, Fate.DROP, "1"),
                arguments("INPUT -p tcp --sport 40000 -j DROP", IN, Fate.UNKNOWN, "1"),
                // policies
                arguments(":INPUT DROP [0:0]", IN, Fate.DROP, "0"),
                arguments(":INPUT DROP [0:0]", OUT, Fate.ACCEPT, ""),
                arguments(":INPUT DROP [0:0]; INPUT -p tcp --dport 2380 -j ACCEPT", IN, Fate.ACCEPT, ""),
                arguments(":INPUT DROP [0:0]; INPUT -p tcp --dport 2380 -j ACCEPT", ANSWER_IN, Fate.DROP, "0"),
                arguments(":FORWARD DROP [0:0]", IN, Fate.ACCEPT, ""),
                // states
                arguments(
                        ":INPUT DROP [0:0]; INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT",
                        ANSWER_IN,
                        Fate.ACCEPT,
                        ""),
                arguments(
                        ":INPUT DROP [0:0]; INPUT -m state --state RELATED,ESTABLISHED -j ACCEPT", IN, Fate.DROP, "0"),
                arguments("INPUT -m conntrack --ctstate INVALID -j DROP", IN, Fate.ACCEPT, ""),
                arguments("INPUT -m conntrack ! --ctstate NEW -j DROP", ANSWER_IN, Fate.DROP, "1"),
                arguments("INPUT -p tcp --syn -j DROP", IN, Fate.DROP, "1"),
                arguments("INPUT -p tcp --syn -j DROP", ANSWER_IN, Fate.ACCEPT, ""),
                arguments("INPUT -p tcp --tcp-flags ALL NONE -j DROP", IN, Fate.ACCEPT, ""),
                arguments("OUTPUT -p tcp --sport 2380 -j DROP", ANSWER_OUT, Fate.DROP, "1"),
                // interfaces
                arguments("INPUT -i lo -j ACCEPT; INPUT -j DROP", IN, Fate.DROP, "2"),
                arguments("INPUT -i eth1 -j DROP", IN, Fate.DROP, "1"),
                arguments("INPUT -i eth+ -j DROP", IN, Fate.DROP, "1"),
                arguments("INPUT -i eth0 -j DROP", IN, Fate.ACCEPT, ""),
                arguments("INPUT -i eth1 -j DROP", IN_SOMEWHERE, Fate.UNKNOWN, "1"),
                arguments("INPUT -i lo -j DROP", IN_SOMEWHERE, Fate.ACCEPT, ""),
                arguments("INPUT ! -i lo -p tcp --dport 2380 -j DROP", IN_SOMEWHERE, Fate.DROP, "1"),
                arguments("INPUT -o eth1 -j DROP", IN, Fate.ACCEPT, ""),
                // not understood
                arguments("INPUT -m set --match-set blocked src -j DROP", IN, Fate.UNKNOWN, "1"),
                arguments("INPUT -m statistic --mode random --probability 0.5 -j DROP", IN, Fate.UNKNOWN, "1"),
                arguments("INPUT -m limit --limit 5/min -j ACCEPT; INPUT -j DROP", IN, Fate.UNKNOWN, "2"),
                arguments("INPUT -m set --match-set a src -j DROP; INPUT -j DROP", IN, Fate.DROP, "2"),
                arguments("INPUT -m set --match-set a src -p udp -j DROP", IN, Fate.ACCEPT, ""),
                arguments("INPUT -j NFQUEUE --queue-num 1", IN, Fate.UNKNOWN, "1"),
                arguments("INPUT -j GONE", IN, Fate.UNKNOWN, "1"),
                arguments(
                        "INPUT -p tcp -m comment --comment \"allow --dport 22 -j ACCEPT\" -j DROP", IN, Fate.DROP, "1"),
                // chains
                arguments(":X - [0:0]; INPUT -j X; X -p tcp --dport 2380 -j DROP", IN, Fate.DROP, "1"),
                arguments(":X - [0:0]; INPUT -j X; INPUT -j DROP; X -s 10.0.0.2 -j ACCEPT", IN, Fate.ACCEPT, ""),
                arguments(
                        ":X - [0:0]; INPUT -j X; INPUT -j DROP; X -s 10.0.0.2 -j RETURN; X -j ACCEPT",
                        IN,
                        Fate.DROP,
                        "2"),
                arguments(":X - [0:0]; INPUT -g X; INPUT -j DROP; X -p udp -j DROP", IN, Fate.ACCEPT, ""),
                arguments(
                        ":X - [0:0]; :Y - [0:0]; INPUT -j Y; INPUT -j DROP; Y -g X; Y -j ACCEPT; X -p udp -j DROP",
                        IN,
                        Fate.DROP,
                        "2"),
                arguments(":X - [0:0]; INPUT -m set --match-set a src -j X; X -j DROP", IN, Fate.UNKNOWN, "1"),
                arguments(":X - [0:0]; INPUT -j X; X -j X", IN, Fate.UNKNOWN, "1"),
                arguments("INPUT -j LOG --log-prefix \"x \"; INPUT -j DROP", IN, Fate.DROP, "2"),
                arguments("INPUT -j RETURN; INPUT -j DROP", IN, Fate.ACCEPT, ""),
                // other tables
                arguments("COMMIT; *raw; :PREROUTING ACCEPT [0:0]; PREROUTING -s 10.0.0.2 -j DROP", IN, Fate.DROP, "1"),
                arguments(
                        "INPUT -j DROP; COMMIT; *nat; :PREROUTING ACCEPT [0:0]; PREROUTING -p tcp --dport 2380 -j DNAT --to 1.1.1.1",
                        IN,
                        Fate.UNKNOWN,
                        "1"));
    }

    @ParameterizedTest(name = "{0} -> {2}")
    @MethodSource("iptablesRules")
    void walksRulesOfIptables(String rules, Packet packet, Fate fate, String number) {
        assertDecides(iptables("ip", rules), packet, fate, number);
    }

    static Stream<Arguments> nftRules() {
        return Stream.of(
                arguments("accept", "", "", IN, Fate.ACCEPT, ""),
                arguments("drop", "", "", IN, Fate.DROP, "0"),
                arguments("drop", "tcp dport { 22, 2379-2380 } accept # handle 4", "", IN, Fate.ACCEPT, ""),
                arguments("drop", "tcp dport 22 accept # handle 4", "", IN, Fate.DROP, "0"),
                arguments(
                        "accept", "tcp dport 2380 counter packets 1 bytes 60 drop # handle 4", "", IN, Fate.DROP, "1"),
                arguments(
                        "accept",
                        "ip saddr 10.0.0.0/24 tcp dport != 22 reject with tcp reset",
                        "",
                        IN,
                        Fate.REJECT,
                        "1"),
                arguments("accept", "ip saddr != 10.0.0.2 drop", "", IN, Fate.ACCEPT, ""),
                arguments("accept", "ip saddr { 10.0.0.3, 10.0.0.4 } drop", "", IN, Fate.ACCEPT, ""),
                arguments("accept", "ip6 saddr fd00::/64 tcp dport 2380 drop", "", IN, Fate.ACCEPT, ""),
                arguments("accept", "ip6 saddr fd00::/64 tcp dport 2380 drop", "", IN_SIX, Fate.DROP, "1"),
                arguments("accept", "meta nfproto ipv6 drop", "", IN, Fate.ACCEPT, ""),
                arguments("accept", "udp dport 2380 drop", "", IN, Fate.ACCEPT, ""),
                arguments("accept", "meta l4proto tcp th dport 2380 drop", "", IN, Fate.DROP, "1"),
                arguments("drop", "ct state established,related accept", "", IN, Fate.DROP, "0"),
                arguments("drop", "ct state established,related accept", "", ANSWER_IN, Fate.ACCEPT, ""),
                arguments(
                        "drop",
                        "ct state vmap { invalid : drop, established : accept, related : accept }",
                        "",
                        ANSWER_IN,
                        Fate.ACCEPT,
                        ""),
                arguments("accept", "tcp dport vmap { 22 : accept, 2380 : drop }", "", IN, Fate.DROP, "1"),
                arguments("accept", "iifname \"eth1\" drop", "", IN, Fate.DROP, "1"),
                arguments("accept", "iifname != \"eth1\" drop", "", IN, Fate.ACCEPT, ""),
                arguments("accept", "iifname { \"lo\", \"eth*\" } drop", "", IN_SOMEWHERE, Fate.UNKNOWN, "1"),
                arguments("accept", "limit rate 5/second drop", "", IN, Fate.UNKNOWN, "1"),
                arguments("accept", "ct status dnat accept\ndrop", "", IN, Fate.DROP, "2"),
                arguments("accept", "ip saddr . tcp dport { 10.0.0.3 . 22 } drop", "", IN, Fate.UNKNOWN, "1"),
                arguments("accept", "meta mark 0x1 drop", "", IN, Fate.UNKNOWN, "1"),
                arguments("accept", "tcp dport 2380 queue to 1", "", IN, Fate.UNKNOWN, "1"),
                arguments(
                        "accept",
                        "ip saddr @bad drop",
                        "\tset bad { # handle 2\n\t\ttype ipv4_addr\n\t\telements = { 10.0.0.9,\n\t\t\t10.0.0.2 }\n\t}\n",
                        IN,
                        Fate.DROP,
                        "1"),
                arguments("accept", "ip saddr @unseen drop", "", IN, Fate.UNKNOWN, "1"),
                arguments(
                        "accept",
                        "jump x\ndrop",
                        "\tchain x {\n\t\ttcp dport 2380 return\n\t\taccept\n\t}\n",
                        IN,
                        Fate.DROP,
                        "2"),
                arguments("accept", "goto x\ndrop", "\tchain x {\n\t\ttcp dport 22 accept\n\t}\n", IN, Fate.ACCEPT, ""),
                arguments("accept", "log prefix \"drop it \" level info\naccept\ndrop", "", IN, Fate.ACCEPT, ""),
                arguments("accept", "tcp flags syn / syn,ack drop comment \"x y\"", "", IN, Fate.DROP, "1"),
                // firewalld's own layout
                arguments(
                        "accept",
                        "ct state { established, related } accept\niifname lo accept\njump zones\nreject with icmpx admin-prohibited",
                        FIREWALLD,
                        IN,
                        Fate.REJECT,
                        "4"));
    }

    @ParameterizedTest(name = "policy {0}; {1} -> {4}")
    @MethodSource("nftRules")
    void walksRulesOfNft(String policy, String rules, String more, Packet packet, Fate fate, String number) {
        assertDecides(nft(policy, rules, more), packet, fate, number);
    }

    private static void assertDecides(List<Table> tables, Packet packet, Fate fate, String number) {
        Decision decision = FirewallWalk.decide(tables, packet);

        assertThat(decision.fate()).isEqualTo(fate);
        assertThat(decision.by()
                        .map(guilty -> String.valueOf(guilty.rule().number()))
                        .orElse(""))
                .isEqualTo(number);
    }

    @Test
    void letsRulesOfOneFamilyAloneForTheOther() {
        List<Table> six = iptables("ip6", "INPUT -s fd00::2 -p tcp --dport 2380 -j DROP");

        assertThat(FirewallWalk.decide(six, IN).fate()).isEqualTo(Fate.ACCEPT);
        assertThat(FirewallWalk.decide(six, IN_SIX).fate()).isEqualTo(Fate.DROP);
    }

    @Test
    void asksEveryChainOfAHook() {
        var tables = new ArrayList<>(iptables("ip", "INPUT -j ACCEPT"));
        tables.addAll(nft("drop", "tcp dport 22 accept", ""));

        assertThat(FirewallWalk.decide(tables, IN).fate()).isEqualTo(Fate.DROP);
    }

    @Test
    void keepsTheHandleAndTheTextOfTheRuleThatDecides() {
        Decision decision = FirewallWalk.decide(nft("accept", "tcp dport 2380 drop # handle 17", ""), IN);

        Decision.Guilty guilty = decision.by().orElseThrow();
        assertThat(guilty.rule().handle()).isEqualTo("17");
        assertThat(guilty.rule().text()).isEqualTo("tcp dport 2380 drop");
        assertThat(guilty.table().name()).isEqualTo("f");
        assertThat(guilty.chain().hook().orElseThrow().priority()).isZero();
    }

    @Test
    void readsAddressesWithoutAskingAnyNameServer() {
        assertThat(AddressRange.read("fd00::1")).isEqualTo(AddressRange.read("fd00:0:0:0:0:0:0:1/128"));
        assertThat(AddressRange.read("localhost")).isEmpty();
        assertThat(AddressRange.read("10.0.0.256")).isEmpty();
        assertThat(AddressRange.read("10.0.0.1/255.0.255.0")).isEmpty();
        assertThat(AddressRange.read("1::2::3")).isEmpty();
    }
}
