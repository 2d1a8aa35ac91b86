package org.etcdmedic.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.etcdmedic.verdict.VerdictFixtures.ALARM;
import static org.etcdmedic.verdict.VerdictFixtures.aNode;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.etcdmedic.evidence.DataDevice.Block;
import org.etcdmedic.evidence.EtcdLimits.Group;
import org.etcdmedic.evidence.EvidenceWindow;
import org.etcdmedic.evidence.Pressure;
import org.etcdmedic.evidence.Pressure.Resource;
import org.etcdmedic.evidence.Reading.Gap;
import org.etcdmedic.evidence.SystemLoad;
import org.etcdmedic.evidence.SystemLoad.Consumer;
import org.etcdmedic.evidence.SystemLoad.Disk;
import org.etcdmedic.evidence.SystemLoad.Memory;
import org.etcdmedic.evidence.SystemLoad.Processors;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.knowledge.yaml.YamlKnowledge;
import org.etcdmedic.verdict.Classification.State;
import org.etcdmedic.verdict.Verdict.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows O1, O2, O3, O5, O6 and C10: which resource was short, of whom, and whether it still is. */
class OverloadTest {
    private static final Reasoner REASONER = new Reasoner(YamlKnowledge.shipped());
    private static final EvidenceWindow WINDOW =
            EvidenceWindow.around(ALARM, Duration.ofMinutes(10), Duration.ofMinutes(2));
    private static final Instant BEFORE = ALARM.minusSeconds(200);
    private static final Disk CALM = new Disk("vdb2", "254:18", 3, 5, 40, 1, 1);
    private static final Disk BUSY = new Disk("vdb2", "254:18", 100, 40, 85_504, 40, 230);
    private static final Disk SLOW = new Disk("vdb2", "254:18", 100, 4, 2_048, 950, 320);
    private static final Consumer DUMP =
            new Consumer(4711, "gs_dump", "backup", 12, 90_000, 0, OptionalLong.of(85_000), "folio_wait_bit");

    private static Judgement judge(VerdictFixtures named, VerdictFixtures... peers) {
        Stream<VerdictFixtures> others = peers.length == 0 ? Stream.of(aNode("n2"), aNode("n3")) : Stream.of(peers);
        return REASONER.judge(
                new NodeId("n1"),
                Stream.concat(Stream.of(named), others)
                        .map(VerdictFixtures::testifies)
                        .toList(),
                WINDOW);
    }

    private static SystemLoad load(Processors processors, Memory memory, Disk disk, Pressure... pressures) {
        return new SystemLoad(
                ALARM.plusSeconds(20), processors, memory, List.of(disk), List.of(pressures), List.of(DUMP), true);
    }

    private static Processors cpu(int busy, long running) {
        return new Processors(2, running, 0, busy, 0, 0, 0, 420);
    }

    private static final Memory ENOUGH = new Memory(8_000_000, 4_000_000, 0, 0);

    private static SystemLoad idle(Pressure... pressures) {
        return load(cpu(10, 1), ENOUGH, CALM, pressures);
    }

    private static SystemLoad withDisk(Disk disk) {
        return load(cpu(10, 1), ENOUGH, disk);
    }

    private static VerdictFixtures late(VerdictFixtures node, Instant last) {
        for (int i = 0; i < 3; i++) {
            node.etcdSays(
                    "warning",
                    "failed to send out heartbeat on time (exceeded the 1s timeout for 1.5s, to 8816eaa680e63c73)",
                    last.minusSeconds(8L * (2 - i)));
        }
        return node;
    }

    private static VerdictFixtures slow(VerdictFixtures node, String... took) {
        for (int i = 0; i < took.length; i++) {
            node.etcdSays(
                    "warning", "sync duration of " + took[i] + ", expected less than 1s", BEFORE.plusSeconds(9L * i));
        }
        return node;
    }

    private static Group group(String path, Map<String, Long> before, Map<String, Long> after, Pressure... pressures) {
        return new Group("v2", path, before, after, List.of(pressures), List.of());
    }

    private static Group throttled(int of10) {
        return group(
                "/system.slice/etcd.service",
                Map.of("cpu.stat nr_periods", 100L, "cpu.stat nr_throttled", 50L),
                Map.of(
                        "cpu.stat nr_periods", 110L,
                        "cpu.stat nr_throttled", 50L + of10,
                        "cpu.max quota", 20_000L,
                        "cpu.max period", 100_000L));
    }

    private static Pressure pressure(Resource resource, boolean whole, int last10, int last300) {
        return new Pressure(resource, whole, last10 * 100, last300 * 100, last300 * 100);
    }

    static Stream<Arguments> overloaded() {
        Instant now = ALARM.plusSeconds(10);
        return Stream.of(
                arguments(
                        "O5: late and saturated at one time",
                        late(aNode("n1"), now).loadIs(load(cpu(100, 9), ENOUGH, CALM)),
                        Outcome.LIKELY,
                        "OVERLOAD_CPU",
                        "cpu-busy-while-late"),
                arguments(
                        "O5: late minutes ago, and busy now",
                        late(aNode("n1"), BEFORE).loadIs(load(cpu(95, 9), ENOUGH, CALM)),
                        Outcome.LIKELY,
                        "OVERLOAD_CPU",
                        "cpu-busy-now"),
                arguments(
                        "O5: the host steals the time",
                        late(aNode("n1"), BEFORE).loadIs(load(new Processors(2, 1, 0, 60, 0, 35, 0, 50), ENOUGH, CALM)),
                        Outcome.LIKELY,
                        "OVERLOAD_CPU",
                        "cpu-stolen-now"),
                arguments(
                        "O5: etcd's own control group has no time left while the machine is idle",
                        late(aNode("n1"), now).limitedBy(throttled(9)),
                        Outcome.CONFIRMED,
                        "OVERLOAD_CPU",
                        "etcd-cpu-throttled-while-late"),
                arguments(
                        "O5: such a limit minutes after the last complaint",
                        late(aNode("n1"), BEFORE).limitedBy(throttled(9)),
                        Outcome.LIKELY,
                        "OVERLOAD_CPU",
                        "etcd-cpu-throttled"),
                arguments(
                        "O5: a writer makes the disk slow",
                        slow(aNode("n1"), "1.2s", "1.4s", "1.3s").loadIs(withDisk(SLOW)),
                        Outcome.CONFIRMED,
                        "OVERLOAD_DISK_IO",
                        "disk-slow-now"),
                arguments(
                        "O5: a busy disk is not a slow one",
                        slow(aNode("n1"), "1.2s").loadIs(withDisk(BUSY)),
                        Outcome.LIKELY,
                        "OVERLOAD_DISK_IO",
                        "disk-busy-now"),
                arguments(
                        "O5: memory pressure was there when etcd complained and is over",
                        late(aNode("n1"), BEFORE).loadIs(idle(pressure(Resource.MEMORY, true, 0, 30))),
                        Outcome.LIKELY,
                        "OVERLOAD_MEMORY",
                        "memory-pressure-lately"),
                arguments(
                        "O5: the processors were short when etcd complained and are not now",
                        late(aNode("n1"), BEFORE).loadIs(idle(pressure(Resource.CPU, false, 5, 70))),
                        Outcome.LIKELY,
                        "OVERLOAD_CPU",
                        "cpu-pressure-lately"),
                arguments(
                        "O5: memory is short for etcd's control group alone",
                        late(aNode("n1"), BEFORE)
                                .limitedBy(group("/a", Map.of(), Map.of(), pressure(Resource.MEMORY, true, 50, 50))),
                        Outcome.LIKELY,
                        "OVERLOAD_MEMORY",
                        "etcd-memory-pressure"),
                arguments(
                        "P6: the controller of etcd's disk does not answer",
                        aNode("n1")
                                .onDevices(new Block("nvme0n1", "259:0", Optional.empty()))
                                .kernelSays("nvme nvme0: I/O 123 QID 4 timeout, aborting", BEFORE)
                                .etcdDown(),
                        Outcome.LIKELY,
                        "ETCD_DATA_DISK_FAULT",
                        "disk-timeouts"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("overloaded")
    void tellsWhichResourceWasShort(String fact, VerdictFixtures named, Outcome outcome, String cause, String finding) {
        Judgement judgement = judge(named);

        assertThat(judgement.findings()).extracting(Finding::kind).contains(finding);
        assertThat(judgement.verdict().cause()).isEqualTo(new CauseCode(cause));
        assertThat(judgement.verdict().outcome()).isEqualTo(outcome);
    }

    @Test
    void makesNoCauseOfABusyMachineWhereOneRequestWasSlowLongBefore() {
        Judgement judgement = judge(aNode("n1")
                .etcdSays(
                        "warning",
                        "read-only range request \"key:\\\"health\\\" \" with result \"range_response_count:0 size:5\" took"
                                + " too long (1.5s) to execute",
                        BEFORE.minusSeconds(200))
                .loadIs(load(cpu(100, 30), ENOUGH, SLOW, pressure(Resource.CPU, false, 90, 1)))
                .limitedBy(throttled(10)));

        assertThat(judgement.findings()).extracting(Finding::kind).contains("cpu-busy-now", "disk-slow-now");
        assertThat(judgement.verdict().outcome()).isEqualTo(Outcome.UNDETERMINED);
        Stream.of("OVERLOAD_CPU", "OVERLOAD_DISK_IO")
                .forEach(cause -> assertThat(state(judgement, cause)).as(cause).isEqualTo(State.POSSIBLE));
        assertThat(judgement.remediation())
                .extracting(Step::id)
                .contains("measure-cpu-now", "complete-missing-evidence");
    }

    @Test
    void namesTheWriterInTheFindingAndInTheRepair() {
        Judgement judgement = judge(slow(aNode("n1"), "1.2s", "1.4s", "1.3s").loadIs(withDisk(SLOW)));

        String writer = "gs_dump (pid 4711, backup, 83.0 MiB/s)";
        String inChinese = "gs_dump（PID 4711，backup，83.0 MiB/s）";
        assertThat(finding(judgement, "disk-slow-now").statement().en()).contains(writer, "a write takes 950 ms");
        assertThat(finding(judgement, "disk-slow-now").statement().zhCn()).contains(inChinese);
        assertThat(judgement.remediation())
                .filteredOn(step -> step.id().equals("move-disk-load"))
                .singleElement()
                .satisfies(step -> {
                    assertThat(step.action().en()).contains(writer);
                    assertThat(step.action().zhCn()).contains(inChinese);
                });
        assertThat(judgement.verdict().summary().en()).contains("Now most is written by " + writer);
        assertThat(judgement.verdict().summary().zhCn()).contains(inChinese);
        assertThat(finding(judgement, "others-wait-for-disk").statement().en()).contains("folio_wait_bit");
        assertThat(judgement.findings()).extracting(Finding::kind).doesNotContain("load-high-unfelt");
    }

    @Test
    void bindsTheRepairToNobodyWhereNobodyWasSeen() {
        Judgement judgement = judge(slow(aNode("n1"), "1.2s", "1.4s", "1.3s"));

        assertThat(judgement.remediation())
                .filteredOn(step -> step.id().equals("move-disk-load"))
                .singleElement()
                .satisfies(step -> assertThat(step.action().en())
                        .contains("such as backups")
                        .doesNotContain("{{", "()"));
    }

    @Test
    void keepsControlCharactersOfAHostileNameOut() {
        var hostile = new Consumer(66, "x\u001b[31m\n\u202eroot", "nobody", 190, 9, 0, OptionalLong.empty(), "");
        var busy = new SystemLoad(
                ALARM.plusSeconds(20), cpu(99, 9), ENOUGH, List.of(CALM), List.of(), List.of(hostile), false);

        Judgement judgement = judge(late(aNode("n1"), BEFORE).loadIs(busy));

        assertThat(finding(judgement, "cpu-busy-now").statement().en()).doesNotContain("\u001b", "\n", "\u202e");
    }

    @Test
    void saysThatItIsOverWhereNothingIsShortAnyMore() {
        Judgement judgement = judge(slow(aNode("n1"), "1.2s", "1.4s", "1.3s").loadIs(idle()));

        assertThat(judgement.verdict().outcome()).isEqualTo(Outcome.CONFIRMED);
        assertThat(finding(judgement, "load-calm-now").statement().en()).contains("does not go on");
    }

    @Test
    void blamesNothingForABusyNodeOfWhichEtcdDidNotComplain() {
        Judgement judgement = judge(aNode("n1")
                .loadIs(load(
                        cpu(100, 30),
                        new Memory(8_000_000, 100_000, 0, 0),
                        SLOW,
                        pressure(Resource.CPU, false, 90, 90),
                        pressure(Resource.MEMORY, true, 90, 90)))
                .limitedBy(throttled(10)));

        assertThat(judgement.verdict().outcome()).isEqualTo(Outcome.NO_FAULT_FOUND);
        assertThat(finding(judgement, "load-high-unfelt").statement().en()).contains("gs_dump");
        assertThat(judgement.findings()).extracting(Finding::kind).contains("etcd-cpu-limited-unfelt");
        Stream.of("OVERLOAD_CPU", "OVERLOAD_MEMORY", "OVERLOAD_DISK_IO")
                .forEach(cause -> assertThat(state(judgement, cause)).as(cause).isNotEqualTo(State.LIKELY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "raft.node: 8e5e347553de5a8f lost leader 84e9c7d4d9589289 at term 5",
                "waiting for ReadIndex response took too long, retrying (sent-request-id: 7624490849847522115,"
                        + " retry-timeout: 500ms)"
            })
    void doesNotBlameTheProcessorsForReadsThatWaitedForALeader(String line) {
        Judgement judgement = judge(aNode("n1")
                .etcdSays("info", line, ALARM.minusSeconds(10))
                .etcdSays(
                        "warning",
                        "read-only range request \"key:\\\"health\\\" \" with result \"range_response_count:0 size:5\" took"
                                + " too long (1.5s) to execute",
                        ALARM)
                .loadIs(load(cpu(100, 30), ENOUGH, SLOW, pressure(Resource.CPU, false, 90, 90))));

        assertThat(finding(judgement, "load-high-unfelt").statement().en()).contains("gs_dump");
        assertThat(state(judgement, "OVERLOAD_CPU")).isNotIn(State.CONFIRMED, State.LIKELY);
    }

    @Test
    void doesNotBlameTheProcessorsForWhatTheDiskExplains() {
        var node = late(slow(aNode("n1"), "1.2s", "1.4s", "1.3s"), BEFORE.plusSeconds(20))
                .loadIs(load(cpu(100, 9), ENOUGH, SLOW, pressure(Resource.CPU, false, 90, 90)))
                .limitedBy(throttled(9));

        Judgement judgement = judge(node);

        assertThat(judgement.verdict().cause()).isEqualTo(new CauseCode("OVERLOAD_DISK_IO"));
        assertThat(state(judgement, "OVERLOAD_CPU")).isNotIn(State.CONFIRMED, State.LIKELY);
    }

    @Test
    void saysThatTheDiskIsWellAgainThoughTheProcessorsAreBusy() {
        Judgement judgement = judge(slow(aNode("n1"), "1.2s", "1.4s", "1.3s").loadIs(load(cpu(100, 9), ENOUGH, CALM)));

        assertThat(finding(judgement, "disk-calm-now").statement().en()).contains("does not go on");
        assertThat(judgement.verdict().cause()).isEqualTo(new CauseCode("OVERLOAD_DISK_IO"));
    }

    @Test
    void letsPressureOfLongAfterTheComplaintTestifyNothing() {
        var node = late(aNode("n1"), ALARM.minusSeconds(400)).loadIs(idle(pressure(Resource.MEMORY, true, 0, 50)));

        assertThat(judge(node).findings()).extracting(Finding::kind).doesNotContain("memory-pressure-lately");
    }

    @Test
    void confirmsNothingByTheHintThatAServerIsLikelyOverloaded() {
        var node = aNode("n1").busyNow(60, 1);
        for (int i = 0; i < 30; i++) {
            node.etcdSays("warning", "server is likely overloaded", BEFORE.plusSeconds(2L * i));
        }

        Verdict verdict = judge(node).verdict();

        assertThat(verdict.cause()).isEqualTo(new CauseCode("OVERLOAD"));
        assertThat(verdict.outcome()).isEqualTo(Outcome.LIKELY);
    }

    @Test
    void namesALeaderWithoutTimeWhereTheAlarmNamesAFollower() {
        Judgement judgement = judge(aNode("n1"), late(aNode("n2"), ALARM).limitedBy(throttled(9)), aNode("n3"));

        assertThat(judgement.verdict().cause()).isEqualTo(new CauseCode("OVERLOAD_CPU"));
        assertThat(judgement.verdict().node()).contains(new NodeId("n2"));
    }

    @Test
    void namesTheDiskBeforeTheRestartThatItBrought() {
        Judgement judgement = judge(slow(aNode("n1"), "1.2s", "1.4s", "1.3s")
                .restartedAt(BEFORE.plusSeconds(40))
                .loadIs(withDisk(SLOW)));

        assertThat(judgement.verdict().cause()).isEqualTo(new CauseCode("OVERLOAD_DISK_IO"));
        assertThat(state(judgement, "ETCD_PROCESS_RESTARTED")).isEqualTo(State.CONFIRMED);
    }

    @ParameterizedTest
    @CsvSource({
        // etcd's data lies on a volume of LVM on vdb2
        "dm-0, data-disk-busy",
        "vg0-data, data-disk-busy",
        "/dev/mapper/vg0-data, data-disk-busy",
        "vdb2, data-disk-busy",
        "vdb, data-disk-busy",
        "vdb1, shared-disk-busy",
        "vdc, other-disk-busy",
        "dm-1, other-disk-busy",
        "vdbb, other-disk-busy"
    })
    void knowsEtcdsDiskByAllItsNames(String device, String finding) {
        for (String line : List.of(
                "device " + device + ", tot_ticks 889640579, cputime 1798651342, io util 100",
                "device " + device + ", [Cpu util: 37%], [Io util: 100%]")) {
            var node = aNode("n1")
                    .onDevices(
                            new Block("dm-0", "252:0", Optional.of("vg0-data")),
                            new Block("vdb2", "254:18", Optional.empty()),
                            new Block("vdb", "254:16", Optional.empty()))
                    .cmAgentSays(line, BEFORE)
                    .cmAgentSays(line, BEFORE.plusSeconds(10));

            Judgement judgement = judge(node);

            assertThat(judgement.findings()).extracting(Finding::kind).as(line).contains(finding);
            assertThat(judgement.verdict().outcome())
                    .as(line)
                    .isEqualTo(
                            switch (finding) {
                                case "data-disk-busy" -> Outcome.LIKELY;
                                case "other-disk-busy" -> Outcome.NO_FAULT_FOUND;
                                default -> Outcome.UNDETERMINED;
                            });
        }
    }

    @Test
    void tellsAnotherPartitionOfTheDiskWithoutAProbeOfItsOwn() {
        String line = "device vdb1, tot_ticks 889640579, cputime 1798651342, io util 100";

        assertThat(judge(aNode("n1").cmAgentSays(line, BEFORE)).findings())
                .extracting(Finding::kind)
                .contains("shared-disk-busy");
    }

    static Stream<Arguments> kills() {
        String group =
                "Memory cgroup out of memory: Killed process 7 (%s) total-vm:1kB, UID:%d pgtables:9kB oom_score_adj:0";
        String machine = "Out of memory: Killed process 7 (%s) total-vm:1kB, UID:%d pgtables:9kB oom_score_adj:0";
        return Stream.of(
                arguments(machine.formatted("etcd", 1000), "oom-killed-etcd", "OVERLOAD_MEMORY"),
                arguments(group.formatted("etcd", 1000), "oom-killed-etcd-in-group", "OVERLOAD_MEMORY"),
                arguments(machine.formatted("etcd", 1777), "oom-killed-other", "ETCD_PROCESS_RESTARTED"),
                arguments(machine.formatted("gaussdb", 1000), "oom-killed-other", "ETCD_PROCESS_RESTARTED"),
                arguments(group.formatted("java", 33), "oom-killed-other-in-group", "ETCD_PROCESS_RESTARTED"),
                arguments(
                        "earlyoom[5]: sending SIGTERM to process 7 uid 1000 \"etcd\": badness 900, VmRSS 812 MiB",
                        "oom-daemon-killed-etcd",
                        "OVERLOAD_MEMORY"),
                arguments(
                        "earlyoom[5]: sending SIGTERM to process 7 uid 33 \"java\": badness 900, VmRSS 812 MiB",
                        "oom-daemon-killed-other",
                        "ETCD_PROCESS_RESTARTED"),
                arguments(
                        "systemd-oomd[600]: Killed /system.slice/etcd.service due to memory pressure for /system.slice being 71.24% > 60.00% for > 20s",
                        "oom-daemon-killed-etcd", "OVERLOAD_MEMORY"),
                arguments(
                        "systemd-oomd[600]: Killed /user.slice due to memory used (9 of 10)",
                        "oom-daemon-killed-other",
                        "ETCD_PROCESS_RESTARTED"));
    }

    @ParameterizedTest
    @MethodSource("kills")
    void tellsWhoseEndTheMemoryWas(String line, String finding, String cause) {
        var node = aNode("n1")
                .restartedAt(BEFORE.plusSeconds(1))
                .limitedBy(group("/system.slice/etcd.service", Map.of(), Map.of()))
                .systemLogSays(line, BEFORE);

        Judgement judgement = judge(node);

        assertThat(judgement.findings())
                .filteredOn(f -> f.node().equals(new NodeId("n1")))
                .extracting(Finding::kind)
                .contains(finding)
                .doesNotContain("system-log-quiet");
        assertThat(judgement.verdict().cause()).isEqualTo(new CauseCode(cause));
    }

    /** Silence of what was cut short is no silence. */
    @Test
    void callsNoLogQuietThatWasNotReadToItsEnd() {
        var node = aNode("n1").restartedAt(BEFORE.plusSeconds(1)).logsCutShort();

        assertThat(judge(node).findings())
                .filteredOn(f -> f.node().equals(new NodeId("n1")))
                .anySatisfy(f -> {
                    assertThat(f.check()).isEqualTo("O6");
                    assertThat(f.state()).isEqualTo(Finding.State.NOT_EVALUATED);
                    assertThat(f.statement().en()).contains("neither log was read to its end");
                })
                .extracting(Finding::kind)
                .doesNotContain("system-log-quiet", "data-disk-fine");
    }

    @ParameterizedTest
    @CsvSource({"-601", "121", "-86400"})
    void letsNoLineOfTheMachineTestifyThatLiesOutsideTheWindow(int seconds) {
        Instant at = ALARM.plusSeconds(seconds);
        for (String line : List.of(
                "Out of memory: Killed process 4711 (etcd) total-vm:1kB",
                "EXT4-fs error (device vdb): ext4_find_entry:1455: reading directory lblock 0",
                "nvme nvme0: I/O 12 QID 4 timeout, aborting",
                "INFO: task etcd:4711 blocked for more than 120 seconds.",
                "watchdog: BUG: soft lockup - CPU#0 stuck for 22s!")) {
            Judgement silent = judge(aNode("n1").restartedAt(BEFORE));

            assertThat(judge(aNode("n1").restartedAt(BEFORE).systemLogSays(line, at)))
                    .describedAs(line)
                    .extracting(Judgement::verdict)
                    .isEqualTo(silent.verdict());
            assertThat(judge(aNode("n1").restartedAt(BEFORE).kernelSays(line, at))
                            .findings())
                    .describedAs(line)
                    .extracting(Finding::kind)
                    .isEqualTo(silent.findings().stream().map(Finding::kind).toList());
        }
    }

    @Test
    void knowsTheManagersEndFromEtcds() {
        Judgement judgement = judge(aNode("n1")
                .kernelSays(
                        "Out of memory: Killed process 7 (om_monitor) total-vm:1kB, UID:1000 pgtables:9kB", BEFORE));

        assertThat(judgement.findings()).extracting(Finding::kind).contains("oom-killed-manager");
        assertThat(judgement.verdict().outcome()).isEqualTo(Outcome.LIKELY);
    }

    @Test
    void knowsAZombieOfEtcdByItsNumberWhateverItsNameHasBecome() {
        var node = aNode("n1").etcdDown().process("etcd", 'Z', BEFORE);
        long pid = node.testifies()
                .evidence()
                .processes()
                .known()
                .orElseThrow()
                .processes()
                .getLast()
                .pid();
        node.kernelSays("Out of memory: Killed process " + pid + " (raft-worker) total-vm:1kB", BEFORE);

        assertThat(judge(node).findings()).extracting(Finding::kind).contains("oom-killed-etcd");
    }

    @Test
    void takesTheCounterOfKillsForAHintOnlyWhereTheKernelIsSilenced() {
        Group counted = group("/a", Map.of(), Map.of("memory.events oom_kill", 2L));
        var node = aNode("n1").restartedAt(BEFORE).limitedBy(counted);

        assertThat(judge(node).findings()).extracting(Finding::kind).doesNotContain("oom-kills-counted");
        assertThat(judge(node.kernelLogUnknown(Gap.NOT_PERMITTED)).findings())
                .extracting(Finding::kind)
                .contains("oom-kills-counted");
        assertThat(judge(aNode("n1").limitedBy(counted).kernelLogUnknown(Gap.NOT_PERMITTED))
                        .findings())
                .as("an etcd that ran on")
                .extracting(Finding::kind)
                .doesNotContain("oom-kills-counted");
    }

    private static Finding finding(Judgement judgement, String kind) {
        return judgement.findings().stream()
                .filter(finding -> finding.kind().equals(kind))
                .findFirst()
                .orElseThrow(() -> new AssertionError(kind + " is not among "
                        + judgement.findings().stream().map(Finding::kind).toList()));
    }

    private static State state(Judgement judgement, String cause) {
        return judgement.classifications().stream()
                .filter(c -> c.cause().equals(new CauseCode(cause)))
                .findFirst()
                .orElseThrow()
                .state();
    }
}
