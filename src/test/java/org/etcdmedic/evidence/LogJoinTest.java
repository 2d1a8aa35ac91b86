package org.etcdmedic.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.etcdmedic.evidence.EvidenceFixtures.WINDOW;
import static org.etcdmedic.evidence.EvidenceFixtures.aCapture;
import static org.etcdmedic.evidence.EvidenceFixtures.anIdentity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LogJoinTest {
    private static final String OLD = "2026-11-22 17:00:00.000000 I | old\n";
    private static final String ONE = "2026-11-22 18:39:00.000001 I | one\n";
    private static final String TWO = "2026-11-22 18:39:00.000002 I | two\n";
    private static final String THREE = "2026-11-22 18:39:00.000003 I | three\n";
    private static final String NOISE = "proto: no coders for int\n";

    private static LogPart part(String name, String text, String end) {
        return LogPart.of(
                aCapture("log-window")
                        .argument("file", "/log/cm/etcd/" + name)
                        .text(text + "end " + end + "\n")
                        .build(),
                NodeClock.of(Optional.of(anIdentity())),
                WINDOW);
    }

    private static LogPart whole(String name, String text) {
        return part(name, text, "0 0 timed eof whole");
    }

    /** Of which the oldest part did not fit. */
    private static LogPart cut(String name, String text) {
        return part(name, text, "1 4096 timed eof front");
    }

    private static Log join(boolean noneOlder, LogPart... parts) {
        return LogJoin.join(Log.Program.ETCD, List.of(parts), WINDOW, true, noneOlder);
    }

    private static List<String> messages(Log log) {
        return log.lines().stream().map(LogLine::message).toList();
    }

    @Test
    void putsTheOldestFileFirst() {
        Log log = join(false, whole("etcd-current.log", THREE), whole("etcd-2026-11-22_183900.log", ONE + TWO));

        assertThat(messages(log)).containsExactly("one", "two", "three");
        assertThat(log.reachesBackTo()).contains(Instant.parse("2026-11-22T10:39:00.000001Z"));
    }

    @Test
    void leavesOutWhatStandsAtTheSeamTwice() {
        Log log = join(
                false,
                whole("etcd-current.log", TWO + NOISE + THREE),
                whole("etcd-2026-11-22_183900.log", ONE + TWO + NOISE));

        assertThat(messages(log)).containsExactly("one", "two", "proto: no coders for int", "three");
    }

    @Test
    void leavesOutAFileThatIsWhollyInTheOther() {
        Log log = join(
                false, whole("etcd-current.log", TWO + THREE), whole("etcd-2026-11-22_183901.log", ONE + TWO + THREE));

        assertThat(messages(log)).containsExactly("one", "two", "three");
    }

    @Test
    void keepsEqualLinesThatAreNotAtTheSeamOrHaveNoTime() {
        assertThat(messages(join(false, whole("a.log", ONE + TWO), whole("current.log", THREE + TWO))))
                .containsExactly("one", "two", "three", "two");
        assertThat(messages(join(false, whole("a.log", ONE + NOISE), whole("current.log", NOISE + TWO))))
                .hasSize(4);
    }

    @Test
    void dropsALineWhoseBeginningWasCutOff() {
        Log log = join(false, cut("etcd-current.log", "39:00.000001 I | one\n" + TWO));

        assertThat(messages(log)).containsExactly("two");
    }

    @Test
    void keepsAFirstLineThatIsWhole() {
        assertThat(messages(join(false, cut("etcd-current.log", ONE + TWO)))).containsExactly("one", "two");
    }

    @Test
    void keepsAnOnlyLineWhateverItIs() {
        assertThat(messages(join(false, cut("etcd-current.log", "x".repeat(50)))))
                .hasSize(1);
    }

    @Test
    void letsLinesInheritTheTimeOfTheFileBefore() {
        Log log = join(
                false,
                whole("etcd-current.log", "sh: etcd: Permission denied\n"),
                whole("etcd-2026-11-22_183900.log", ONE));

        assertThat(log.lines().getLast().at()).contains(Instant.parse("2026-11-22T10:39:00.000001Z"));
        assertThat(log.lines().getLast().ownTime()).isFalse();
    }

    @Test
    void inheritsNothingOverAGap() {
        Log log = join(false, cut("etcd-current.log", "ut\nsh: a\nsh: b\n"), whole("etcd-2026-11-22_183900.log", ONE));

        assertThat(log.lines().getLast().at()).isEmpty();
    }

    @Test
    void isCompleteOnceALineIsOlderThanTheWindow() {
        assertThat(join(false, cut("etcd-current.log", OLD + ONE)).complete()).isTrue();
        assertThat(join(false, whole("etcd-current.log", ONE)).complete()).isFalse();
        assertThat(join(true, whole("etcd-current.log", ONE)).complete()).isTrue();
        assertThat(join(true, cut("etcd-current.log", ONE)).complete()).isFalse();
    }

    @Test
    void isNotCompleteWithAGapBetweenFiles() {
        Log log = join(true, cut("etcd-current.log", THREE), whole("etcd-2026-11-22_183900.log", OLD + ONE));

        assertThat(log.complete()).isFalse();
    }

    @Test
    void isNotCompleteWhereAFileCouldNotBeRead() {
        Log log = LogJoin.join(Log.Program.ETCD, List.of(whole("etcd-current.log", OLD + ONE)), WINDOW, false, true);

        assertThat(log.complete()).isFalse();
    }

    @Test
    void isCompleteWhereTheWindowOpensInTheFile() {
        assertThat(join(false, part("etcd-current.log", ONE, "40960 0 timed eof whole"))
                        .complete())
                .isTrue();
    }

    @Test
    void isNotCompleteWhenTheMiddleOfTheWindowWasLeftOut() {
        Log log = join(
                true,
                part(
                        "etcd-current.log",
                        OLD + ONE + "etcd-medic: 8192 bytes left out\nsh: a\n" + TWO,
                        "40960 8192 timed on parts"));

        assertThat(log.complete()).isFalse();
        assertThat(log.toEnd()).isFalse();
        assertThat(log.lines()).hasSize(4);
        assertThat(log.lines().get(2).at()).isEmpty();
    }

    @Test
    void isNotCompleteWhenTheProbeDidNotComeToItsEnd() {
        LogPart torn = LogPart.of(
                aCapture("log-window")
                        .argument("file", "/log/cm/etcd/etcd-current.log")
                        .text(OLD + ONE + "end 0 0 timed")
                        .build(),
                NodeClock.of(Optional.of(anIdentity())),
                WINDOW);

        assertThat(join(true, torn).complete()).isFalse();
    }

    @Test
    void isNotCompleteWithoutATimeToSearchBy() {
        assertThat(join(true, part("etcd-current.log", NOISE, "40960 0 untimed eof whole"))
                        .complete())
                .isFalse();
        assertThat(join(true, part("etcd-current.log", NOISE, "0 0 untimed eof whole"))
                        .complete())
                .isTrue();
    }

    @Test
    void isNotCompleteWhenTheFileShrankOrWasDamaged() {
        for (String state : List.of("shrunk", "broken", "unread", "parts")) {
            assertThat(join(true, part("etcd-current.log", OLD + ONE, "0 0 timed eof " + state))
                            .complete())
                    .as(state)
                    .isFalse();
        }
    }

    @Test
    void findsTheOverlapOfManyEqualLinesInAMoment() {
        List<LogLine> older = whole("a.log", ONE.repeat(40_000)).lines();
        List<LogLine> newer = whole("b.log", ONE.repeat(39_999) + TWO).lines();

        assertThat(LogJoin.overlap(older, newer)).isEqualTo(39_999);
    }
}
