package org.etcdmedic.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.etcdmedic.evidence.EvidenceFixtures.aCapture;
import static org.etcdmedic.evidence.EvidenceFixtures.anIdentity;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.etcdmedic.evidence.SystemLog.Line;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SystemLogParserTest {
    private static final String KERNEL =
            JavadocSample.all(SystemLogParser.class).get(0);
    private static final String SYSTEM =
            JavadocSample.all(SystemLogParser.class).get(1);

    private static List<Line> kernel(String text) {
        return SystemLogParser.kernel(aCapture("kernel-log").text(text).build(), Optional.of(anIdentity()))
                .orElseThrow()
                .lines();
    }

    private static List<Line> system(String text, Instant askedAt) {
        return SystemLogParser.system(
                        aCapture("system-log").text(text).at(askedAt).build(), Optional.of(anIdentity()))
                .orElseThrow()
                .lines();
    }

    @Test
    void countsTheKernelsSecondsFromBoot() {
        List<Line> lines = kernel(KERNEL);

        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst().at()).contains(anIdentity().bootedAt().plusNanos(1_203_445_566_000L));
        assertThat(lines.getFirst().text()).contains("EXT4-fs error");
        assertThat(lines.getLast().source().firstLine()).isEqualTo(2);
    }

    @Test
    void tellsWhetherItWasReadToItsEnd() {
        assertThat(kernelLog(KERNEL)).map(SystemLog::whole).contains(true);
        assertThat(kernelLog(KERNEL.replace("end\n", ""))).map(SystemLog::whole).contains(false);
        assertThat(systemLog(SYSTEM)).map(SystemLog::whole).contains(true);
        assertThat(systemLog(SYSTEM.replace("state read", "state unread")))
                .map(SystemLog::whole)
                .contains(false);
        assertThat(systemLog("file /var/log/messages\n")).map(SystemLog::whole).contains(false);
    }

    @Test
    void isNoKernelLogWhenNothingInItLooksLikeOne() {
        assertThat(kernelLog("x".repeat(5000))).isEmpty();
        assertThat(kernelLog("user ops\n\u001b[2J\n")).isEmpty();
        assertThat(kernelLog("end\n")).isPresent();
    }

    private static Optional<SystemLog> kernelLog(String text) {
        return SystemLogParser.kernel(aCapture("kernel-log").text(text).build(), Optional.of(anIdentity()));
    }

    private static Optional<SystemLog> systemLog(String text) {
        return SystemLogParser.system(aCapture("system-log").text(text).build(), Optional.of(anIdentity()));
    }

    @Test
    void correctsTheKernelsTimeByTheNodesClock() {
        NodeIdentity fast = withAhead(Duration.ofHours(1));
        SystemLog log = SystemLogParser.kernel(
                        aCapture("kernel-log").text(KERNEL).build(), Optional.of(fast))
                .orElseThrow();

        assertThat(log.lines().getFirst().at())
                .contains(anIdentity().bootedAt().plusNanos(1_203_445_566_000L).minus(Duration.ofHours(1)));
    }

    @ParameterizedTest
    @CsvSource({
        "'<6>[    1.5] x', 1500",
        "'[    1.500000][ T123] x', 1500",
        "'x without time',",
        "'[Sun Nov 22] x',",
        "'[',"
    })
    void readsStampsAsKernelsWriteThem(String line, Long millis) {
        Optional<Instant> at = kernel(line + "\nend\n").getFirst().at();

        assertThat(at).isEqualTo(Optional.ofNullable(millis).map(anIdentity().bootedAt()::plusMillis));
    }

    @Test
    void tellsAQuietKernelFromOneThatWasNotHeard() {
        assertThat(kernel("end\n")).isEmpty();
        assertThat(SystemLogParser.kernel(aCapture("kernel-log").text("").build(), Optional.empty()))
                .isEmpty();
    }

    @Test
    void readsTheSystemLogsSample() {
        List<Line> lines = system(SYSTEM, Instant.parse("2026-11-22T10:41:03Z"));

        assertThat(lines).hasSize(2);
        assertThat(lines.get(0).at()).contains(Instant.parse("2026-11-22T10:40:03Z"));
        assertThat(lines.get(1).at()).contains(Instant.parse("2026-11-22T10:40:03.112936Z"));
        assertThat(lines.get(0).source().firstLine()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "Dec 31 23:59:59, 2027-01-01T00:10:00Z, 2026-12-31T15:59:59Z",
        "Jan  1 00:00:01, 2026-12-31T16:10:00Z, 2026-12-31T16:00:01Z",
        "Nov  2 08:00:00, 2026-11-22T10:00:00Z, 2026-11-02T00:00:00Z",
        "Nov 22 18:00:30, 2026-11-22T10:00:00Z, 2026-11-22T10:00:30Z",
        "Nov 23 18:00:00, 2026-11-22T10:00:00Z, 2025-11-23T10:00:00Z",
        "Feb 29 12:00:00, 2026-11-22T10:00:00Z, 2024-02-29T04:00:00Z",
        "Feb 30 12:00:00, 2026-11-22T10:00:00Z,",
        "11月 22 18:40:03, 2026-11-22T10:41:00Z,"
    })
    void findsTheYearThatIsNotWritten(String stamp, Instant askedAt, Instant expected) {
        String text = "file /var/log/messages\n" + stamp + " host kernel: I/O error\nstate read\n";

        assertThat(system(text, askedAt).getFirst().at()).isEqualTo(Optional.ofNullable(expected));
    }

    @Test
    void keepsLinesWithoutAZoneButNotTheirTimes() {
        SystemLog log = SystemLogParser.system(
                        aCapture("system-log").text(SYSTEM).build(), Optional.empty())
                .orElseThrow();

        assertThat(log.lines().get(0).at()).isEmpty();
        assertThat(log.lines().get(1).at()).contains(Instant.parse("2026-11-22T10:40:03.112936Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "state absent\n", "state denied\n", "binary \0\u0001\u0002"})
    void isUnusableWhereNoFileWasRead(String text) {
        assertThat(SystemLogParser.system(aCapture("system-log").text(text).build(), Optional.of(anIdentity())))
                .isEmpty();
    }

    private static NodeIdentity withAhead(Duration ahead) {
        NodeIdentity right = anIdentity();
        return new NodeIdentity(
                right.user(),
                right.userId(),
                right.clock(),
                ahead,
                ZoneOffset.ofHours(8),
                right.bootedAt(),
                right.bootId(),
                right.hostName(),
                right.kernel(),
                right.ticksPerSecond(),
                Duration.ZERO);
    }
}
