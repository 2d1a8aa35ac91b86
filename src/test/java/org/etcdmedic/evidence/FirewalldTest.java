package org.etcdmedic.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.etcdmedic.evidence.EvidenceFixtures.NODE;
import static org.etcdmedic.evidence.EvidenceFixtures.aCapture;
import static org.etcdmedic.evidence.EvidenceFixtures.loggedIn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.etcdmedic.evidence.firewall.AddressRange;
import org.etcdmedic.evidence.firewall.Decision;
import org.etcdmedic.evidence.firewall.Decision.Fate;
import org.etcdmedic.evidence.firewall.FirewallWalk;
import org.etcdmedic.evidence.firewall.Firewalld;
import org.etcdmedic.evidence.firewall.Packet;
import org.etcdmedic.evidence.firewall.Packet.Direction;
import org.etcdmedic.evidence.firewall.PortRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a real firewalld 1.3 loaded into its two backends, and which connections came through: {@code record_firewalld.py}. */
class FirewalldTest {
    private static final Path RECORDINGS = Path.of("src/test/resources/firewall/firewalld");

    /** One connection that was tried. */
    private record Try(Direction way, String peer, int port, boolean answered) {
        static Try of(String line) {
            List<String> words = Words.of(line);
            return new Try(
                    Direction.valueOf(words.get(1)),
                    words.get(2),
                    Integer.parseInt(words.get(3)),
                    words.get(4).equals("answered"));
        }

        /** The packets whose fate decides it: the first one, the answer, and what follows. */
        List<Decision> decided(FirewallRules rules) {
            AddressRange own = AddressRange.read(peer.contains(":") ? "fd77::1" : "10.77.0.1")
                    .orElseThrow();
            AddressRange other = AddressRange.read(peer).orElseThrow();
            Optional<String> device = rules.device(own, other);
            PortRange service = PortRange.of(port);
            PortRange ephemeral = rules.ephemeralPorts();
            boolean in = way == Direction.IN;
            Direction back = in ? Direction.OUT : Direction.IN;
            return Stream.of(
                            packet(way, own, other, in ? service : ephemeral, in ? ephemeral : service, device, false),
                            packet(back, own, other, in ? service : ephemeral, in ? ephemeral : service, device, true),
                            packet(way, own, other, in ? service : ephemeral, in ? ephemeral : service, device, true))
                    .map(packet -> FirewallWalk.decide(rules.tables(), packet))
                    .toList();
        }

        /** A packet has the ports of where it comes from and where it goes. */
        private static Packet packet(
                Direction way,
                AddressRange own,
                AddressRange other,
                PortRange ownPort,
                PortRange otherPort,
                Optional<String> device,
                boolean established) {
            boolean in = way == Direction.IN;
            return new Packet(way, own, other, in ? otherPort : ownPort, in ? ownPort : otherPort, device, established);
        }
    }

    static Stream<String> recordings() throws IOException {
        try (Stream<Path> files = Files.list(RECORDINGS)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
        }
    }

    private static FirewallRules rules(String recording) throws IOException {
        String probe = Files.readAllLines(RECORDINGS.resolve(recording)).stream()
                .filter(line -> !line.startsWith("# ") && !line.startsWith("try "))
                .collect(Collectors.joining("\n"));
        return EvidenceReader.read(
                        NODE,
                        loggedIn(),
                        List.of(aCapture("firewall").text(probe).build()),
                        EvidenceFixtures.WINDOW)
                .firewall()
                .known()
                .orElseThrow();
    }

    private static List<Try> tries(String recording) throws IOException {
        return Files.readAllLines(RECORDINGS.resolve(recording)).stream()
                .filter(line -> line.startsWith("try "))
                .map(Try::of)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void isReadAsTheKernelDoesIt(String recording) throws IOException {
        FirewallRules rules = rules(recording);
        List<Try> tries = tries(recording);

        assertThat(tries).hasSize(18);
        for (Try attempt : tries) {
            List<Fate> fates =
                    attempt.decided(rules).stream().map(Decision::fate).toList();
            if (attempt.answered()) {
                assertThat(fates).as("%s", attempt).doesNotContain(Fate.DROP, Fate.REJECT);
            } else {
                assertThat(fates).as("%s", attempt).anyMatch(fate -> fate != Fate.ACCEPT);
                if (told(recording, attempt)) {
                    assertThat(fates).as("%s", attempt).containsAnyOf(Fate.DROP, Fate.REJECT);
                }
            }
        }
    }

    /** Who takes a connection from that peer to that port, and what shows it. */
    @ParameterizedTest
    @CsvSource({
        "default-zone, IN, 10.77.0.2, 2380, firewall-cmd --permanent --zone=public --get-target",
        "rich-reject, IN, 10.77.0.2, 2380, firewall-cmd --zone=public --list-all",
        "rich-drop-source, IN, 10.77.0.2, 2379, firewall-cmd --zone=public --list-all",
        "rich-log-drop-priority, IN, 10.77.0.3, 2380, firewall-cmd --zone=public --list-all",
        "rich-priority, IN, 10.77.0.3, 2380, firewall-cmd --zone=public --list-all",
        "rich-not-source, IN, 10.77.0.3, 2380, firewall-cmd --zone=public --list-all",
        "source-zone-drop, IN, 10.77.0.3, 2380, firewall-cmd --permanent --zone=drop --get-target",
        "source-zone-block, IN, 10.77.0.2, 2380, firewall-cmd --permanent --zone=block --get-target",
        "policy-out, OUT, 10.77.0.2, 2380, firewall-cmd --info-policy=outgoing",
        "panic, OUT, 10.77.0.2, 2380, firewall-cmd --query-panic"
    })
    void isBlamedInFirewalldsOwnWords(String recording, Direction way, String peer, int port, String shows)
            throws IOException {
        for (String backend : List.of("nftables", "iptables")) {
            // With the backend iptables the panic mode has no table of its own: it is the policy of firewalld's chains.
            String expected =
                    recording.equals("panic") && backend.equals("iptables") ? "firewall-cmd --list-all-zones" : shows;
            FirewallRules rules = rules(recording + "-" + backend + ".txt");
            assertThat(new Try(way, peer, port, false)
                            .decided(rules).stream()
                                    .filter(decision -> decision.fate() != Fate.ACCEPT)
                                    .flatMap(decision -> decision.by().stream())
                                    .findFirst()
                                    .flatMap(Firewalld::of)
                                    .map(Firewalld::shows))
                    .as(backend)
                    .contains(expected);
        }
    }

    @Test
    void nobodyElsesRuleIsFirewallds() throws IOException {
        // Passed on to iptables, a direct rule stands in a plain chain where firewalld itself uses nftables.
        assertThat(blamed("direct-rule-nftables.txt")).isEmpty();
        assertThat(blamed("direct-rule-iptables.txt")).contains("firewall-cmd --direct --get-all-rules");
    }

    private static Optional<String> blamed(String recording) throws IOException {
        return new Try(Direction.IN, "10.77.0.2", 2380, false)
                .decided(rules(recording)).stream()
                        .flatMap(decision -> decision.by().stream())
                        .findFirst()
                        .flatMap(Firewalld::of)
                        .map(Firewalld::shows);
    }

    /** A set of addresses has only its name in the rules, and whether IPv6 comes from where it should is the kernel's secret. */
    private static boolean told(String recording, Try attempt) {
        return !recording.contains("ipset") && !attempt.peer().contains(":");
    }
}
