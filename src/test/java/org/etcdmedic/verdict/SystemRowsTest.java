package org.etcdmedic.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.etcdmedic.verdict.VerdictFixtures.ALARM;
import static org.etcdmedic.verdict.VerdictFixtures.aNode;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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

/** Rows V2, O1, O2, O3 and O6: restarts of the machine, and a disk, a CPU or a memory that was too small. */
class SystemRowsTest {
    private static final Reasoner REASONER = new Reasoner(YamlKnowledge.shipped());
    private static final EvidenceWindow WINDOW =
            EvidenceWindow.around(ALARM, Duration.ofMinutes(10), Duration.ofMinutes(2));
    private static final Instant BEFORE = ALARM.minusSeconds(200);
    private static final String KILL = "Out of memory: Killed process 12497 (%s) total-vm:11944128kB, anon-rss:1kB";

    private static Judgement judge(VerdictFixtures named) {
        return REASONER.judge(
                new NodeId("n1"),
                Stream.of(named, aNode("n2"), aNode("n3"))
                        .map(VerdictFixtures::testifies)
                        .toList(),
                WINDOW);
    }

    private static VerdictFixtures slowSyncs(VerdictFixtures node, String... took) {
        for (int i = 0; i < took.length; i++) {
            node.etcdSays(
                    "warning", "sync duration of " + took[i] + ", expected less than 1s", BEFORE.plusSeconds(10L * i));
        }
        return node;
    }

    private static VerdictFixtures lateHeartbeats(VerdictFixtures node, int moments, Instant from) {
        for (int i = 0; i < moments; i++) {
            for (String peer : List.of("8816eaa680e63c73", "c8eccd97bed22939")) {
                node.etcdSays(
                        "warning",
                        "failed to send out heartbeat on time (exceeded the 1s timeout for 1.5s, to " + peer + ")",
                        from.plusSeconds(8L * i));
                node.etcdSays("warning", "server is likely overloaded", from.plusSeconds(8L * i));
            }
        }
        return node;
    }

    private static VerdictFixtures busy(VerdictFixtures node, String device, int... percents) {
        for (int i = 0; i < percents.length; i++) {
            node.cmAgentSays(
                    "device " + device + ", tot_ticks 889640579, cputime 1798651342, io util " + percents[i],
                    BEFORE.plusSeconds(10L * i));
        }
        return node;
    }

    static Stream<Arguments> sickNodes() {
        return Stream.of(
                arguments(
                        "V2: the machine was restarted, and etcd with it",
                        aNode("n1").bootedAt(BEFORE).restartedAt(BEFORE.plusSeconds(20)),
                        Outcome.CONFIRMED,
                        "VM_RESTARTED",
                        List.of("ETCD_PROCESS_RESTARTED")),
                arguments(
                        "V2: the machine was restarted, and etcd did not come back",
                        aNode("n1").bootedAt(BEFORE).etcdDown(),
                        Outcome.CONFIRMED,
                        "VM_RESTARTED",
                        List.of("ETCD_PROCESS_DOWN")),
                arguments(
                        "O1: several slow writes",
                        slowSyncs(aNode("n1"), "1.2s", "2.004393954s", "1.5s"),
                        Outcome.CONFIRMED,
                        "OVERLOAD_DISK_IO",
                        List.of()),
                arguments(
                        "O1: one write that outlasts the election timeout is only likely",
                        slowSyncs(aNode("n1"), "6.5s"),
                        Outcome.LIKELY,
                        "OVERLOAD_DISK_IO",
                        List.of()),
                arguments(
                        "O1 and O3: such a write on a disk that was busy",
                        busy(slowSyncs(aNode("n1"), "6.5s"), "vdb2", 100, 100),
                        Outcome.CONFIRMED,
                        "OVERLOAD_DISK_IO",
                        List.of()),
                arguments(
                        "O3: a busy disk alone",
                        busy(aNode("n1"), "vdb2", 100, 99),
                        Outcome.LIKELY,
                        "OVERLOAD_DISK_IO",
                        List.of()),
                arguments(
                        "O2: late heartbeats without a slow disk",
                        lateHeartbeats(aNode("n1"), 3, BEFORE),
                        Outcome.LIKELY,
                        "OVERLOAD",
                        List.of()),
                arguments(
                        "O2: late heartbeats while the disk is slow are the disk's effect",
                        lateHeartbeats(slowSyncs(aNode("n1"), "1.2s", "2.0s", "1.5s"), 3, BEFORE),
                        Outcome.CONFIRMED,
                        "OVERLOAD_DISK_IO",
                        List.of()),
                arguments(
                        "O6: the kernel killed etcd for memory",
                        aNode("n1").restartedAt(BEFORE.plusSeconds(1)).kernelSays(KILL.formatted("etcd"), BEFORE),
                        Outcome.CONFIRMED,
                        "OVERLOAD_MEMORY",
                        List.of("ETCD_PROCESS_RESTARTED")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sickNodes")
    void namesTheCauseThatExplainsTheOthers(
            String fact, VerdictFixtures named, Outcome outcome, String cause, List<String> effects) {
        Verdict verdict = judge(named).verdict();

        assertThat(verdict.cause()).isEqualTo(new CauseCode(cause));
        assertThat(verdict.outcome()).isEqualTo(outcome);
        assertThat(verdict.effects()).extracting(CauseCode::value).containsAll(effects);
    }

    private static Judgement judge(VerdictFixtures named, AlarmTold told) {
        return REASONER.judge(
                new NodeId("n1"),
                Stream.of(named, aNode("n2"), aNode("n3"))
                        .map(VerdictFixtures::testifies)
                        .toList(),
                WINDOW,
                told);
    }

    private static AlarmTold event(AlarmTold.Kind kind, Instant at) {
        return new AlarmTold(List.of(new AlarmTold.Event(kind, at)), Optional.empty());
    }

    static Stream<Arguments> toldByTheAlarm() {
        return Stream.of(
                arguments(
                        "V3: a live migration alone is only likely",
                        aNode("n1"),
                        event(AlarmTold.Kind.LIVE_MIGRATION, BEFORE),
                        Outcome.LIKELY,
                        "VM_MIGRATED"),
                arguments(
                        "V3: a live migration in which etcd stood still",
                        slowSyncs(aNode("n1"), "1.8s"),
                        event(AlarmTold.Kind.LIVE_MIGRATION, BEFORE.plusSeconds(20)),
                        Outcome.CONFIRMED,
                        "VM_MIGRATED"),
                arguments(
                        "V3: a rebuild by HA explains the restart",
                        aNode("n1").bootedAt(BEFORE).restartedAt(BEFORE.plusSeconds(20)),
                        event(AlarmTold.Kind.HA_FAILOVER, BEFORE),
                        Outcome.CONFIRMED,
                        "VM_MIGRATED"),
                arguments(
                        "V3: an event of yesterday testifies nothing",
                        aNode("n1"),
                        event(AlarmTold.Kind.COLD_MIGRATION, ALARM.minus(Duration.ofDays(1))),
                        Outcome.NO_FAULT_FOUND,
                        "NO_FAULT_FOUND"),
                arguments(
                        "M1: the management plane got nothing while etcd works",
                        aNode("n1"),
                        new AlarmTold(List.of(), Optional.of("")),
                        Outcome.LIKELY,
                        "OM_STATUS_UNAVAILABLE"),
                arguments(
                        "M1: the management plane got a status",
                        aNode("n1"),
                        new AlarmTold(List.of(), Optional.of("Normal")),
                        Outcome.NO_FAULT_FOUND,
                        "NO_FAULT_FOUND"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("toldByTheAlarm")
    void weighsWhatTheAlarmItselfTells(
            String fact, VerdictFixtures named, AlarmTold told, Outcome outcome, String cause) {
        Verdict verdict = judge(named, told).verdict();

        assertThat(verdict.cause()).isEqualTo(new CauseCode(cause));
        assertThat(verdict.outcome()).isEqualTo(outcome);
    }

    @Test
    void confirmsAMissingStatusByTheWordsOfTheOneWhoAsked() {
        var node = aNode("n1")
                .omSays("[GAUSS-50201] : The status file does not exist. Path: /usr/local/temp/a.dat.", BEFORE);

        Verdict both = judge(node, new AlarmTold(List.of(), Optional.of(""))).verdict();
        assertThat(both.cause()).isEqualTo(new CauseCode("OM_STATUS_UNAVAILABLE"));
        assertThat(both.outcome()).isEqualTo(Outcome.CONFIRMED);
        assertThat(judge(node).verdict().outcome())
                .describedAs("the line alone")
                .isEqualTo(Outcome.LIKELY);
    }

    @Test
    void takesAMissingStatusForAnEffectWhereEtcdHasLostItsQuorum() {
        Judgement judgement = REASONER.judge(
                new NodeId("n1"),
                Stream.of(
                                aNode("n1").withoutStatus().etcdDown(),
                                aNode("n2").etcdDown(),
                                aNode("n3").etcdDown())
                        .map(node -> node.withoutStatus().testifies())
                        .toList(),
                WINDOW,
                new AlarmTold(List.of(), Optional.of("")));

        assertThat(judgement.findings()).extracting(Finding::kind).contains("status-missing-without-quorum");
        assertThat(judgement.verdict().others()).isEmpty();
        assertThat(judgement.verdict().cause()).isEqualTo(new CauseCode("ETCD_PROCESS_DOWN"));
    }

    @Test
    void doesNotTakeAMachineThatWasStartedAfterTheAlarmForOneThatWasNotRestarted() {
        Judgement judgement = judge(aNode("n1").bootedAt(ALARM.plus(Duration.ofHours(1))));

        assertThat(judgement.notEvaluated())
                .extracting(Judgement.NotEvaluated::check)
                .contains("V2");
    }

    @Test
    void namesTheProcessorAndWhoUsesItWhereItIsStillBusy() {
        Judgement judgement = judge(lateHeartbeats(aNode("n1"), 3, BEFORE).busyNow(98, 9));

        assertThat(judgement.verdict().cause()).isEqualTo(new CauseCode("OVERLOAD_CPU"));
        assertThat(judgement.verdict().outcome()).isEqualTo(Outcome.LIKELY);
        assertThat(judgement.findings())
                .filteredOn(finding -> finding.kind().equals("cpu-busy-now"))
                .singleElement()
                .satisfies(finding ->
                        assertThat(finding.statement().en()).contains("stress-ng (pid 4800, backup, 180 % CPU)"));
    }

    @Test
    void doesNotLetTheLoadOfNowTestifyToThePast() {
        assertThat(judge(aNode("n1").busyNow(100, 30)).verdict().outcome()).isEqualTo(Outcome.NO_FAULT_FOUND);
    }

    @Test
    void letsSingleSymptomsConfirmNothing() {
        var node = busy(slowSyncs(lateHeartbeats(aNode("n1"), 1, BEFORE.minusSeconds(60)), "1.1s"), "vda1", 100, 100);

        assertThat(judge(node).verdict().outcome())
                .isNotEqualTo(Outcome.CONFIRMED)
                .isNotEqualTo(Outcome.LIKELY);
    }

    @Test
    void doesNotTakeTheDeathOfAnotherProcessForThatOfEtcd() {
        assertThat(state(judge(aNode("n1").kernelSays(KILL.formatted("gaussdb"), BEFORE)), "OVERLOAD_MEMORY"))
                .isEqualTo(Classification.State.POSSIBLE);
        assertThat(state(judge(aNode("n1").kernelSays(KILL.formatted("etcd"), BEFORE)), "OVERLOAD_MEMORY"))
                .describedAs("another user's etcd: ours ran throughout")
                .isEqualTo(Classification.State.POSSIBLE);
    }

    @Test
    void letsOldKillsTestifyNothing() {
        var node = aNode("n1").restartedAt(BEFORE).kernelSays(KILL.formatted("etcd"), ALARM.minus(Duration.ofDays(1)));

        assertThat(judge(node).verdict().cause()).isEqualTo(new CauseCode("ETCD_PROCESS_RESTARTED"));
    }

    @Test
    void readsTheKillLinesOfOldAndNewKernels() {
        for (String line : Arrays.asList(
                "Out of memory: Kill process 4711 (etcd) score 907 or sacrifice child",
                "Memory cgroup out of memory: Killed process 4711 (etcd) total-vm:1kB",
                "Nov 22 18:40:03 gaussdb-node-1 kernel: Killed process 4711 (etcd) total-vm:1kB",
                "Killed process 4711, UID 1000, (etcd) total-vm:1kB, anon-rss:1kB")) {
            assertThat(judge(aNode("n1").restartedAt(BEFORE).kernelSays(line, BEFORE))
                            .verdict()
                            .cause())
                    .describedAs(line)
                    .isEqualTo(new CauseCode("OVERLOAD_MEMORY"));
        }
    }

    @Test
    void doesNotTakeTheKillOfAnotherEtcdForTheEndOfThisOne() {
        String kill = KILL.formatted("etcd");
        VerdictFixtures stopped = aNode("n1")
                .etcdDown()
                .marker("etcd_manual_start", "")
                .kernelSays(kill, BEFORE)
                .etcdSays("notice", "received terminated signal, shutting down...", BEFORE.plusSeconds(9));
        VerdictFixtures killed = aNode("n1")
                .etcdDown()
                .kernelSays(kill, BEFORE)
                .etcdSays("warn", "sync duration of 1.2s, expected less than 1s", BEFORE.minusSeconds(9));

        assertThat(judge(stopped).verdict().cause()).isEqualTo(new CauseCode("ETCD_STOPPED_MANUALLY"));
        assertThat(state(judge(stopped), "OVERLOAD_MEMORY")).isNotEqualTo(Classification.State.CONFIRMED);
        assertThat(judge(killed).verdict().cause()).isEqualTo(new CauseCode("OVERLOAD_MEMORY"));
    }

    @Test
    void saysThatItCouldNotSeeWhetherMemoryRanOutWhereEtcdWasRestarted() {
        Judgement judgement = judge(aNode("n1").restartedAt(BEFORE).kernelLogUnknown(Gap.NOT_PERMITTED));

        assertThat(state(judgement, "OVERLOAD_MEMORY")).isNotEqualTo(Classification.State.CONFIRMED);
    }

    @ParameterizedTest
    @CsvSource({
        "2.004393954s, PT2.004393954S",
        "1m15.5s, PT1M15.5S",
        "237.5ms, PT0.2375S",
        "1h0m0s, PT1H",
        "2.1µs, PT0.0000021S",
        "12, ",
        "s, ",
        "1.5sthen, "
    })
    void readsGoDurations(String text, Duration expected) {
        assertThat(GoDuration.parse(text).orElse(null)).isEqualTo(expected);
    }

    private static Classification.State state(Judgement judgement, String cause) {
        return judgement.classifications().stream()
                .filter(c -> c.cause().equals(new CauseCode(cause)))
                .findFirst()
                .orElseThrow()
                .state();
    }
}
