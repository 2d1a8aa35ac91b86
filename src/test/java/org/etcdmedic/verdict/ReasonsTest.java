package org.etcdmedic.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.etcdmedic.verdict.VerdictFixtures.ALARM;
import static org.etcdmedic.verdict.VerdictFixtures.aNode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.etcdmedic.evidence.EvidenceWindow;
import org.etcdmedic.evidence.ExecutableFact;
import org.etcdmedic.evidence.Reading.Gap;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.knowledge.Knowledge;
import org.etcdmedic.knowledge.yaml.YamlKnowledge;
import org.etcdmedic.probe.Reach.Obstacle;
import org.etcdmedic.testing.SoundJudgement;
import org.etcdmedic.verdict.Classification.State;
import org.etcdmedic.verdict.DecidedBy.How;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Why, why not, and which one answer decides: of every cause, in every case. */
class ReasonsTest {
    private static final Knowledge KNOWLEDGE = YamlKnowledge.shipped();
    private static final Reasoner REASONER = new Reasoner(KNOWLEDGE);
    private static final EvidenceWindow WINDOW =
            EvidenceWindow.around(ALARM, Duration.ofMinutes(10), Duration.ofMinutes(2));

    private static Judgement judge(VerdictFixtures... nodes) {
        return judge(Arrays.stream(nodes).map(VerdictFixtures::testifies).toList());
    }

    private static Judgement judge(List<NodeTestimony> nodes) {
        return REASONER.judge(new NodeId("n1"), nodes, WINDOW);
    }

    /** Every named node of the tables of this room, and a node of which little or nothing is known. */
    static Stream<VerdictFixtures> namedNodes() {
        return Stream.of(
                        Stream.concat(ReasonerTest.sickNodes(), ReasonerTest.nodesThatAreNotWell())
                                .flatMap(arguments -> Arrays.stream(arguments.get()))
                                .filter(VerdictFixtures.class::isInstance)
                                .map(VerdictFixtures.class::cast),
                        Arrays.stream(Obstacle.values())
                                .map(obstacle -> aNode("n1").notIn(obstacle, Optional.of(false))),
                        Arrays.stream(Gap.values())
                                .map(gap -> aNode("n1")
                                        .etcdDown()
                                        .markersUnknown(gap)
                                        .dataDirectoryUnknown(gap)
                                        .kernelLogUnknown(gap)
                                        .clusterStatusUnknown(gap)
                                        .firewallUnknown(gap)
                                        .reachUnknown(gap)))
                .flatMap(nodes -> nodes);
    }

    @ParameterizedTest
    @MethodSource("namedNodes")
    void givesSoundReasonsForEveryCause(VerdictFixtures named) {
        SoundJudgement.check(judge(named, aNode("n2"), aNode("n3")));
    }

    @ParameterizedTest
    @MethodSource("namedNodes")
    void judgesTheSameInWhateverOrderTheNodesCome(VerdictFixtures named) {
        List<NodeTestimony> nodes = Stream.of(
                        named,
                        aNode("n2").etcdDown().directoryIs(0700, "Ruby", 100, 10, "rw", true),
                        aNode("n3").restartedAt(ALARM.minusSeconds(60)))
                .map(VerdictFixtures::testifies)
                .toList();
        Judgement judgement = judge(nodes);
        SoundJudgement.check(judgement);
        for (int i = 0; i < 4; i++) {
            var shuffled = new ArrayList<>(nodes);
            Collections.shuffle(shuffled, new Random(i));
            assertThat(judge(shuffled)).isEqualTo(judgement);
        }
    }

    @ParameterizedTest
    @EnumSource(Gap.class)
    void tellsHowToGetTheAnswerThatWouldDecide(Gap gap) {
        Classification full = classification(
                judge(aNode("n1").etcdDown().dataDirectoryUnknown(gap), aNode("n2"), aNode("n3")), "ETCD_DISK_FULL");

        DecidedBy decided = full.reasons().orElseThrow().decidedBy().orElseThrow();
        assertThat(full.state()).isEqualTo(State.NOT_EVALUATED);
        assertThat(decided.how()).isEqualTo(How.UNANSWERED);
        assertThat(decided.probe()).contains("data-directory");
        assertThat(decided.gap()).contains(gap);
    }

    @Test
    void asksForSudoWhereTheProbeIsNotPermitted() {
        Classification firewall = classification(
                judge(aNode("n1").etcdDown().firewallUnknown(Gap.NOT_PERMITTED), aNode("n2"), aNode("n3")),
                "NETWORK_FIREWALL");

        DecidedBy decided = firewall.reasons().orElseThrow().decidedBy().orElseThrow();
        assertThat(firewall.state()).isEqualTo(State.NOT_EVALUATED);
        assertThat(decided.check()).isEqualTo("N3");
        assertThat(decided.probe()).contains("firewall");
        assertThat(decided.text().en()).contains("sudo");
        assertThat(decided.text().zhCn()).contains("sudo");
    }

    @Test
    void handsTheDecisionToAHumanWhereEveryProbeHasAnswered() {
        Classification missing = classification(
                judge(aNode("n1").executableIs(ExecutableFact.State.ABSENT, 0, false, false), aNode("n2"), aNode("n3")),
                "ETCD_BINARY_MISSING");

        Reasons reasons = missing.reasons().orElseThrow();
        assertThat(missing.state()).isEqualTo(State.POSSIBLE);
        assertThat(reasons.decidedBy().orElseThrow().how()).isEqualTo(How.BY_HAND);
        assertThat(reasons.decidedBy().orElseThrow().command())
                .hasValueSatisfying(command -> assertThat(command).contains(VerdictFixtures.HOME + "/bin/etcd"));
        assertThat(reasons.whyNot().toString()).contains("ran through the time of the alarm");
    }

    @Test
    void quotesTheFindingThatRulesOut() {
        Classification address = classification(judge(aNode("n1"), aNode("n2"), aNode("n3")), "NETWORK_IP_MISSING");

        assertThat(address.state()).isEqualTo(State.RULED_OUT);
        assertThat(address.reasons().orElseThrow().whyNot()).singleElement().satisfies(text -> {
            assertThat(text.en()).contains("is on interface eth1");
            assertThat(text.zhCn()).contains("网卡 eth1");
        });
    }

    @Test
    void rulesOutNothingThatALogCouldTellWhereTheLogWasNotRead() {
        Judgement judgement = judge(aNode("n1").etcdDown().etcdLogUnknown(Gap.NOT_PERMITTED), aNode("n2"), aNode("n3"));

        assertThat(Stream.of("ETCD_QUOTA_EXCEEDED", "ETCD_DATA_CORRUPTED", "ETCD_PORT_IN_USE", "ETCD_FD_EXHAUSTED")
                        .map(cause -> classification(judgement, cause).state()))
                .containsOnly(State.NOT_EVALUATED);
    }

    @Test
    void showsHowTwoStrongObservationsConfirmTogether() {
        Judgement judgement =
                judge(aNode("n1").etcdDown().directoryIs(0700, "Ruby", 100, 10, "rw", true), aNode("n2"), aNode("n3"));

        Reasons reasons = classification(judgement, "ETCD_DISK_FULL").reasons().orElseThrow();
        assertThat(reasons.contributions()).first().satisfies(first -> {
            assertThat(first.check()).isEqualTo("P4");
            assertThat(first.weight()).isEqualTo(0.95);
            assertThat(first.counted()).isTrue();
        });
        assertThat(reasons.basis().orElseThrow().en()).contains("0.95");
    }

    @Test
    void namesTheRootToEachEffect() {
        Judgement judgement =
                judge(aNode("n1").etcdDown().directoryIs(0700, "Ruby", 100, 10, "rw", true), aNode("n2"), aNode("n3"));

        assertThat(classification(judgement, "ETCD_PROCESS_DOWN")
                        .reasons()
                        .orElseThrow()
                        .whyNot())
                .anySatisfy(text -> assertThat(text.en()).contains("ETCD_DISK_FULL"));
    }

    static Stream<String> causes() {
        return KNOWLEDGE.causes().stream()
                .filter(cause -> !cause.needs().isEmpty())
                .map(cause -> cause.code().value());
    }

    /** A decision by hand without a step of its own would be the first step of the repair. */
    @ParameterizedTest
    @MethodSource("causes")
    void knowsWhatDecidesEachCause(String code) {
        var cause = KNOWLEDGE.cause(new CauseCode(code));

        assertThat(cause.decidedBy()).isNotEmpty();
        assertThat(cause.byHand()).isPresent();
    }

    private static Classification classification(Judgement judgement, String cause) {
        return judgement.classifications().stream()
                .filter(c -> c.cause().equals(new CauseCode(cause)))
                .findFirst()
                .orElseThrow();
    }
}
