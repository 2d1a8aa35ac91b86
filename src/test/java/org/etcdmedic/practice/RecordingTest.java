package org.etcdmedic.practice;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.etcdmedic.practice.Recording.Answer;
import org.etcdmedic.practice.Recording.RecordedNode;
import org.etcdmedic.practice.Recording.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordingTest {
    private static final Instant VISITED = Instant.parse("2026-11-22T10:40:03Z");
    private static final String FILE = "/log/cm_agent-2026-11-22_184003-current.log";

    private final Recording recording = new Recording(
            new Scenario(
                    VISITED.plusSeconds(30),
                    new Recording.Alarm("a"),
                    new Recording.RecordedInstance(List.of(new RecordedNode("a", null, null, null)))),
            List.of(
                    answer("identity", Map.of(), VISITED, "now 1795344003"),
                    answer("log-window", Map.of("file", FILE, "bytes", "10"), VISITED.plusSeconds(2), "ten bytes."),
                    answer("log-window", Map.of("file", FILE, "bytes", "20"), VISITED.plusSeconds(2), "twenty")));

    private final TimeShift dayLater = TimeShift.to(VISITED.plusSeconds(86400), recording.visitedAt("a"));

    @Test
    void beginsWithTheFirstQuestionOfTheVisitAndNotWhenItWasWrittenDown() {
        assertThat(recording.visitedAt("a")).isEqualTo(VISITED);
    }

    @Test
    void tellsTheTimeOfNow() {
        assertThat(recording
                        .answer("a", "identity", Map.of(), dayLater)
                        .orElseThrow()
                        .text())
                .isEqualTo("now 1795430403");
    }

    @Test
    void findsAFileByTheTimeStampThatWasToldForIt() {
        Map<String, String> told = Map.of("file", dayLater.apply(FILE), "bytes", "20");
        assertThat(recording
                        .answer("a", "log-window", told, dayLater)
                        .orElseThrow()
                        .text())
                .isEqualTo("twenty");
    }

    @Test
    void hasNoAnswerToWhatWasNotAsked() {
        assertThat(recording.answer("a", "log-window", Map.of("file", "/etc/shadow", "bytes", "20"), dayLater))
                .isEmpty();
        assertThat(recording.answer("b", "identity", Map.of(), dayLater)).isEmpty();
    }

    @Test
    void theShippedOneHasThreeNodesThatAllAnswerAndAnAlarmAboutOneOfThem() {
        Recording shipped = Recording.shipped();
        List<String> nodes = shipped.scenario().instance().nodes().stream()
                .map(RecordedNode::nodeId)
                .toList();
        assertThat(nodes).hasSize(3).contains(shipped.scenario().alarm().nodeId());
        assertThat(nodes)
                .allSatisfy(node -> assertThat(shipped.answer(
                                node, "identity", Map.of(), TimeShift.to(Instant.now(), shipped.visitedAt(node))))
                        .isPresent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"etcd-limits", "load", "data-device"})
    void whatTellsNoTimeIsReplayedAsItWasRecorded(String probe) {
        Recording shipped = Recording.shipped();
        List<Answer> answers = shipped.captures().stream()
                .filter(answer -> answer.probe().equals(probe))
                .toList();

        assertThat(answers)
                .hasSize(3)
                .allSatisfy(
                        answer -> assertThat(yearLater(shipped, answer.nodeId()).apply(answer.text()))
                                .isEqualTo(answer.text()));
    }

    @Test
    void theLinesOfALogAreReplayedAsLinesOfNow() {
        Recording shipped = Recording.shipped();
        List<Answer> logs = shipped.captures().stream()
                .filter(answer -> answer.probe().equals("log-window")
                        && String.valueOf(answer.args().get("file")).contains("/etcd/"))
                .toList();

        assertThat(logs)
                .hasSize(3)
                .allSatisfy(log -> assertThat(yearLater(shipped, log.nodeId())
                                .apply(log.text())
                                .lines()
                                .filter(line -> line.startsWith("20"))
                                .toList())
                        .isNotEmpty()
                        .allSatisfy(line -> assertThat(line).startsWith("2027-11-2")));
    }

    private static TimeShift yearLater(Recording recording, String node) {
        Instant visited = recording.visitedAt(node);
        return TimeShift.to(visited.plus(Duration.ofDays(365)), visited);
    }

    private static Answer answer(String probe, Map<String, String> args, Instant startedAt, String text) {
        return new Answer("a", probe, args, startedAt, 0, text, null);
    }
}
