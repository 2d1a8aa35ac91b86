package org.etcdmedic.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.etcdmedic.verdict.VerdictFixtures.ALARM;
import static org.etcdmedic.verdict.VerdictFixtures.aNode;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.etcdmedic.evidence.Contact;
import org.etcdmedic.evidence.EvidenceWindow;
import org.etcdmedic.evidence.PathQuality;
import org.etcdmedic.evidence.Reading.Gap;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.knowledge.yaml.YamlKnowledge;
import org.etcdmedic.probe.Reach.Obstacle;
import org.etcdmedic.verdict.Verdict.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows N1 to N6 from several vantage points: whose side is at fault. The alarm names n1. */
class NetworkTest {
    private static final Reasoner REASONER = new Reasoner(YamlKnowledge.shipped());
    private static final EvidenceWindow WINDOW =
            EvidenceWindow.around(ALARM, Duration.ofMinutes(10), Duration.ofMinutes(2));

    static Stream<Arguments> instances() {
        Contact cut = Contact.TIMED_OUT;
        Contact open = Contact.OPEN;
        return Stream.of(
                arguments(
                        "N4: the named node is cut off in both directions",
                        List.of(
                                aNode("n1").seesDown(2).reaches("n2", cut).reaches("n3", Contact.NO_ROUTE),
                                aNode("n2").seesDown(1).reaches("n1", cut),
                                aNode("n3").seesDown(1).reaches("n1", cut)),
                        "CONFIRMED NETWORK_UNREACHABLE n1"),
                arguments(
                        "N6: a peer is cut off, the named node is not accused",
                        List.of(
                                aNode("n1").seesDown(2).reaches("n2", cut),
                                aNode("n2").seesDown(1).reaches("n1", cut).reaches("n3", cut),
                                aNode("n3").seesDown(2).reaches("n2", cut)),
                        "CONFIRMED NETWORK_UNREACHABLE n2"),
                arguments(
                        "N4: one peer cannot come in",
                        List.of(
                                aNode("n1"),
                                aNode("n2"),
                                aNode("n3").seesDown(1).reaches("n1", open, cut)),
                        "LIKELY NETWORK_UNREACHABLE n1"),
                arguments(
                        "N4: nobody can come in, and the node gets out",
                        List.of(
                                aNode("n1"),
                                aNode("n2").seesDown(1).reaches("n1", cut),
                                aNode("n3").seesDown(1).reaches("n1", cut)),
                        "LIKELY NETWORK_UNREACHABLE n1"),
                arguments(
                        "N4: everything is cut",
                        List.of(
                                aNode("n1").seesDown(2).reaches("n2", cut).reaches("n3", cut),
                                aNode("n2").seesDown(1).reaches("n1", cut).reaches("n3", cut),
                                aNode("n3").seesDown(1).reaches("n1", cut).reaches("n2", cut)),
                        "LIKELY NETWORK_UNREACHABLE n1"),
                arguments(
                        "N2: the address is gone and the peers get no answer",
                        List.of(
                                aNode("n1")
                                        .withoutAddress()
                                        .seesDown(1)
                                        .reaches("n2", cut)
                                        .reaches("n3", cut),
                                aNode("n2").seesDown(1).reaches("n1", Contact.NO_ROUTE),
                                aNode("n3").seesDown(1).reaches("n1", Contact.NO_ROUTE)),
                        "LIKELY NETWORK_IP_MISSING n1"),
                arguments(
                        "N2: etcd could not bind its address, which is gone",
                        List.of(
                                aNode("n1")
                                        .etcdDown()
                                        .withoutAddress()
                                        .etcdSays(
                                                "fatal",
                                                "listen tcp 198.51.100.1:2380: bind: cannot assign requested address",
                                                ALARM),
                                aNode("n2").seesDown(1).reaches("n1", cut),
                                aNode("n3").seesDown(1).reaches("n1", cut)),
                        "CONFIRMED NETWORK_IP_MISSING n1"),
                arguments(
                        "V1: neither we nor the peers reach the machine",
                        List.of(
                                aNode("n1").notIn(Obstacle.CONNECT_TIMED_OUT, Optional.of(false)),
                                aNode("n2").reaches("n1", cut),
                                aNode("n3").reaches("n1", cut)),
                        "CONFIRMED VM_UNREACHABLE n1"),
                arguments(
                        "V1: the peers reach its etcd, so only our way is closed",
                        List.of(
                                aNode("n1").notIn(Obstacle.CONNECT_TIMED_OUT, Optional.of(false)),
                                aNode("n2"),
                                aNode("n3")),
                        "LIKELY PROBE_ACCESS n1"),
                arguments(
                        "N6: the machine of a peer is gone",
                        List.of(
                                aNode("n1").seesDown(2).reaches("n2", cut),
                                aNode("n2").notIn(Obstacle.NO_ROUTE, Optional.of(false)),
                                aNode("n3").seesDown(2).reaches("n2", cut)),
                        "CONFIRMED PEER_VM_FAULT n2"),
                arguments(
                        "N6: the host of a peer refuses, and nobody can look at it",
                        List.of(
                                aNode("n1").seesDown(2).reaches("n2", Contact.REFUSED),
                                aNode("n2").notIn(Obstacle.NOT_TRIED, Optional.empty()),
                                aNode("n3").seesDown(2).reaches("n2", Contact.REFUSED)),
                        "LIKELY PEER_PROCESS_DOWN n2"),
                arguments(
                        "N5: the log shows a cut that is over",
                        List.of(complains(aNode("n1"), "n2", "n3"), aNode("n2"), aNode("n3")),
                        "LIKELY NETWORK_INTERRUPTED n1"),
                arguments(
                        "N5: the logs of the peers agree",
                        List.of(complains(aNode("n1"), "n2", "n3"), complains(aNode("n2"), "n1"), aNode("n3")),
                        "CONFIRMED NETWORK_INTERRUPTED n1"),
                arguments(
                        "N5: one lost peer is no cut of this node",
                        List.of(complains(aNode("n1"), "n2"), aNode("n2"), aNode("n3")),
                        "UNDETERMINED UNDETERMINED -"),
                arguments(
                        "N1: a firewall that eats pings harms nobody",
                        List.of(aNode("n1").reaches("n2", cut, open), aNode("n2"), aNode("n3")),
                        "NO_FAULT_FOUND NO_FAULT_FOUND -"));
    }

    private static VerdictFixtures complains(VerdictFixtures node, String... peers) {
        for (String peer : peers) {
            node.etcdSays(
                    "warn",
                    "health check for peer c797ab3a61e2ea55 could not connect: dial tcp "
                            + VerdictFixtures.address(peer)
                            + ":2380: i/o timeout (prober \"ROUND_TRIPPER_RAFT_MESSAGE\")",
                    ALARM.minusSeconds(60));
        }
        return node;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("instances")
    void namesTheSideThatIsAtFault(String fact, List<VerdictFixtures> nodes, String expected) {
        Verdict verdict = judge(nodes).verdict();

        assertThat(verdict.outcome()
                        + " "
                        + verdict.cause()
                        + " "
                        + verdict.node().map(NodeId::value).orElse("-"))
                .isEqualTo(expected);
    }

    @Test
    void saysThatNobodyLookedWhereReachingWasNotTriedAndTheClusterIsNotSeenWell() {
        Judgement judgement =
                judge(List.of(aNode("n1").seesDown(2).reachUnknown(Gap.MISSING), aNode("n2"), aNode("n3")));

        assertThat(judgement.notEvaluated())
                .extracting(Judgement.NotEvaluated::check)
                .contains("N1");
        assertThat(judgement.verdict().outcome()).isEqualTo(Outcome.UNDETERMINED);
    }

    @Test
    void tellsEveryPairAndTheServiceInTheMatrix() {
        ReachMatrix matrix = judge(List.of(aNode("n1"), aNode("n2"), aNode("n3")))
                .reachability()
                .orElseThrow();

        assertThat(matrix.paths()).hasSize(12);
        assertThat(matrix.paths())
                .filteredOn(path -> path.from().equals(ReachMatrix.SERVICE))
                .hasSize(3);
    }

    static Stream<Arguments> ways() {
        Optional<Duration> fast = Optional.of(Duration.ofMillis(1));
        return Stream.of(
                arguments(new PathQuality(10, 10, fast, 1500, 2), "", Outcome.NO_FAULT_FOUND),
                arguments(new PathQuality(10, 9, fast, 1500, 2), "", Outcome.NO_FAULT_FOUND),
                arguments(new PathQuality(10, 6, fast, 1500, 1), "path-lossy", Outcome.UNDETERMINED),
                arguments(new PathQuality(10, 10, fast, 1500, 0), "path-large-packets-lost", Outcome.UNDETERMINED),
                arguments(new PathQuality(10, 0, Optional.empty(), 1500, 0), "", Outcome.NO_FAULT_FOUND),
                arguments(
                        new PathQuality(10, 10, Optional.of(Duration.ofMillis(80)), 1500, 2),
                        "path-slow",
                        Outcome.NO_FAULT_FOUND));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void tellsAnOpenWayThatIsBadFromOneThatIsCut(PathQuality quality, String kind, Outcome outcome) {
        Judgement judgement = judge(List.of(aNode("n1").way("n2", quality), aNode("n2"), aNode("n3")));

        assertThat(judgement.findings().stream().map(Finding::kind).filter(found -> found.startsWith("path-")))
                .containsExactlyElementsOf(kind.isEmpty() ? List.of() : List.of(kind));
        assertThat(judgement.verdict().outcome()).isEqualTo(outcome);
    }

    @Test
    void refutesACutNetworkByAHealthyMatrix() {
        assertThat(judge(List.of(aNode("n1"), aNode("n2"), aNode("n3"))).classifications())
                .filteredOn(c -> c.cause().equals(new CauseCode("NETWORK_UNREACHABLE")))
                .extracting(Classification::state)
                .containsExactly(Classification.State.RULED_OUT);
    }

    private static Judgement judge(List<VerdictFixtures> nodes) {
        return REASONER.judge(
                new NodeId("n1"), nodes.stream().map(VerdictFixtures::testifies).toList(), WINDOW);
    }
}
