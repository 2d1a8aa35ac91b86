package org.etcdmedic.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.etcdmedic.evidence.EvidenceFixtures.NODE;
import static org.etcdmedic.evidence.EvidenceFixtures.aCapture;
import static org.etcdmedic.evidence.EvidenceFixtures.loggedIn;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.etcdmedic.probe.Capture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which lines lie in the window is decided by the second, in the node's zone and by a clock that is wrong. */
class WindowInZonesTest {
    private static final String FAULT = "wal: failed to allocate space (no space left on device)";

    @ParameterizedTest
    @CsvSource({
        "Asia/Shanghai, 2026-11-22T10:40:03Z, 420",
        "America/St_Johns, 2026-11-22T10:40:03Z, 420",
        "Asia/Kathmandu, 2026-11-22T10:40:03Z, -420",
        "Etc/UTC, 2026-11-22T10:40:03Z, 0",
        // Clocks go forward at 05:30Z on 8 March and back at 04:30Z on 1 November.
        "America/St_Johns, 2026-03-08T05:34:00Z, 420",
        "America/St_Johns, 2026-03-08T05:29:00Z, -420",
        "America/St_Johns, 2026-11-01T04:32:00Z, 420",
        "America/St_Johns, 2026-11-01T04:32:00Z, -420",
        "America/St_Johns, 2026-11-01T05:10:00Z, 0",
    })
    void aLineOneSecondOutsideDoesNotTestify(String zone, Instant alarm, long aheadSeconds) {
        EvidenceWindow window = EvidenceWindow.around(alarm, Duration.ofMinutes(10), Duration.ofMinutes(2));
        var text = new LogText(ZoneId.of(zone), Duration.ofSeconds(aheadSeconds));
        var log = new StringBuilder();
        // A node's log goes on all the time; without any line before, an hour that comes twice cannot be told apart.
        for (Instant at = window.from().minusSeconds(7_200); at.isBefore(window.from()); at = at.plusSeconds(60)) {
            log.append(text.line(0, at, "routine")).append('\n');
        }
        for (Instant at : List.of(
                window.from().minusSeconds(1),
                window.from(),
                alarm,
                window.to(),
                window.to().plusSeconds(1))) {
            log.append(text.line(
                            0, at, FAULT + " " + Duration.between(alarm, at).toSeconds()))
                    .append('\n');
        }

        List<LogLine> lines = read(zone, alarm, aheadSeconds, log.toString(), window);

        assertThat(lines.stream()
                        .filter(line -> line.at().filter(window::contains).isPresent())
                        .map(LogLine::message))
                .containsExactly(
                        "wal: failed to allocate space (no space left on device) -600",
                        "wal: failed to allocate space (no space left on device) 0",
                        "wal: failed to allocate space (no space left on device) 120");
    }

    @Test
    void anHourThatComesTwiceIsTheFirstWhereNothingStandsBefore() {
        Instant alarm = Instant.parse("2026-11-01T05:10:00Z");
        EvidenceWindow window = EvidenceWindow.around(alarm, Duration.ofMinutes(10), Duration.ofMinutes(2));
        String line = new LogText(ZoneId.of("America/St_Johns"), Duration.ZERO).line(0, alarm, FAULT);

        assertThat(read("America/St_Johns", alarm, 0, line + "\n", window)
                        .getFirst()
                        .at())
                .contains(alarm.minusSeconds(3_600));
    }

    @Test
    void theNodeIsAskedForTheWholeHourThatComesTwice() {
        Instant alarm = Instant.parse("2026-11-01T05:10:00Z");
        EvidenceWindow window = EvidenceWindow.around(alarm, Duration.ofMinutes(10), Duration.ofMinutes(2));

        NodeWindow asked = NodeWindow.of(window, Optional.of(identity("America/St_Johns", alarm, 0)));

        assertThat(Instant.ofEpochSecond(asked.from())).isEqualTo(Instant.parse("2026-11-01T03:30:00Z"));
        assertThat(asked.low()).isEqualTo(-12_600);
        assertThat(asked.high()).isEqualTo(-9_000);
    }

    @Test
    void anywhereOnEarthIsAskedForWhereTheZoneIsNotKnown() {
        NodeWindow asked = NodeWindow.of(EvidenceFixtures.WINDOW, Optional.empty());

        assertThat(asked.low()).isEqualTo(-43_200);
        assertThat(asked.high()).isEqualTo(50_400);
    }

    private static List<LogLine> read(String zone, Instant alarm, long ahead, String log, EvidenceWindow window) {
        Instant asked = alarm.plusSeconds(60);
        Instant nodeTime = asked.plusSeconds(ahead);
        String offset = DateTimeFormatter.ofPattern("xx", Locale.ROOT).format(nodeTime.atZone(ZoneId.of(zone)));
        Capture identity = aCapture("identity")
                .at(asked)
                .text("user Ruby\nuid 1001\nnow %d.0\nzone %s\nzone-name /usr/share/zoneinfo/%s\nbtime 1700000000\n"
                        .formatted(nodeTime.getEpochSecond(), offset, zone))
                .build();
        Capture lines = aCapture("log-window")
                .argument("file", "/log/cm/etcd/etcd-current.log")
                .text(log + "end 4096 0 timed eof whole\n")
                .build();
        return EvidenceReader.read(NODE, loggedIn(), List.of(identity, lines), window)
                .etcdLog()
                .known()
                .orElseThrow()
                .lines();
    }

    private static NodeIdentity identity(String zone, Instant alarm, long ahead) {
        NodeIdentity usual = EvidenceFixtures.anIdentity();
        return new NodeIdentity(
                usual.user(),
                usual.userId(),
                alarm,
                Duration.ofSeconds(ahead),
                ZoneId.of(zone),
                usual.bootedAt(),
                usual.bootId(),
                usual.hostName(),
                usual.kernel(),
                usual.ticksPerSecond(),
                usual.within());
    }
}
