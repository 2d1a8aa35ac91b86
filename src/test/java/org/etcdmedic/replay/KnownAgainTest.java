package org.etcdmedic.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.etcdmedic.inventory.InstanceId;
import org.etcdmedic.probe.Capture;
import org.etcdmedic.verdict.Fingerprint;
import org.etcdmedic.verdict.Hallmark;
import org.etcdmedic.verdict.Judgement;
import org.etcdmedic.verdict.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What real nodes answered is known again: by whoever's alarm, and when the same happens to other nodes. */
class KnownAgainTest {
    private static final InstanceId REPLAY = new InstanceId("replay");

    static Stream<Path> recordings() throws IOException {
        return CaptureReplayTest.recordings();
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void isMarkedWithItsNodeWhereverACauseIsNamed(Path recording) throws IOException {
        Judgement judgement =
                CaptureReplayTest.judge(CaptureReplayTest.scenario(recording), CaptureReplayTest.captures(recording));
        boolean named = switch (judgement.verdict().outcome()) {
            case CONFIRMED, LIKELY -> true;
            case UNDETERMINED, NO_FAULT_FOUND -> false;
        };

        assertThat(judgement.hallmark().isPresent()).isEqualTo(named);
        judgement
                .hallmark()
                .ifPresent(found -> assertThat(found.nodes())
                        .contains(judgement.verdict().node().orElseThrow()));
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void isTheSameFaultWhicheverNodeTheAlarmNames(Path recording) throws IOException {
        List<Capture> captures = CaptureReplayTest.captures(recording);
        JsonNode scenario = CaptureReplayTest.scenario(recording);
        assumeTrue(scenario.path("alarm").path("vmEvents").isEmpty(), "the alarm tells of its own node only");
        Verdict first = CaptureReplayTest.judge(scenario, captures).verdict();
        Optional<Fingerprint> fingerprint = fingerprint(CaptureReplayTest.judge(scenario, captures));
        for (JsonNode node : scenario.path("instance").path("nodes")) {
            ((ObjectNode) scenario.path("alarm")).set("nodeId", node.path("nodeId"));
            Judgement again = CaptureReplayTest.judge(scenario, captures);
            // Of two faults that are as sure, the one of the named node is the verdict; that is another one then.
            boolean sameFault = again.verdict().cause().equals(first.cause())
                    && again.verdict().outcome() == first.outcome();
            if (sameFault) {
                assertThat(fingerprint(again)).as("named: " + node).isEqualTo(fingerprint);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "wal-corrupted, wal-corrupted-shanghai",
        "restarted, restarted-st-johns",
        "disk-full-zap, disk-full-others",
        "certificate-expired, peer-certificate-expired"
    })
    void isOfTheSameKindWhenRecordedTwice(String one, String other) throws IOException {
        assertThat(found(one).kind()).isEqualTo(found(other).kind());
    }

    /** The disk has room again when it is looked at: that it was the same file system, nobody has seen. */
    @Test
    void isNotTakenForTheSameKindWhereTheThingWasNotSeen() throws IOException {
        assertThat(found("disk-full-summer-time").kind())
                .isNotEqualTo(found("disk-full-zap").kind());
    }

    @Test
    void differsFromEveryOtherFault() throws IOException {
        Map<Fingerprint, TreeSet<String>> byFingerprint = new HashMap<>();
        for (Path recording : recordings().toList()) {
            Judgement judgement = CaptureReplayTest.judge(
                    CaptureReplayTest.scenario(recording), CaptureReplayTest.captures(recording));
            judgement
                    .hallmark()
                    .map(Hallmark::cause)
                    .ifPresent(cause -> byFingerprint
                            .computeIfAbsent(fingerprint(judgement).orElseThrow(), any -> new TreeSet<>())
                            .add(cause.value()));
        }
        assertThat(byFingerprint.values())
                .allSatisfy(causes -> assertThat(causes).hasSize(1));
        assertThat(found("inodes-full").kind())
                .isNotEqualTo(found("disk-full-zap").kind());
        assertThat(found("data-dir-owner").kind())
                .isNotEqualTo(found("data-dir-mode-000").kind());
        assertThat(found("certificate-expired").kind())
                .isNotEqualTo(found("certificate-key-unreadable").kind());
    }

    private static Fingerprint found(String name) throws IOException {
        Path recording = recordings()
                .filter(one -> one.getFileName().toString().equals(name))
                .findFirst()
                .orElseThrow();
        return fingerprint(CaptureReplayTest.judge(
                        CaptureReplayTest.scenario(recording), CaptureReplayTest.captures(recording)))
                .orElseThrow();
    }

    private static Optional<Fingerprint> fingerprint(Judgement judgement) {
        return judgement.hallmark().map(found -> Fingerprint.of(REPLAY, found));
    }
}
