package org.etcdmedic.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.etcdmedic.evidence.EvidenceFixtures.aCapture;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.etcdmedic.probe.Capture;
import org.etcdmedic.probe.Probe;
import org.etcdmedic.probe.ProbeId;
import org.etcdmedic.probe.yaml.YamlProbes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The probe {@code system-log} looks where lines of the window can be, in a directory that stands for {@code /var/log}. */
@EnabledOnOs(OS.LINUX)
class SystemLogIT {
    private static final Probe PROBE = YamlProbes.shipped().get(new ProbeId("system-log"));
    private static final Instant ALARM = Instant.parse("2026-11-22T10:40:03Z");
    private static final EvidenceWindow WINDOW =
            EvidenceWindow.around(ALARM, Duration.ofMinutes(10), Duration.ofMinutes(2));

    @TempDir
    Path home;

    private NodeIdentity identity;

    @BeforeEach
    void isOnANodeInShanghaiThatIsSevenMinutesAhead() throws Exception {
        identity = LogWindowIT.identity(ZoneId.of("Asia/Shanghai"), Duration.ofMinutes(7));
        Files.createDirectories(home.resolve("log"));
        Files.createDirectories(home.resolve("programs"));
    }

    /** A log that was last written at that time of ours, with one line of it. */
    private Path log(String name, String word, Instant at) throws Exception {
        Instant byNode = at.plus(identity.ahead());
        String line = byNode.atZone(identity.zone()).toOffsetDateTime() + " host kernel: Out of memory: " + word + "\n";
        Path file = home.resolve("log").resolve(name);
        try (var out = name.endsWith(".gz")
                ? new GZIPOutputStream(Files.newOutputStream(file))
                : Files.newOutputStream(file)) {
            out.write(line.getBytes(StandardCharsets.UTF_8));
        }
        return Files.setLastModifiedTime(file, FileTime.from(byNode));
    }

    private Capture.Answer ask() throws Exception {
        Map<String, String> arguments = LogChoice.systemLog(WINDOW, Optional.of(identity));
        String script =
                PROBE.script().replace("/var/log/", home + "/log/").replace("/run/log/journal", home + "/journal");
        Process process = new ProcessBuilder(
                        "env",
                        "-i",
                        "LC_ALL=C",
                        "PATH=" + home.resolve("programs") + ":/usr/bin:/bin",
                        PROBE.shell(),
                        "-c",
                        script)
                .redirectErrorStream(true)
                .start();
        try (var in = process.getOutputStream()) {
            for (String name : PROBE.arguments()) {
                in.write((arguments.get(name) + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return aCapture("system-log").text(said).at(ALARM.plusSeconds(30)).build();
    }

    private List<String> testifying(Capture.Answer answer) {
        return SystemLogParser.system(answer, Optional.of(identity)).orElseThrow().lines().stream()
                .filter(line -> line.at().filter(WINDOW::contains).isPresent())
                .map(line -> line.text().substring(line.text().lastIndexOf(' ') + 1))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "messages, messages-20261122",
        "messages, messages-20261122.gz",
        "syslog, syslog.1",
        "kern.log, kern.log.2.gz"
    })
    void takesTheRotatedFilesThatReachIntoTheWindow(String current, String rotated) throws Exception {
        log(current, "current", ALARM.plusSeconds(20));
        log(rotated, "rotated", ALARM.minusSeconds(300));
        log(current + "-20261120.gz", "older", ALARM.minus(Duration.ofDays(2)));

        Capture.Answer answer = ask();

        assertThat(testifying(answer)).containsExactly("rotated", "current");
        assertThat(answer.text()).doesNotContain("older").endsWith("state read\n");
    }

    @Test
    void letsNoLineTestifyThatLiesOutsideTheWindow() throws Exception {
        log("messages-20261121", "early", ALARM.minusSeconds(601));
        log("messages", "late", ALARM.plusSeconds(121));

        assertThat(testifying(ask())).isEmpty();
    }

    @Test
    void saysThatAFileOfTheWindowIsPackedInAWayThatCannotBeRead() throws Exception {
        log("messages-20261122.xz", "packed", ALARM.minusSeconds(300));
        log("messages", "late", ALARM.plusSeconds(300));

        assertThat(ask().text()).endsWith("state unread\n");
    }

    @Test
    void asksTheJournalForTheWindowByTheNodesOwnClock() throws Exception {
        Files.createDirectory(home.resolve("journal"));
        Path journal = home.resolve("programs").resolve("journalctl");
        Files.writeString(journal, "#!/bin/sh\necho \"Out of memory: $*\"\n");
        assertThat(journal.toFile().setExecutable(true)).isTrue();

        String said = ask().text();

        // Seven minutes ahead; five seconds of margin, one for what was cut off.
        assertThat(said)
                .contains("file /journal\n")
                .contains("--since @"
                        + ALARM.minusSeconds(600).plusSeconds(420 - 5).getEpochSecond())
                .contains("--until @"
                        + ALARM.plusSeconds(120).plusSeconds(420 + 5 + 1).getEpochSecond())
                .endsWith("state read\n");
    }
}
