package org.etcdmedic.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.etcdmedic.verdict.VerdictFixtures.ALARM;
import static org.etcdmedic.verdict.VerdictFixtures.LONG_AGO;
import static org.etcdmedic.verdict.VerdictFixtures.aNode;
import static org.etcdmedic.verdict.VerdictFixtures.known;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.etcdmedic.evidence.EvidenceWindow;
import org.etcdmedic.evidence.MachineRecord;
import org.etcdmedic.evidence.Source;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.knowledge.yaml.YamlKnowledge;
import org.etcdmedic.testing.SoundJudgement;
import org.etcdmedic.verdict.Classification.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows V2, V3 and B15 by the guest's own traces, alone and joined with what the alarm and the infrastructure tell. */
class GuestTraceVerdictTest {
    private static final Reasoner REASONER = new Reasoner(YamlKnowledge.shipped());
    private static final EvidenceWindow WINDOW =
            EvidenceWindow.around(ALARM, Duration.ofMinutes(10), Duration.ofMinutes(2));
    private static final Instant PAUSE = ALARM.minusSeconds(120);
    private static final Instant RESUMED = PAUSE.plusSeconds(9);
    private static final Instant BOOT = ALARM.minusSeconds(200);
    private static final String STALL = "node kernel: watchdog: BUG: soft lockup - CPU#0 stuck for 9s! [etcd:1]";
    private static final String JUMP = "node chronyd[612]: Forward time jump detected!";

    private static Judgement judge(VerdictFixtures named, VerdictFixtures peer, AlarmTold told) {
        Judgement judgement = REASONER.judge(
                new NodeId("n1"),
                Stream.of(named, peer, aNode("n3"))
                        .map(VerdictFixtures::testifies)
                        .toList(),
                WINDOW,
                told);
        SoundJudgement.check(judgement);
        return judgement;
    }

    private static Judgement judge(VerdictFixtures named) {
        return judge(named, busy("n2"), AlarmTold.NOTHING);
    }

    /** A node that writes each second. */
    private static VerdictFixtures busy(String node) {
        return aNode(node).writesButFrom(ALARM, ALARM);
    }

    private static VerdictFixtures silent() {
        return aNode("n1").writesButFrom(PAUSE, RESUMED);
    }

    private static AlarmTold told(AlarmTold.Kind kind) {
        return new AlarmTold(List.of(new AlarmTold.Event(kind, PAUSE)), Optional.empty());
    }

    private static List<String> kinds(Judgement judgement) {
        return judgement.findings().stream().map(Finding::kind).toList();
    }

    private static State state(Judgement judgement, String cause) {
        return judgement.classifications().stream()
                .filter(c -> c.cause().equals(new CauseCode(cause)))
                .findFirst()
                .orElseThrow()
                .state();
    }

    @Test
    void takesAStallAndASilenceOfTheSameLengthForALikelyMigration() {
        Judgement judgement = judge(silent().systemLogSays(STALL, RESUMED));

        assertThat(kinds(judgement)).contains("guest-paused");
        assertThat(state(judgement, "VM_MIGRATED")).isEqualTo(State.LIKELY);
    }

    @Test
    void isNeverSureByTheGuestAlone() {
        Judgement judgement = judge(silent().systemLogSays(STALL, RESUMED)
                .systemLogAdds(JUMP, RESUMED.plusSeconds(1))
                .systemLogAdds("kernel: clocksource: Switched to clocksource hpet", RESUMED)
                .systemLogAdds("kernel: hv_netvsc 0 eth0: Data path switched from VF", RESUMED));

        assertThat(state(judgement, "VM_MIGRATED")).isEqualTo(State.LIKELY);
    }

    @Test
    void takesSilenceAloneForAPossibility() {
        Judgement judgement = judge(silent());

        assertThat(kinds(judgement)).contains("guest-silent");
        assertThat(state(judgement, "VM_MIGRATED")).isEqualTo(State.POSSIBLE);
    }

    @Test
    void makesNothingOfASilenceThatAllNodesShare() {
        Judgement judgement = judge(silent(), aNode("n2").writesButFrom(PAUSE, RESUMED), AlarmTold.NOTHING);

        assertThat(kinds(judgement)).noneMatch(kind -> kind.startsWith("guest-"));
        assertThat(state(judgement, "VM_MIGRATED")).isEqualTo(State.NOT_EVALUATED);
    }

    @Test
    void makesNothingOfOneStallWithoutSilence() {
        Judgement judgement = judge(busy("n1").systemLogSays(STALL, RESUMED));

        assertThat(kinds(judgement)).contains("soft-lockup").noneMatch(kind -> kind.startsWith("guest-"));
    }

    @Test
    void takesTracesOfTwoKindsForAPossibility() {
        Judgement judgement =
                judge(busy("n1").systemLogSays(STALL, RESUMED).systemLogAdds(JUMP, RESUMED.plusSeconds(30)));

        assertThat(kinds(judgement)).contains("guest-pause-noticed");
        assertThat(state(judgement, "VM_MIGRATED")).isEqualTo(State.POSSIBLE);
    }

    @Test
    void forgetsOldTraces() {
        Instant old = WINDOW.from().minusSeconds(1);

        assertThat(kinds(judge(busy("n1").systemLogSays(STALL, old).systemLogAdds(JUMP, old))))
                .noneMatch(kind -> kind.startsWith("guest-") || kind.startsWith("clock-jump"));
    }

    @Test
    void leavesOutWhatBelongsToABoot() {
        Judgement judgement = judge(aNode("n1")
                .bootedAt(BOOT)
                .restartedAt(BOOT.plusSeconds(40))
                .systemLogSays("kernel: clocksource: Switched to clocksource kvm-clock", BOOT.plusSeconds(1))
                .systemLogAdds("chronyd[612]: System clock was stepped by 3600.1 seconds", BOOT.plusSeconds(60)));

        assertThat(kinds(judgement)).doesNotContain("guest-pause-noticed", "clock-jump-told");
    }

    @Test
    void confirmsWhatTheAlarmTells() {
        Judgement judgement =
                judge(silent().systemLogSays(STALL, RESUMED), busy("n2"), told(AlarmTold.Kind.LIVE_MIGRATION));

        assertThat(kinds(judgement)).contains("vm-live-migrated-felt");
        assertThat(state(judgement, "VM_MIGRATED")).isEqualTo(State.CONFIRMED);
    }

    @Test
    void confirmsNothingByTracesOfAnotherTime() {
        Judgement judgement = judge(
                busy("n1").systemLogSays(STALL, ALARM.plusSeconds(30)).systemLogAdds(JUMP, ALARM.plusSeconds(31)),
                busy("n2"),
                told(AlarmTold.Kind.LIVE_MIGRATION));

        assertThat(kinds(judgement)).contains("vm-live-migrated");
        assertThat(state(judgement, "VM_MIGRATED")).isEqualTo(State.LIKELY);
    }

    @Test
    void confirmsWhatTheInfrastructureTells() {
        var action = new MachineRecord.Action(
                "live-migration",
                "req-1",
                "u-ops-7",
                PAUSE.minusSeconds(30),
                Optional.of(RESUMED),
                false,
                Source.line(new UUID(7, 7), 1));
        Judgement judgement = judge(silent().machine(new MachineRecord(
                known(new MachineRecord.Server("ACTIVE", "", "")), known(List.of(action)), known(List.of()))));

        assertThat(kinds(judgement)).contains("compute-live-migrated-felt");
        assertThat(state(judgement, "VM_MIGRATED")).isEqualTo(State.CONFIRMED);
    }

    @Test
    void contradictsARestartThatTheGuestDidNotSee() {
        Judgement judgement = judge(aNode("n1"), aNode("n2"), told(AlarmTold.Kind.RESTART));

        assertThat(kinds(judgement)).contains("restart-not-in-guest");
        assertThat(state(judgement, "VM_RESTARTED")).isEqualTo(State.RULED_OUT);
    }

    @Test
    void agreesWithARestartThatTheGuestSaw() {
        Judgement judgement = judge(
                aNode("n1").bootedAt(PAUSE.plusSeconds(40)).restartedAt(PAUSE.plusSeconds(70)),
                aNode("n2"),
                told(AlarmTold.Kind.RESTART));

        assertThat(kinds(judgement)).contains("vm-restarted").doesNotContain("restart-not-in-guest");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sudo[99]: ops : USER=root ; COMMAND=/usr/sbin/reboot | boot-after-shutdown",
                "systemd-logind[700]: Power key pressed. | boot-after-shutdown",
                "kernel: Kernel panic - not syncing: Fatal exception | boot-after-panic"
            })
    void saysHowTheGuestEndedBeforeItsBoot(String line, String kind) {
        Judgement judgement = judge(aNode("n1")
                .bootedAt(BOOT)
                .restartedAt(BOOT.plusSeconds(40))
                .systemLogSays("node " + line, BOOT.minusSeconds(20)));

        assertThat(kinds(judgement)).contains("vm-restarted", kind);
        assertThat(judgement.findings().stream()
                        .filter(finding -> finding.kind().equals(kind))
                        .findFirst()
                        .orElseThrow()
                        .statement()
                        .en())
                .contains(line);
        assertThat(judgement.verdict().cause()).isEqualTo(new CauseCode("VM_RESTARTED"));
    }

    @Test
    void saysThatNoShutdownIsRecorded() {
        Judgement judgement = judge(aNode("n1")
                .bootedAt(BOOT)
                .restartedAt(BOOT.plusSeconds(40))
                .records(
                        "boot",
                        LONG_AGO.minusSeconds(60),
                        "shutdown",
                        LONG_AGO.minusSeconds(30),
                        "boot",
                        LONG_AGO,
                        "boot",
                        BOOT));

        assertThat(kinds(judgement)).contains("boot-without-shutdown");
        assertThat(judgement.verdict().outcome()).isEqualTo(Verdict.Outcome.CONFIRMED);
    }

    @Test
    void findsTheRecordedShutdownHoweverLongTheMachineWasOff() {
        Judgement judgement = judge(aNode("n1")
                .bootedAt(BOOT)
                .restartedAt(BOOT.plusSeconds(40))
                .records("boot", LONG_AGO, "shutdown", BOOT.minusSeconds(7_200), "boot", BOOT.plusSeconds(5)));

        assertThat(kinds(judgement)).contains("boot-after-shutdown");
    }

    @Test
    void makesNothingOfRecordsThatDoNotReachBack() {
        Judgement judgement = judge(
                aNode("n1").bootedAt(BOOT).restartedAt(BOOT.plusSeconds(40)).records("boot", BOOT));

        assertThat(kinds(judgement)).noneMatch(kind -> kind.startsWith("boot-"));
    }

    @Test
    void findsABootThatALaterOneHides() {
        Judgement judgement = judge(aNode("n1")
                .bootedAt(ALARM.plusSeconds(900))
                .restartedAt(ALARM.plusSeconds(940))
                .records("boot", LONG_AGO, "boot", BOOT, "boot", ALARM.plusSeconds(900)));

        assertThat(kinds(judgement)).contains("vm-restarted");
        assertThat(state(judgement, "VM_RESTARTED")).isEqualTo(State.CONFIRMED);
    }

    @Test
    void missesNothingWhereNoRecordsAreKept() {
        assertThat(judge(aNode("n1"), aNode("n2"), AlarmTold.NOTHING).verdict().outcome())
                .isEqualTo(Verdict.Outcome.NO_FAULT_FOUND);
    }

    @Test
    void doesNotClearAClockThatJumped() {
        Judgement judgement =
                judge(aNode("n1").systemLogSays("node chronyd[612]: System clock was stepped by 7.9 seconds", RESUMED));

        assertThat(kinds(judgement)).contains("clock-jump-told", "clock-right-since-jump");
        assertThat(state(judgement, "CLOCK_SKEW")).isEqualTo(State.POSSIBLE);
        assertThat(judgement.verdict().outcome()).isEqualTo(Verdict.Outcome.UNDETERMINED);
    }

    @Test
    void overlooksASmallCorrection() {
        Judgement judgement = judge(
                aNode("n1").systemLogSays("node chronyd[612]: System clock was stepped by 0.2 seconds", RESUMED),
                aNode("n2"),
                AlarmTold.NOTHING);

        assertThat(judgement.verdict().outcome()).isEqualTo(Verdict.Outcome.NO_FAULT_FOUND);
    }

    @Test
    void seesALogWhoseTimeRunsBack() {
        Judgement judgement =
                judge(aNode("n1").cmAgentSays("routine", PAUSE).cmAgentSays("routine", PAUSE.minusSeconds(30)));

        assertThat(kinds(judgement)).contains("clock-went-back", "clock-right-since-jump");
        assertThat(state(judgement, "CLOCK_SKEW")).isEqualTo(State.POSSIBLE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // what the alarm tells, whether the guest booted then, the finding, and what is made of it
                "COLD_MIGRATION | true  | vm-moved-and-booted         | CONFIRMED",
                "HA_FAILOVER    | true  | vm-moved-and-booted         | CONFIRMED",
                "COLD_MIGRATION | false | vm-moved-without-boot       | POSSIBLE",
                "HA_FAILOVER    | false | vm-moved-without-boot       | POSSIBLE",
                "LIVE_MIGRATION | true  | vm-live-migrated-and-booted | LIKELY",
                "LIVE_MIGRATION | false | vm-live-migrated            | LIKELY"
            })
    void joinsWhatTheAlarmTellsWithTheBootOfTheGuest(AlarmTold.Kind told, boolean booted, String finding, State state) {
        VerdictFixtures guest = aNode("n1");
        Judgement judgement = judge(
                booted ? guest.bootedAt(PAUSE.plusSeconds(40)).restartedAt(PAUSE.plusSeconds(70)) : guest,
                aNode("n2"),
                told(told));

        assertThat(kinds(judgement)).contains(finding);
        assertThat(state(judgement, "VM_MIGRATED")).isEqualTo(state);
        assertThat(state(judgement, "VM_RESTARTED")).isEqualTo(booted ? State.CONFIRMED : State.RULED_OUT);
    }

    @Test
    void tellsBootIdsBeforeAndAfter() {
        Judgement judgement = judge(
                aNode("n1")
                        .bootedAt(BOOT)
                        .restartedAt(BOOT.plusSeconds(40))
                        .journalHolds("a", LONG_AGO, BOOT.minusSeconds(30), "b", BOOT, ALARM),
                aNode("n2"),
                told(AlarmTold.Kind.HA_FAILOVER));

        assertThat(judgement.findings())
                .filteredOn(finding -> finding.kind().equals("vm-moved-and-booted"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.statement().en()).contains("b".repeat(32)));
        assertThat(judgement.verdict().cause()).isEqualTo(new CauseCode("VM_MIGRATED"));
        assertThat(judgement.verdict().effects())
                .contains(new CauseCode("VM_RESTARTED"), new CauseCode("ETCD_PROCESS_RESTARTED"));
    }

    @Test
    void seesByTheJournalThatOneBootRanOnWhereALaterBootHidesIt() {
        Judgement judgement = judge(
                aNode("n1")
                        .bootedAt(ALARM.plusSeconds(3_000))
                        .journalHolds(
                                "a",
                                LONG_AGO,
                                ALARM.plusSeconds(2_900),
                                "b",
                                ALARM.plusSeconds(3_000),
                                ALARM.plusSeconds(4_000)),
                aNode("n2"),
                told(AlarmTold.Kind.COLD_MIGRATION));

        assertThat(kinds(judgement)).contains("vm-moved-without-boot");
        assertThat(state(judgement, "VM_MIGRATED")).isEqualTo(State.POSSIBLE);
    }

    @Test
    void believesTheAlarmWhereTheGuestTellsNothingOfItsBoots() {
        Judgement judgement =
                judge(aNode("n1").bootedAt(ALARM.plusSeconds(3_000)), aNode("n2"), told(AlarmTold.Kind.COLD_MIGRATION));

        assertThat(kinds(judgement)).contains("vm-cold-migrated");
        assertThat(state(judgement, "VM_MIGRATED")).isEqualTo(State.CONFIRMED);
    }
}
