package org.etcdmedic.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.etcdmedic.evidence.EvidenceFixtures.WINDOW;
import static org.etcdmedic.evidence.EvidenceFixtures.anIdentity;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.etcdmedic.evidence.LogDirectory.LogFile;
import org.junit.jupiter.api.Test;

class LogChoiceTest {
    private static LogDirectory directory(String path, LogFile... files) {
        return new LogDirectory(
                path,
                MarkerFiles.Directory.State.READABLE,
                List.of(files).stream()
                        .sorted(Comparator.comparing(LogFile::modifiedAt).reversed())
                        .toList());
    }

    private static LogFile file(String name, long bytes, String modifiedAt) {
        return new LogFile(name, bytes, Instant.parse(modifiedAt));
    }

    private static List<String> names(LogDirectory directory) {
        return LogChoice.chosen(directory, WINDOW, Optional.of(anIdentity())).stream()
                .map(LogFile::name)
                .toList();
    }

    @Test
    void takesTheFilesOfEtcdThatReachIntoTheWindowCompressedOnesToo() {
        LogDirectory etcd = directory(
                "/log/cm/etcd",
                file("etcd-current.log", 100, "2026-11-22T10:41:00Z"),
                file("etcd-2026-11-22_183500.log", 16_777_216, "2026-11-22T10:35:00Z"),
                file("etcd-2026-11-22_182600.log.gz", 1_000, "2026-11-22T10:26:00Z"),
                file("etcd-2026-11-22_170000.log.gz", 1_000, "2026-11-22T09:00:00Z"),
                file("core.12497", 1_000, "2026-11-22T10:40:00Z"));

        assertThat(LogChoice.covering(List.of(etcd), WINDOW, Optional.of(anIdentity())))
                .extracting(LogChoice::file)
                .containsExactly(
                        "/log/cm/etcd/etcd-current.log",
                        "/log/cm/etcd/etcd-2026-11-22_183500.log",
                        "/log/cm/etcd/etcd-2026-11-22_182600.log.gz");
    }

    @Test
    void leavesOutWhatBeganAfterTheWindow() {
        LogDirectory agent = directory(
                "/log/cm/cm_agent/",
                file("cm_agent-2026-11-22_220000-current.log", 10, "2026-11-22T15:00:00Z"),
                file("cm_agent-2026-11-22_120000.log", 10, "2026-11-22T14:00:00Z"),
                file("system_call-current.log", 10, "2026-11-22T14:30:00Z"));
        LogDirectory etcd = directory(
                "/log/cm/etcd",
                file("etcd-current.log", 10, "2026-11-22T15:00:00Z"),
                file("etcd-2026-11-22_220000.log", 10, "2026-11-22T14:00:00Z"));

        assertThat(names(agent)).containsExactly("cm_agent-2026-11-22_120000.log");
        assertThat(names(etcd)).containsExactly("etcd-2026-11-22_220000.log");
        assertThat(LogChoice.chosen(agent, WINDOW, Optional.empty())).hasSize(2);
    }

    @Test
    void takesTheNewestWhenNoneReachesIn() {
        LogDirectory monitor = directory(
                "/log/cm/om_monitor",
                file("om_monitor-2026-11-01_000000-current.log", 10, "2026-11-20T10:00:00Z"),
                file("om_monitor-2026-10-01_000000.log", 10, "2026-11-01T10:00:00Z"));

        assertThat(names(monitor)).containsExactly("om_monitor-2026-11-01_000000-current.log");
    }

    @Test
    void comparesByTheNodesClock() {
        NodeIdentity right = anIdentity();
        var fast = new NodeIdentity(
                right.user(),
                right.userId(),
                right.clock(),
                Duration.ofHours(2),
                right.zone(),
                right.bootedAt(),
                right.bootId(),
                right.hostName(),
                right.kernel(),
                right.ticksPerSecond(),
                Duration.ZERO);
        LogDirectory etcd = directory(
                "/log/cm/etcd",
                file("etcd-current.log", 10, "2026-11-22T12:41:00Z"),
                file("etcd-2026-11-22_190000.log", 10, "2026-11-22T11:00:00Z"));

        assertThat(names(etcd)).containsExactly("etcd-2026-11-22_190000.log");
        assertThat(LogChoice.chosen(etcd, WINDOW, Optional.of(fast)))
                .extracting(LogFile::name)
                .containsExactly("etcd-current.log");
    }

    @Test
    void takesEightAtMost() {
        var files = new ArrayList<LogFile>();
        for (int i = 10; i < 20; i++) {
            files.add(file("etcd-2026-11-22_1830" + i + ".log", 10, "2026-11-22T10:30:" + i + "Z"));
        }

        assertThat(names(directory("/data/etcdlog", files.toArray(LogFile[]::new))))
                .hasSize(8)
                .startsWith("etcd-2026-11-22_183019.log");
    }

    @Test
    void takesNothingWhereThereIsNothingOfAProgram() {
        assertThat(names(directory("/log/cm/etcd"))).isEmpty();
        assertThat(names(directory("/log/om", file("etcd.log", 1, "2026-11-22T10:40:00Z"))))
                .isEmpty();
    }

    @Test
    void staysWithinTheBudgetOfANodeAndGivesSmallLogsAllTheyNeed() {
        var flooded = new ArrayList<LogFile>();
        for (int i = 10; i < 20; i++) {
            flooded.add(file("etcd-2026-11-22_1830" + i + ".log", 1L << 30, "2026-11-22T10:30:" + i + "Z"));
        }
        LogDirectory etcd = directory("/log/cm/etcd", flooded.toArray(LogFile[]::new));
        LogDirectory monitor =
                directory("/log/cm/om_monitor", file("om_monitor-current.log", 100_000, "2026-11-22T10:40:00Z"));
        LogDirectory agent = directory(
                "/log/cm/cm_agent", file("cm_agent-2026-11-22_120000.log.gz", 9_000_000, "2026-11-22T10:40:00Z"));

        List<LogChoice> choices = LogChoice.covering(List.of(etcd, monitor, agent), WINDOW, Optional.of(anIdentity()));

        assertThat(choices.stream().mapToLong(LogChoice::bytes).sum())
                .isBetween(LogChoice.BUDGET - 100L, (long) LogChoice.BUDGET);
        assertThat(choices).hasSize(10);
        assertThat(choices.get(8).bytes()).isEqualTo(100_000 + 65_536);
        long ofEtcd = choices.stream().limit(8).mapToLong(LogChoice::bytes).sum();
        assertThat(choices.get(9).bytes()).isCloseTo((int) ofEtcd, Offset.offset(10));
    }

    @Test
    void tellsTheNodeTheWindowByItsOwnClock() {
        NodeIdentity right = anIdentity();
        var late = new NodeIdentity(
                right.user(),
                right.userId(),
                right.clock(),
                Duration.ofMinutes(-7),
                right.zone(),
                right.bootedAt(),
                right.bootId(),
                right.hostName(),
                right.kernel(),
                right.ticksPerSecond(),
                right.within());
        long alarm = WINDOW.alarmedAt().getEpochSecond() - 420;

        LogChoice choice = LogChoice.covering(
                        List.of(directory("/log/cm/etcd", file("etcd-current.log", 1, "2026-11-22T10:40:00Z"))),
                        WINDOW,
                        Optional.of(late))
                .getFirst();

        assertThat(choice.arguments())
                .containsEntry("alarm", Long.toString(alarm))
                .containsEntry("first", Long.toString(alarm - 180))
                .containsEntry("from", Long.toString(alarm - 15 * 60 - 5))
                .containsEntry("to", Long.toString(alarm + 5 * 60 + 6))
                .containsEntry("low", "28800")
                .containsEntry("high", "28800")
                .containsEntry("bytes", Integer.toString(65_537));
    }
}
