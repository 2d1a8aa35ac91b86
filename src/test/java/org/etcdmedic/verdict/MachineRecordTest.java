package org.etcdmedic.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.etcdmedic.verdict.VerdictFixtures.ALARM;
import static org.etcdmedic.verdict.VerdictFixtures.aNode;
import static org.etcdmedic.verdict.VerdictFixtures.known;
import static org.etcdmedic.verdict.VerdictFixtures.unknown;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.etcdmedic.evidence.Contact;
import org.etcdmedic.evidence.EvidenceWindow;
import org.etcdmedic.evidence.MachineRecord;
import org.etcdmedic.evidence.MachineRecord.Action;
import org.etcdmedic.evidence.MachineRecord.Migration;
import org.etcdmedic.evidence.MachineRecord.Server;
import org.etcdmedic.evidence.Reading;
import org.etcdmedic.evidence.Source;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.knowledge.yaml.YamlKnowledge;
import org.etcdmedic.probe.Reach;
import org.etcdmedic.verdict.Verdict.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows V1 to V3: what the compute API tells, joined with what the guest shows. */
class MachineRecordTest {
    private static final Reasoner REASONER = new Reasoner(YamlKnowledge.shipped());
    private static final EvidenceWindow WINDOW =
            EvidenceWindow.around(ALARM, Duration.ofMinutes(10), Duration.ofMinutes(2));
    private static final Instant DONE = ALARM.minusSeconds(200);
    private static final Source SOURCE = Source.line(new UUID(7, 7), 1);

    private static Judgement judge(VerdictFixtures named, AlarmTold told) {
        return REASONER.judge(
                new NodeId("n1"),
                Stream.of(named, aNode("n2"), aNode("n3"))
                        .map(VerdictFixtures::testifies)
                        .toList(),
                WINDOW,
                told);
    }

    private static VerdictFixtures blindTo(String gone, String node) {
        return aNode(node).reaches(gone, Contact.TIMED_OUT).seesDown(1);
    }

    private static Judgement judge(VerdictFixtures named) {
        return judge(named, AlarmTold.NOTHING);
    }

    private static MachineRecord record(String status, List<Action> actions, List<Migration> migrations) {
        return new MachineRecord(known(new Server(status, "", "")), known(actions), known(migrations));
    }

    private static Action action(String kind, boolean failed) {
        return new Action(kind, "req-1", "u-ops-7", DONE, Optional.of(DONE.plusSeconds(20)), failed, SOURCE);
    }

    private static MachineRecord did(String kind) {
        return record("ACTIVE", List.of(action(kind, false)), List.of());
    }

    private static Optional<Finding> finding(Judgement judgement, String kind) {
        return judgement.findings().stream().filter(f -> f.kind().equals(kind)).findFirst();
    }

    @ParameterizedTest
    @CsvSource({
        // what was done, the guest booted then, outcome, cause
        "evacuate,       true,  CONFIRMED, VM_MIGRATED",
        "migrate,        true,  CONFIRMED, VM_MIGRATED",
        "resize,         true,  CONFIRMED, VM_MIGRATED",
        "live-migration, false, LIKELY,    VM_MIGRATED",
        "reboot,         true,  CONFIRMED, VM_RESTARTED",
        "start,          true,  CONFIRMED, VM_RESTARTED"
    })
    void judgesByWhatWasDone(String kind, boolean booted, Outcome outcome, String cause) {
        VerdictFixtures node = aNode("n1").machine(did(kind));

        Verdict verdict =
                judge(booted ? node.bootedAt(DONE.plusSeconds(15)) : node).verdict();

        assertThat(verdict.outcome()).isEqualTo(outcome);
        assertThat(verdict.cause()).isEqualTo(new CauseCode(cause));
        if (cause.equals("VM_MIGRATED") && booted) {
            assertThat(verdict.effects()).contains(new CauseCode("VM_RESTARTED"));
        }
    }

    @Test
    void believesTheGuestThatItDidNotRestart() {
        // A soft reboot that the guest did not heed; the guest's own boot time refutes it.
        assertThat(judge(aNode("n1").machine(did("reboot"))).verdict().cause())
                .isNotEqualTo(new CauseCode("VM_RESTARTED"));
    }

    @Test
    void saysWhoAskedForARestart() {
        Judgement judgement = judge(aNode("n1")
                .machine(did("reboot"))
                .bootedAt(DONE.plusSeconds(15))
                .restartedAt(DONE.plusSeconds(40)));

        assertThat(judgement.verdict().outcome()).isEqualTo(Outcome.CONFIRMED);
        assertThat(judgement.verdict().cause()).isEqualTo(new CauseCode("VM_RESTARTED"));
        assertThat(finding(judgement, "compute-rebooted")
                        .orElseThrow()
                        .statement()
                        .en())
                .contains("u-ops-7");
        assertThat(finding(judgement, "compute-restart-not-asked")).isEmpty();
    }

    @Test
    void saysThatNobodyAskedForARestart() {
        Judgement judgement = judge(aNode("n1")
                .machine(record("ACTIVE", List.of(), List.of()))
                .bootedAt(DONE)
                .restartedAt(DONE.plusSeconds(40)));

        assertThat(judgement.verdict().cause()).isEqualTo(new CauseCode("VM_RESTARTED"));
        assertThat(finding(judgement, "compute-restart-not-asked")).isPresent();
    }

    @Test
    void tellsAMigrationOnceThatStandsAmongActionsAndMigrationsAndInTheAlarm() {
        var migration = new Migration(
                "live-migration", "completed", DONE.plusSeconds(1), Optional.of(DONE.plusSeconds(19)), SOURCE);
        MachineRecord record = record("ACTIVE", List.of(action("live-migration", false)), List.of(migration));
        var told = new AlarmTold(
                List.of(new AlarmTold.Event(AlarmTold.Kind.LIVE_MIGRATION, DONE.plusSeconds(30))), Optional.empty());

        Judgement judgement = judge(
                aNode("n1")
                        .machine(record)
                        .etcdSays("warning", "sync duration of 1.4s, expected less than 1s", DONE.plusSeconds(12)),
                told);

        assertThat(judgement.findings().stream()
                        .filter(f -> f.check().equals("V3") && f.kind().contains("migrated")))
                .singleElement()
                .satisfies(f -> assertThat(f.kind()).isEqualTo("compute-live-migrated-with-stall"));
        assertThat(judgement.verdict().outcome()).isEqualTo(Outcome.CONFIRMED);
    }

    @Test
    void accusesNoMigrationThatFailed() {
        Judgement judgement =
                judge(aNode("n1").machine(record("ACTIVE", List.of(action("live-migration", true)), List.of())));

        assertThat(judgement.verdict().outcome()).isEqualTo(Outcome.NO_FAULT_FOUND);
        assertThat(finding(judgement, "compute-action-failed")).isPresent();
    }

    @Test
    void tellsHowAnUnreachableMachineStands() {
        VerdictFixtures gone = aNode("n1")
                .notIn(Reach.Obstacle.CONNECT_TIMED_OUT, Optional.of(false))
                .machine(record("SHUTOFF", List.of(), List.of()));

        Judgement judgement = REASONER.judge(
                new NodeId("n1"),
                Stream.of(gone, blindTo("n1", "n2"), blindTo("n1", "n3"))
                        .map(VerdictFixtures::testifies)
                        .toList(),
                WINDOW);

        assertThat(judgement.verdict().outcome()).isEqualTo(Outcome.CONFIRMED);
        assertThat(judgement.verdict().cause()).isEqualTo(new CauseCode("VM_UNREACHABLE"));
        assertThat(finding(judgement, "compute-status-down")
                        .orElseThrow()
                        .statement()
                        .en())
                .contains("SHUTOFF");
    }

    @Test
    void doesNotBelieveAStoppedMachineThatOneCanLogInto() {
        Judgement judgement = judge(aNode("n1").machine(record("SHUTOFF", List.of(), List.of())));

        assertThat(finding(judgement, "compute-status-contradicts")).isPresent();
        assertThat(judgement.verdict().outcome()).isEqualTo(Outcome.NO_FAULT_FOUND);
    }

    @Test
    void takesAnApiThatCouldNotBeAskedForAGap() {
        var silent = new MachineRecord(
                unknown(Reading.Gap.OUTSIDE), unknown(Reading.Gap.OUTSIDE), unknown(Reading.Gap.OUTSIDE));

        Judgement judgement = judge(aNode("n1").machine(silent));

        assertThat(judgement.verdict().outcome()).isEqualTo(Outcome.UNDETERMINED);
        assertThat(judgement.notEvaluated())
                .singleElement()
                .satisfies(gap -> assertThat(gap.check()).isEqualTo("V3"));
    }

    @Test
    void needsNoListOfMigrationsWhenTheActionsAreKnown() {
        var record =
                new MachineRecord(known(new Server("ACTIVE", "", "")), known(List.of()), unknown(Reading.Gap.OUTSIDE));

        Judgement judgement = judge(aNode("n1").machine(record));

        assertThat(judgement.verdict().outcome()).isEqualTo(Outcome.NO_FAULT_FOUND);
        assertThat(finding(judgement, "compute-quiet")).isPresent();
    }
}
