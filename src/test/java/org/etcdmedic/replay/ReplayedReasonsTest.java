package org.etcdmedic.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.etcdmedic.probe.Capture;
import org.etcdmedic.testing.SoundJudgement;
import org.etcdmedic.verdict.Judgement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Each recording judged once more: its reasons are sound, they stand on what was captured, and the order does not matter. */
class ReplayedReasonsTest {
    private static final int SHUFFLES = 3;

    static Stream<Path> recordings() throws IOException {
        return CaptureReplayTest.recordings();
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void givesReasonsThatStandOnWhatWasCaptured(Path recording) throws IOException {
        List<Capture> captures = CaptureReplayTest.captures(recording);

        Judgement judgement = CaptureReplayTest.judge(CaptureReplayTest.scenario(recording), captures);

        SoundJudgement.check(judgement);
        SoundJudgement.checkEvidence(
                judgement, captures.stream().map(Capture::id).collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void judgesTheSameInWhateverOrderTheCapturesCome(Path recording) throws IOException {
        JsonNode scenario = CaptureReplayTest.scenario(recording);
        List<Capture> captures = CaptureReplayTest.captures(recording);
        Judgement judgement = CaptureReplayTest.judge(scenario, captures);
        for (int i = 0; i < SHUFFLES; i++) {
            var shuffled = new ArrayList<>(captures);
            Collections.shuffle(shuffled, new Random(i));
            assertThat(CaptureReplayTest.judge(scenario, shuffled)).isEqualTo(judgement);
        }
    }
}
