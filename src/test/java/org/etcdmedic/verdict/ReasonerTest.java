package org.etcdmedic.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.etcdmedic.verdict.VerdictFixtures.ALARM;
import static org.etcdmedic.verdict.VerdictFixtures.aNode;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.etcdmedic.evidence.EvidenceWindow;
import org.etcdmedic.evidence.ExecutableFact.State;
import org.etcdmedic.evidence.Reading;
import org.etcdmedic.evidence.Reading.Gap;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.knowledge.Text;
import org.etcdmedic.knowledge.yaml.YamlKnowledge;
import org.etcdmedic.probe.Reach.Obstacle;
import org.etcdmedic.verdict.Verdict.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Evidence in, verdict out: the brain with the shipped knowledge, one table row for each thing that it must know. */
class ReasonerTest {
    private static final Reasoner REASONER = new Reasoner(YamlKnowledge.shipped());
    private static final EvidenceWindow WINDOW =
            EvidenceWindow.around(ALARM, Duration.ofMinutes(10), Duration.ofMinutes(2));

    private static Judgement judge(VerdictFixtures... nodes) {
        return REASONER.judge(
                new NodeId("n1"),
                Arrays.stream(nodes).map(VerdictFixtures::testifies).toList(),
                WINDOW);
    }

    /** The named node as given, its peers well. */
    private static Judgement judgeNamed(VerdictFixtures named) {
        return judge(named, aNode("n2"), aNode("n3"));
    }

    static Stream<Arguments> sickNodes() {
        var before = ALARM.minusSeconds(120);
        return Stream.of(
                arguments("all is well", aNode("n1"), Outcome.NO_FAULT_FOUND, "NO_FAULT_FOUND", List.of()),
                arguments(
                        "P7: etcd is down and nothing tells why",
                        aNode("n1").etcdDown(),
                        Outcome.CONFIRMED,
                        "ETCD_PROCESS_DOWN",
                        List.of()),
                arguments(
                        "P2: both markers are a deliberate stop",
                        aNode("n1")
                                .etcdDown()
                                .marker("cluster_manual_start", "x")
                                .marker("etcd_manual_start", ""),
                        Outcome.CONFIRMED,
                        "CLUSTER_STOPPED_MANUALLY",
                        List.of("ETCD_PROCESS_DOWN")),
                arguments(
                        "C3: the etcd marker alone and empty",
                        aNode("n1").etcdDown().marker("etcd_manual_start", ""),
                        Outcome.CONFIRMED,
                        "ETCD_STOPPED_MANUALLY",
                        List.of("ETCD_PROCESS_DOWN")),
                arguments(
                        "C2: the marker was written by cm_agent",
                        aNode("n1").etcdDown().marker("etcd_manual_start", "cm_agent"),
                        Outcome.CONFIRMED,
                        "NETWORK_UNREACHABLE",
                        List.of("ETCD_PROCESS_DOWN")),
                arguments(
                        "C3: the cluster marker alone stops the agents, not etcd",
                        aNode("n1").without("cm_agent").marker("cluster_manual_start", "x"),
                        Outcome.LIKELY,
                        "CLUSTER_STOPPED_MANUALLY",
                        List.of()),
                arguments(
                        "P3: the executable is gone",
                        aNode("n1").etcdDown().executableIs(State.ABSENT, 0, false, false),
                        Outcome.CONFIRMED,
                        "ETCD_BINARY_MISSING",
                        List.of("ETCD_PROCESS_DOWN")),
                arguments(
                        "P3: the executable may not be executed",
                        aNode("n1").etcdDown().executableIs(State.PRESENT, 0600, false, true),
                        Outcome.CONFIRMED,
                        "ETCD_BINARY_NOT_EXECUTABLE",
                        List.of("ETCD_PROCESS_DOWN")),
                arguments(
                        "P4: the disk is full",
                        aNode("n1").etcdDown().directoryIs(0700, "Ruby", 100, 10, "rw", true),
                        Outcome.CONFIRMED,
                        "ETCD_DISK_FULL",
                        List.of("ETCD_PROCESS_DOWN")),
                arguments(
                        "P4: the inodes are used up",
                        aNode("n1").etcdDown().directoryIs(0700, "Ruby", 40, 100, "rw", true),
                        Outcome.CONFIRMED,
                        "ETCD_DISK_FULL",
                        List.of("ETCD_PROCESS_DOWN")),
                arguments(
                        "P5: the data directory belongs to root",
                        aNode("n1").etcdDown().directoryIs(0700, "root", 40, 10, "rw", false),
                        Outcome.CONFIRMED,
                        "ETCD_DATA_DIR_PERMISSION",
                        List.of("ETCD_PROCESS_DOWN")),
                arguments(
                        "P5: the data directory may not be entered",
                        aNode("n1").etcdDown().directoryIs(0, "Ruby", 40, 10, "rw", false),
                        Outcome.CONFIRMED,
                        "ETCD_DATA_DIR_PERMISSION",
                        List.of("ETCD_PROCESS_DOWN")),
                arguments(
                        "P5: a loose mode that this etcd only warns about is no cause",
                        aNode("n1").directoryIs(0755, "Ruby", 40, 10, "rw", true),
                        Outcome.NO_FAULT_FOUND,
                        "NO_FAULT_FOUND",
                        List.of()),
                arguments(
                        "P6: the file system is read-only",
                        aNode("n1").etcdDown().directoryIs(0700, "Ruby", 40, 10, "ro", true),
                        Outcome.CONFIRMED,
                        "ETCD_DATA_DISK_FAULT",
                        List.of("ETCD_PROCESS_DOWN")),
                arguments(
                        "P6: the kernel names the device of the data directory",
                        aNode("n1").etcdDown().kernelSays("blk_update_request: I/O error, dev vdb2, sector 1", before),
                        Outcome.CONFIRMED,
                        "ETCD_DATA_DISK_FAULT",
                        List.of("ETCD_PROCESS_DOWN")),
                arguments(
                        "P1: restarted near the alarm",
                        aNode("n1").restartedAt(before),
                        Outcome.CONFIRMED,
                        "ETCD_PROCESS_RESTARTED",
                        List.of()),
                arguments(
                        "C4: nobody starts etcd",
                        aNode("n1").etcdDown().without("om_monitor").without("cron"),
                        Outcome.CONFIRMED,
                        "OM_MONITOR_DOWN",
                        List.of("ETCD_PROCESS_DOWN")),
                arguments(
                        "C4: the crontab entry is gone",
                        aNode("n1").etcdDown().without("om_monitor").noCrontabEntry(),
                        Outcome.CONFIRMED,
                        "OM_MONITOR_DOWN",
                        List.of("ETCD_PROCESS_DOWN")),
                arguments(
                        "C5: cm_agent killed etcd",
                        aNode("n1")
                                .restartedAt(before)
                                .cmAgentSays(
                                        "can't get majority etcd state, but local is unhealthy and leader, will kill"
                                                + " local etcd now.",
                                        before.minusSeconds(1)),
                        Outcome.CONFIRMED,
                        "ETCD_KILLED_BY_CM",
                        List.of("ETCD_PROCESS_RESTARTED")),
                arguments(
                        "B1: etcd's last words name the port",
                        aNode("n1")
                                .etcdDown()
                                .etcdSays(
                                        "fatal", "listen tcp 198.51.100.1:2380: bind: address already in use", before),
                        Outcome.CONFIRMED,
                        "ETCD_PORT_IN_USE",
                        List.of("ETCD_PROCESS_DOWN")));
    }

    @Test
    void callsAProcessThatIsDownTheCauseForCertainOnlyWhereItsReasonsWereLookedAt() {
        Judgement all = judgeNamed(aNode("n1").etcdDown());
        Judgement partly = judgeNamed(aNode("n1").etcdDown().dataDirectoryUnknown(Reading.Gap.TIMED_OUT));

        assertThat(all.verdict().cause() + " " + all.verdict().outcome()).isEqualTo("ETCD_PROCESS_DOWN CONFIRMED");
        assertThat(partly.verdict().cause() + " " + partly.verdict().outcome()).isEqualTo("ETCD_PROCESS_DOWN LIKELY");
        assertThat(partly.classifications().getFirst().reasons().orElseThrow().whyNot())
                .extracting(Text::en)
                .anyMatch(text -> text.contains("P4 (space of the data disk)"))
                .noneMatch(text -> text.startsWith("For a confirmation"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sickNodes")
    void namesTheCauseThatExplainsTheOthers(
            String fact, VerdictFixtures named, Outcome outcome, String cause, List<String> effects) {
        Verdict verdict = judgeNamed(named).verdict();

        assertThat(verdict.cause()).isEqualTo(new CauseCode(cause));
        assertThat(verdict.outcome()).isEqualTo(outcome);
        assertThat(verdict.effects()).extracting(CauseCode::value).containsAll(effects);
        assertThat(verdict.summary().in(Locale.ENGLISH)).doesNotContain("{{").isNotBlank();
        assertThat(verdict.summary().in(Locale.SIMPLIFIED_CHINESE))
                .isNotEqualTo(verdict.summary().en());
    }

    @Test
    void looksAtEveryRowOfAHealthyInstance() {
        assertThat(judgeNamed(aNode("n1")).notEvaluated()).isEmpty();
    }

    @Test
    void doesNotCallAnInstanceHealthyWhileARowCouldNotBeLookedAt() {
        Judgement judgement = judgeNamed(aNode("n1").markersUnknown(Gap.TIMED_OUT));

        assertThat(judgement.verdict().outcome()).isEqualTo(Outcome.UNDETERMINED);
        assertThat(judgement.notEvaluated())
                .extracting(Judgement.NotEvaluated::check)
                .containsExactly("P2");
    }

    @Test
    void letsAProcessThatRanThroughVouchForItsDiskWhereTheKernelLogIsClosed() {
        Judgement judgement = judgeNamed(aNode("n1").kernelLogUnknown(Gap.NOT_PERMITTED));

        assertThat(judgement.verdict().outcome()).isEqualTo(Outcome.NO_FAULT_FOUND);
    }

    @Test
    void doesNotBlameAMissingExecutableWhileEtcdRanThroughout() {
        Judgement judgement = judgeNamed(aNode("n1").executableIs(State.ABSENT, 0, false, false));

        assertThat(judgement.verdict().cause()).isNotEqualTo(new CauseCode("ETCD_BINARY_MISSING"));
        assertThat(classification(judgement, "ETCD_BINARY_MISSING").state()).isEqualTo(Classification.State.POSSIBLE);
    }

    @Test
    void letsOldLinesTestifyNothing() {
        var node = aNode("n1")
                .etcdSays(
                        "fatal",
                        "failed to save state and entries error: write /usr/local/etcd/member/wal/0.wal: no space left on"
                                + " device",
                        ALARM.minus(Duration.ofDays(1)));

        assertThat(judgeNamed(node).verdict().outcome()).isEqualTo(Outcome.NO_FAULT_FOUND);
    }

    @Test
    void letsTheLastWordsOfAProcessThatNeverRanAgainTestifyHoweverOld() {
        var node = aNode("n1")
                .etcdDown()
                .etcdSays(
                        "fatal",
                        "listen tcp 198.51.100.1:2380: bind: address already in use",
                        ALARM.minus(Duration.ofHours(5)));

        assertThat(judgeNamed(node).verdict().cause()).isEqualTo(new CauseCode("ETCD_PORT_IN_USE"));
    }

    @Test
    void readsTheLastWordsOfALoopThatWritesWithoutATime() {
        var node = aNode("n1").etcdDown();
        for (int i = 0; i < 4; i++) {
            node.omMonitorSays(
                    "run etcd command: /usr/local/core/app/bin/etcd -name etcd_7001", ALARM.minusSeconds(10 - i));
        }
        node.etcdSays("", "flag provided but not defined: -no-such-flag", ALARM.minus(Duration.ofDays(2)));

        assertThat(judgeNamed(node).verdict().cause()).isEqualTo(new CauseCode("ETCD_CONFIG_INVALID"));
    }

    @Test
    void doesNotLetAProcessThatWasStartedLaterVouchForTheTimeOfTheAlarm() {
        Judgement judgement = judgeNamed(aNode("n1").restartedAt(ALARM.plus(Duration.ofHours(1))));

        assertThat(judgement.verdict().outcome()).isEqualTo(Outcome.UNDETERMINED);
        assertThat(judgement.notEvaluated())
                .extracting(Judgement.NotEvaluated::check)
                .contains("P1");
    }

    @Test
    void namesThePeerThatIsAtFault() {
        Verdict verdict = judge(
                        aNode("n1"), aNode("n2").etcdDown().directoryIs(0700, "Ruby", 100, 10, "rw", true), aNode("n3"))
                .verdict();

        assertThat(verdict.cause()).isEqualTo(new CauseCode("ETCD_DISK_FULL"));
        assertThat(verdict.node()).contains(new NodeId("n2"));
    }

    @Test
    void namesWhatIsProvenOnAPeerBeforeWhatIsOnlyLikelyOnTheNamedNode() {
        Verdict verdict = judge(
                        aNode("n1").without("cm_agent").marker("cluster_manual_start", "x"),
                        aNode("n2").etcdDown().directoryIs(0700, "Ruby", 100, 10, "rw", true),
                        aNode("n3"))
                .verdict();

        assertThat(verdict.cause()).isEqualTo(new CauseCode("ETCD_DISK_FULL"));
        assertThat(verdict.others()).contains(new CauseCode("CLUSTER_STOPPED_MANUALLY"));
    }

    @Test
    void tellsTwoIndependentCausesBoth() {
        Verdict verdict = judgeNamed(aNode("n1")
                        .etcdDown()
                        .without("om_monitor")
                        .noCrontabEntry()
                        .directoryIs(0700, "Ruby", 100, 10, "rw", true))
                .verdict();

        assertThat(Stream.concat(Stream.of(verdict.cause()), verdict.others().stream()))
                .contains(new CauseCode("ETCD_DISK_FULL"), new CauseCode("OM_MONITOR_DOWN"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Obstacle.class,
            names = {
                "FAMILY_UNAVAILABLE",
                "HOST_KEY_UNKNOWN",
                "HOST_KEY_CHANGED",
                "HOST_KEY_REVOKED",
                "KEY_REJECTED",
                "LOGIN_NOT_CONFIGURED"
            })
    void callsOurOwnAccessOurOwnProblem(Obstacle obstacle) {
        Verdict verdict =
                judgeNamed(aNode("n1").notIn(obstacle, Optional.empty())).verdict();

        assertThat(verdict.cause()).isEqualTo(new CauseCode("PROBE_ACCESS"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Obstacle.class,
            names = {"CONNECT_REFUSED", "BANNER_MISSING", "CLOSED_BEFORE_BANNER", "AUTHENTICATION_STALLED"})
    void callsALoginThatFailsOnTheNodeTheNodesProblem(Obstacle obstacle) {
        Verdict verdict =
                judgeNamed(aNode("n1").notIn(obstacle, Optional.empty())).verdict();

        assertThat(verdict.cause()).isEqualTo(new CauseCode("VM_LOGIN_FAILED"));
    }

    @Test
    void callsANodeUnreachableOnlyLikelyFromOneVantagePoint() {
        Verdict verdict = judge(
                        aNode("n1").notIn(Obstacle.CONNECT_TIMED_OUT, Optional.of(false)),
                        aNode("n2").reachUnknown(Gap.TIMED_OUT),
                        aNode("n3").reachUnknown(Gap.TIMED_OUT))
                .verdict();

        assertThat(verdict.cause()).isEqualTo(new CauseCode("VM_UNREACHABLE"));
        assertThat(verdict.outcome()).isEqualTo(Outcome.LIKELY);
    }

    @Test
    void accusesNobodyWhenNoNodeAnswers() {
        Verdict verdict = judge(
                        aNode("n1").notIn(Obstacle.CONNECT_TIMED_OUT, Optional.of(false)),
                        aNode("n2").notIn(Obstacle.CONNECT_TIMED_OUT, Optional.of(false)),
                        aNode("n3").notIn(Obstacle.CONNECT_TIMED_OUT, Optional.of(false)))
                .verdict();

        assertThat(verdict.outcome()).isEqualTo(Outcome.UNDETERMINED);
    }

    static Stream<Arguments> nodesThatAreNotWell() {
        var before = ALARM.minusSeconds(120);
        return Stream.of(
                arguments("the view of the cluster is missing", aNode("n1").clusterStatusUnknown(Gap.TIMED_OUT)),
                arguments("a member is called down", aNode("n1").clusterSays("Down")),
                arguments(
                        "there is no leader",
                        aNode("n1").clusterSays("StateFollower", "StateFollower", "StateFollower")),
                arguments("om_monitor is gone", aNode("n1").without("om_monitor")),
                arguments("cm_agent is gone", aNode("n1").without("cm_agent")),
                arguments(
                        "the data disk is mounted read-only",
                        aNode("n1").directoryIs(0700, "Ruby", 40, 10, "ro", true)),
                arguments("etcd's own disk has errors", aNode("n1").kernelSays("Buffer I/O error on dev vdb2", before)),
                arguments(
                        "the leader was lost",
                        aNode("n1")
                                .etcdSays(
                                        "info",
                                        "raft.node: e8e5aa3e0acdf16b lost leader 6f840018249f939b at term 4",
                                        before)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("nodesThatAreNotWell")
    void doesNotSayThatAllIsWellWhile(String fact, VerdictFixtures named) {
        assertThat(judgeNamed(named).verdict().outcome()).isNotEqualTo(Outcome.NO_FAULT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"blk_update_request: I/O error, dev vdb20, sector 1", "EXT4-fs error (device sda1): bad"})
    void doesNotConfirmABrokenDiskByTheErrorsOfAnother(String line) {
        var node = aNode("n1").etcdDown().kernelSays(line, ALARM.minusSeconds(120));

        assertThat(judgeNamed(node).verdict().cause()).isEqualTo(new CauseCode("ETCD_PROCESS_DOWN"));
    }

    @Test
    void doesNotConfirmAFullDiskWhileEtcdRuns() {
        var node = aNode("n1").restartedAt(ALARM.minusSeconds(120)).directoryIs(0700, "Ruby", 100, 10, "rw", true);

        Judgement judgement = judgeNamed(node);

        assertThat(classification(judgement, "ETCD_DISK_FULL").state()).isEqualTo(Classification.State.LIKELY);
        assertThat(judgement.verdict().summary().en()).doesNotContain("does not run");
    }

    @Test
    void doesNotConfirmAStopWhileEtcdRuns() {
        var node = aNode("n1").restartedAt(ALARM.minusSeconds(120)).marker("etcd_manual_start", "");

        assertThat(classification(judgeNamed(node), "ETCD_STOPPED_MANUALLY").state())
                .isEqualTo(Classification.State.POSSIBLE);
    }

    @Test
    void doesNotConfirmAStopOfTheClusterWhileEtcdRuns() {
        var node = aNode("n1").marker("cluster_manual_start", "x").marker("etcd_manual_start", "");

        assertThat(classification(judgeNamed(node), "CLUSTER_STOPPED_MANUALLY").state())
                .isEqualTo(Classification.State.LIKELY);
    }

    @Test
    void accusesNobodyWhoseTurnDidNotCome() {
        Verdict verdict = judgeNamed(aNode("n1").notIn(Obstacle.NOT_TRIED, Optional.empty()))
                .verdict();

        assertThat(verdict.outcome()).isEqualTo(Outcome.UNDETERMINED);
    }

    @Test
    void classifiesEveryCauseOnce() {
        List<Classification> all = judgeNamed(aNode("n1").etcdDown()).classifications();

        assertThat(all)
                .extracting(Classification::cause)
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(20);
        assertThat(all.getFirst().cause()).isEqualTo(new CauseCode("ETCD_PROCESS_DOWN"));
    }

    @Test
    void bindsTheRepairToTheNode() {
        Judgement judgement = judgeNamed(aNode("n1").etcdDown().directoryIs(0700, "root", 40, 10, "rw", false));

        assertThat(judgement.remediation()).isNotEmpty();
        assertThat(judgement.remediation()).extracting(Step::order).first().isEqualTo(1);
        assertThat(judgement.remediation())
                .filteredOn(step -> step.command().isPresent())
                .extracting(step -> step.command().orElseThrow())
                .anySatisfy(command -> assertThat(command).contains(VerdictFixtures.DATA));
    }

    private static Classification classification(Judgement judgement, String cause) {
        return judgement.classifications().stream()
                .filter(c -> c.cause().equals(new CauseCode(cause)))
                .findFirst()
                .orElseThrow();
    }
}
