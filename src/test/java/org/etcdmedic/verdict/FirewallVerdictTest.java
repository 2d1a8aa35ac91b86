package org.etcdmedic.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.etcdmedic.verdict.VerdictFixtures.ALARM;
import static org.etcdmedic.verdict.VerdictFixtures.LONG_AGO;
import static org.etcdmedic.verdict.VerdictFixtures.aNode;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.etcdmedic.evidence.Contact;
import org.etcdmedic.evidence.EvidenceWindow;
import org.etcdmedic.evidence.Reading.Gap;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.knowledge.yaml.YamlKnowledge;
import org.etcdmedic.verdict.Verdict.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Row N3 with the shipped knowledge: which rules are blamed, and how surely. */
class FirewallVerdictTest {
    private static final Reasoner REASONER = new Reasoner(YamlKnowledge.shipped());
    private static final String DROPS = """
            *filter
            :INPUT ACCEPT [0:0]
            -A INPUT -p tcp --dport 22 -j ACCEPT
            -A INPUT -p tcp -m multiport --dports 2379,2380 -j DROP
            COMMIT
            """;
    private static final String LOST =
            "health check for peer c797ab3a61e2ea55 could not connect: dial tcp 198.51.100.2:2380: i/o timeout";

    private static Judgement judge(VerdictFixtures named, VerdictFixtures peer) {
        return REASONER.judge(
                new NodeId("n1"),
                Stream.of(named, peer, aNode("n3"))
                        .map(VerdictFixtures::testifies)
                        .toList(),
                EvidenceWindow.around(ALARM, Duration.ofMinutes(10), Duration.ofMinutes(2)));
    }

    private static VerdictFixtures withRules(String rules) {
        return aNode("n1").listens(1, LONG_AGO).firewallIs(rules);
    }

    @ParameterizedTest
    @CsvSource({
        "INPUT,           remove-iptables-rule,  remove-firewalld-rule",
        "INPUT_direct,    remove-firewalld-rule, remove-iptables-rule",
        "IN_public_deny,  remove-firewalld-rule, remove-iptables-rule"
    })
    void tellsHowToRemoveTheRuleWithTheToolThatHoldsIt(String chain, String told, String other) {
        String rules = chain.equals("INPUT") ? DROPS : """
                *filter
                :INPUT ACCEPT [0:0]
                :INPUT_ZONES - [0:0]
                :INPUT_direct - [0:0]
                :IN_public_deny - [0:0]
                -A INPUT -j %1$s
                -A %1$s -p tcp -m multiport --dports 2379,2380 -j DROP
                COMMIT
                """.formatted(chain);
        Judgement judgement = judge(withRules(rules).etcdSays("warn", LOST, ALARM.minusSeconds(60)), aNode("n2"));

        assertThat(judgement.remediation())
                .extracting(Step::id)
                .contains(told)
                .doesNotContain(other, "remove-nft-rule");
        assertThat(judgement.remediation())
                .filteredOn(step -> step.id().equals("remove-iptables-rule"))
                .allSatisfy(step -> assertThat(step.command()).contains("iptables -t filter -D INPUT 2"));
    }

    static Stream<Arguments> rules() {
        var before = ALARM.minusSeconds(60);
        return Stream.of(
                arguments(
                        "etcd's own lines say that it matters",
                        withRules(DROPS).etcdSays("warn", LOST, before),
                        aNode("n2"),
                        Outcome.CONFIRMED,
                        "NETWORK_FIREWALL"),
                arguments(
                        "cm_ctl of a peer says that it matters",
                        withRules(DROPS),
                        aNode("n2").seesDown(1),
                        Outcome.CONFIRMED,
                        "NETWORK_FIREWALL"),
                arguments("nobody feels it", withRules(DROPS), aNode("n2"), Outcome.LIKELY, "NETWORK_FIREWALL"),
                arguments(
                        "a host that refuses is a host that is reached",
                        withRules(DROPS)
                                .etcdSays("warn", LOST.replace("i/o timeout", "connect: connection refused"), before),
                        aNode("n2"),
                        Outcome.LIKELY,
                        "NETWORK_FIREWALL"),
                arguments(
                        "a rule of another port",
                        withRules(DROPS.replace("2379,2380", "8080")),
                        aNode("n2"),
                        Outcome.NO_FAULT_FOUND,
                        "NO_FAULT_FOUND"),
                arguments(
                        "a rule of another address",
                        withRules(DROPS.replace("-m multiport --dports 2379,2380", "-s 203.0.113.0/24")),
                        aNode("n2"),
                        Outcome.NO_FAULT_FOUND,
                        "NO_FAULT_FOUND"),
                arguments(
                        "a rule that nobody understands accuses nobody",
                        withRules(DROPS.replace("-p tcp -m multiport", "-p tcp -m bpf --bytecode 1 -m multiport")),
                        aNode("n2"),
                        Outcome.NO_FAULT_FOUND,
                        "NO_FAULT_FOUND"),
                arguments(
                        "the isolation that cm_agent saw is its effect",
                        aNode("n1")
                                .listens(1, LONG_AGO)
                                .etcdDown()
                                .marker("etcd_manual_start", "cm_agent")
                                .omMonitorSays(
                                        "run etcd command: /x/etcd -listen-peer-urls https://198.51.100.1:2380"
                                                + " -initial-cluster a=https://198.51.100.1:2380,b=https://198.51.100.2:2380",
                                        LONG_AGO)
                                .firewallIs(DROPS),
                        aNode("n2"),
                        Outcome.CONFIRMED,
                        "NETWORK_FIREWALL"),
                arguments(
                        "rules that may not be read, and etcd talks with everybody",
                        aNode("n1").firewallUnknown(Gap.NOT_PERMITTED),
                        aNode("n2"),
                        Outcome.NO_FAULT_FOUND,
                        "NO_FAULT_FOUND"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void blamesARuleAsFarAsItHurts(
            String fact, VerdictFixtures named, VerdictFixtures peer, Outcome outcome, String cause) {
        Judgement judgement = judge(named, peer);

        assertThat(judgement.verdict().cause()).as(fact).isEqualTo(new CauseCode(cause));
        assertThat(judgement.verdict().outcome()).isEqualTo(outcome);
        assertThat(judgement.notEvaluated()).isEmpty();
    }

    /** n2 drops what comes from n1, as its rules say; n1 is the one that complains. */
    private static Judgement ruleOfAPeer(String rule) {
        VerdictFixtures named = aNode("n1")
                .listens(1, LONG_AGO)
                .reaches("n2", Contact.OPEN, Contact.TIMED_OUT)
                .etcdSays("warn", LOST, ALARM.minusSeconds(60));
        VerdictFixtures guilty = aNode("n2")
                .listens(2, LONG_AGO)
                .reaches("n1", Contact.OPEN, Contact.TIMED_OUT)
                .firewallIs(DROPS.replace("-p tcp -m multiport --dports 2379,2380", rule));
        return judge(named, guilty);
    }

    @Test
    void namesThePeerWhoseRuleCutsAPairBothWaysAndTheNamedNodesCutAsItsEffect() {
        Judgement judgement = ruleOfAPeer("-s 198.51.100.1/32 -p tcp");

        assertThat(judgement.verdict().cause()).isEqualTo(new CauseCode("NETWORK_FIREWALL"));
        assertThat(judgement.verdict().node()).contains(new NodeId("n2"));
        assertThat(judgement.verdict().effects()).contains(new CauseCode("NETWORK_UNREACHABLE"));
        assertThat(judgement.verdict().summary().en()).contains("-s 198.51.100.1/32 -p tcp -j DROP");
    }

    @ParameterizedTest
    @CsvSource({"203.0.113.1, NETWORK_FIREWALL", "198.51.100.1, NO_FAULT_FOUND"})
    void followsClientsToTheAddressThatTheyComeTo(String address, String cause) {
        VerdictFixtures named = aNode("n1")
                .listensApart(1, LONG_AGO)
                .firewallIs(DROPS.replace("-m multiport --dports 2379,2380", "-d " + address + "/32 --dport 2379"));

        assertThat(judge(named, aNode("n2")).verdict().cause()).isEqualTo(new CauseCode(cause));
    }

    @Test
    void doesNotCallACutTheEffectOfARuleThatTakesOnlyAnothersPackets() {
        Judgement judgement = ruleOfAPeer("-s 198.51.100.3/32 -p tcp");

        assertThat(judgement.classifications().stream()
                        .filter(c -> c.cause().equals(new CauseCode("NETWORK_UNREACHABLE"))
                                && c.node().equals(new NodeId("n1")))
                        .flatMap(c -> c.explainedBy().stream()))
                .isEmpty();
    }

    @Test
    void doesNotCallTheRowLookedAtWhereItCouldHurt() {
        Judgement judgement =
                judge(aNode("n1").firewallUnknown(Gap.NOT_PERMITTED).etcdDown(), aNode("n2"));

        assertThat(judgement.notEvaluated())
                .extracting(Judgement.NotEvaluated::check)
                .contains("N3");
    }

    @Test
    void removesExactlyThatRule() {
        Judgement judgement = judge(withRules(DROPS).etcdSays("warn", LOST, ALARM.minusSeconds(60)), aNode("n2"));

        List<String> commands = judgement.remediation().stream()
                .flatMap(step -> step.command().stream())
                .toList();
        assertThat(commands).contains("iptables -t filter -D INPUT 2");
        assertThat(judgement.verdict().summary().en()).contains("--dports 2379,2380 -j DROP");
    }

    @Test
    void removesEveryGuiltyRuleFromTheHighestNumberDown() {
        String rules = """
                *filter
                :INPUT ACCEPT [0:0]
                :OUTPUT ACCEPT [0:0]
                -A INPUT -p tcp --dport 22 -j ACCEPT
                -A INPUT -p tcp --dport 2379 -j DROP
                -A INPUT -p tcp --dport 2380 -j DROP
                COMMIT
                """;

        Judgement judgement = judge(withRules(rules).etcdSays("warn", LOST, ALARM.minusSeconds(60)), aNode("n2"));

        assertThat(judgement.remediation())
                .filteredOn(step -> step.id().equals("remove-iptables-rule"))
                .singleElement()
                .satisfies(step -> {
                    assertThat(step.command()).contains("iptables -t filter -D INPUT 3; iptables -t filter -D INPUT 2");
                    assertThat(step.action().en())
                            .contains("--dport 2380 -j DROP; -A INPUT -p tcp --dport 2379 -j DROP");
                });
    }

    /** As firewalld lays its chains with the backend iptables; what it closes is in the zone's chain of denials, or at its end. */
    @ParameterizedTest
    @CsvSource({
        "IN_public_deny, firewall-cmd --zone=public --list-all, remove-firewalld-rule",
        "IN_public, firewall-cmd --permanent --zone=public --get-target, allow-etcd-in-firewalld",
        "INPUT_direct, firewall-cmd --direct --get-all-rules, remove-firewalld-rule"
    })
    void leavesARuleOfFirewalldToFirewalld(String chain, String shows, String step) {
        String laid = """
                *filter
                :INPUT ACCEPT [0:0]
                :INPUT_direct - [0:0]
                :INPUT_ZONES - [0:0]
                :IN_public - [0:0]
                :IN_public_deny - [0:0]
                -A INPUT -j INPUT_direct
                -A INPUT -j INPUT_ZONES
                -A INPUT_ZONES -g IN_public
                -A IN_public -j IN_public_deny
                -A %s -p tcp -m multiport --dports 2379,2380 -j DROP
                COMMIT
                """.formatted(chain);

        Judgement judgement = judge(withRules(laid).etcdSays("warn", LOST, ALARM.minusSeconds(60)), aNode("n2"));

        assertThat(judgement.verdict().outcome()).isEqualTo(Outcome.CONFIRMED);
        assertThat(judgement.findings())
                .anyMatch(finding -> finding.statement().en().contains(shows));
        assertThat(judgement.remediation())
                .extracting(Step::id)
                .contains("show-firewalld-zones", step)
                .doesNotContain("remove-iptables-rule", "remove-nft-rule");
    }
}
