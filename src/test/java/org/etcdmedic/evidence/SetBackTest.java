package org.etcdmedic.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.etcdmedic.evidence.EvidenceFixtures.aCapture;
import static org.etcdmedic.evidence.EvidenceFixtures.anIdentity;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SetBackTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    /** A log whose lines were written at these seconds after noon. */
    private static List<LogLine> log(int... seconds) {
        var text = new LogText(ZoneId.of("Etc/UTC"), Duration.ZERO);
        NodeIdentity utc =
                LogWindowIT.identity(ZoneId.of("Etc/UTC"), anIdentity().ahead());
        return LogParser.parse(
                aCapture("log-window")
                        .text(Arrays.stream(seconds)
                                .mapToObj(second -> text.line(0, NOON.plusSeconds(second), "line"))
                                .collect(Collectors.joining("\n")))
                        .build(),
                NodeClock.of(Optional.of(utc)));
    }

    private static List<Long> straight(int... seconds) {
        List<LogLine> lines = log(seconds);
        Instant first = lines.getFirst().at().orElseThrow().minusSeconds(seconds[0]);
        return SetBack.straightened(lines, SetBack.in(lines)).stream()
                .map(line -> Duration.between(first, line.at().orElseThrow()).toSeconds())
                .toList();
    }

    @Test
    void movesWhatWasWrittenBeforeByAsMuchAsTheTimesFell() {
        assertThat(SetBack.in(log(1_000, 1_010, 400, 410))).containsExactly(new SetBack(2, Duration.ofSeconds(610)));
        assertThat(straight(1_000, 1_010, 400, 410)).containsExactly(390L, 400L, 400L, 410L);
    }

    @Test
    void addsUpClocksThatWereSetBackTwice() {
        assertThat(straight(1_000, 1_001, 700, 701, 500, 501)).containsExactly(498L, 499L, 499L, 500L, 500L, 501L);
    }

    @Test
    void seesAFallOfTheLastLine() {
        assertThat(SetBack.in(log(1_000, 1_010, 400))).hasSize(1);
    }

    @Test
    void takesOneLineOutOfOrderForALineOutOfOrder() {
        assertThat(SetBack.in(log(1_000, 1_010, 400, 1_020, 1_030))).isEmpty();
        assertThat(SetBack.in(log(1_000, 1_010, 980, 1_020))).isEmpty();
    }

    @Test
    void movesNothingForAnExcursionOrADateFromLongAgo() {
        assertThat(SetBack.in(log(1_000, 1_010, 400, 401, 1_020, 1_030))).isEmpty();
        assertThat(straight(1_000, 1_010, 400, 401, 1_020, 1_030)).startsWith(1_000L, 1_010L);
        assertThat(straight(1_000, 1_010, -90_000, -89_999)).startsWith(1_000L, 1_010L);
    }
}
