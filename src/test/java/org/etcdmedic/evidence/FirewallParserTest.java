package org.etcdmedic.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.etcdmedic.evidence.EvidenceFixtures.aCapture;

import java.util.List;
import org.etcdmedic.evidence.FirewallRules.Tool;
import org.etcdmedic.evidence.firewall.AddressRange;
import org.etcdmedic.evidence.firewall.PortRange;
import org.etcdmedic.evidence.firewall.Table;
import org.junit.jupiter.api.Test;

class FirewallParserTest {
    private static FirewallRules parse(String text) {
        return FirewallParser.parse(aCapture("firewall").text(text).build()).orElseThrow();
    }

    private static Reading<FirewallRules> read(String text) {
        return EvidenceReader.read(
                        EvidenceFixtures.NODE,
                        EvidenceFixtures.loggedIn(),
                        List.of(aCapture("firewall").text(text).build()),
                        EvidenceFixtures.WINDOW)
                .firewall();
    }

    @Test
    void readsTheSampleAndTellsATableOfTwoToolsOnce() {
        FirewallRules rules = parse(JavadocSample.of(FirewallParser.class));

        assertThat(rules.tables()).extracting(Table::tool).containsExactly("iptables", "nft");
        assertThat(rules.tables().getLast().name()).isEqualTo("f");
        assertThat(rules.tables()
                        .getLast()
                        .chains()
                        .getFirst()
                        .hook()
                        .orElseThrow()
                        .priority())
                .isEqualTo(-10);
        assertThat(rules.tools()).extracting(Tool::state).containsOnly(Tool.State.READ);
        assertThat(rules.ephemeralPorts()).isEqualTo(new PortRange(32_768, 60_999));
        assertThat(rules.device(
                        AddressRange.read("198.19.4.11").orElseThrow(),
                        AddressRange.read("198.19.4.12").orElseThrow()))
                .contains("eth1");
        assertThat(rules.device(
                        AddressRange.read("198.19.4.11").orElseThrow(),
                        AddressRange.read("203.0.113.9").orElseThrow()))
                .isEmpty();
    }

    @Test
    void saysWhichToolIsMissingOrFailed() {
        FirewallRules rules = parse("""
                section iptables
                exit 0
                section ip6tables
                ip6tables-save v1.8.4 (nf_tables): unknown thing
                exit 1
                section nft
                sh: 1: nft: not found
                exit 127
                end
                """);

        assertThat(rules.tools())
                .extracting(Tool::state)
                .containsExactly(Tool.State.READ, Tool.State.FAILED, Tool.State.MISSING);
        assertThat(rules.failed()).extracting(Tool::name).containsExactly("ip6tables");
    }

    @Test
    void tellsTheThreeOutcomes() {
        assertThat(read(JavadocSample.of(FirewallParser.class))).isInstanceOf(Reading.Known.class);
        assertThat(read("section iptables\niptables-save v1.8.9 (nf_tables): Could not fetch rule set generation id:"
                        + " Permission denied (you must be root)\nexit 4\nend\n"))
                .isInstanceOfSatisfying(
                        Reading.Unknown.class,
                        unknown -> assertThat(unknown.gap()).isEqualTo(Reading.Gap.NOT_PERMITTED));
        assertThat(read("section iptables\n*filter\n:INPUT ACCEPT [0:0]\n"))
                .isInstanceOfSatisfying(
                        Reading.Unknown.class,
                        unknown -> assertThat(unknown.gap()).isEqualTo(Reading.Gap.UNREADABLE));
    }
}
