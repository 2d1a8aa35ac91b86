package org.etcdmedic.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.etcdmedic.verdict.VerdictFixtures.ALARM;
import static org.etcdmedic.verdict.VerdictFixtures.aNode;
import static org.etcdmedic.verdict.VerdictFixtures.unknown;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.etcdmedic.evidence.EvidenceWindow;
import org.etcdmedic.evidence.Metric;
import org.etcdmedic.evidence.Reading;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.knowledge.yaml.YamlKnowledge;
import org.etcdmedic.verdict.Verdict.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Row O4: what monitoring measured, when, and before or after etcd complained. */
class MetricVerdictTest {
    private static final Reasoner REASONER = new Reasoner(YamlKnowledge.shipped());
    private static final EvidenceWindow WINDOW =
            EvidenceWindow.around(ALARM, Duration.ofMinutes(10), Duration.ofMinutes(2));
    private static final Instant ROSE = ALARM.minusSeconds(300);

    private static Judgement judge(VerdictFixtures named) {
        return REASONER.judge(
                new NodeId("n1"),
                Stream.of(named, aNode("n2"), aNode("n3"))
                        .map(VerdictFixtures::testifies)
                        .toList(),
                WINDOW);
    }

    private static List<String> kinds(Judgement judgement) {
        return judgement.findings().stream().map(Finding::kind).toList();
    }

    private static VerdictFixtures complains(VerdictFixtures node, Instant at) {
        return node.etcdSays("warning", "sync duration of 1.4s, expected less than 1s", at);
    }

    private static VerdictFixtures lateHeartbeats(VerdictFixtures node, Instant from) {
        for (int i = 0; i < 3; i++) {
            node.etcdSays(
                    "warning",
                    "failed to send out heartbeat on time (exceeded the 1s timeout for 1.5s, to 8816eaa680e63c73)",
                    from.plusSeconds(8L * i));
        }
        return node;
    }

    @Test
    void findsNoFaultOnAMachineThatMonitoringShowsWell() {
        Judgement judgement = judge(aNode("n1").monitored());

        assertThat(judgement.verdict().outcome()).isEqualTo(Outcome.NO_FAULT_FOUND);
        assertThat(kinds(judgement)).contains("metrics-quiet");
    }

    @Test
    void needsNoMonitoringToFindNoFault() {
        assertThat(judge(aNode("n1")).verdict().outcome()).isEqualTo(Outcome.NO_FAULT_FOUND);
    }

    @ParameterizedTest
    @CsvSource({
        // device, etcd's complaint so many seconds after the rise (none: -), outcome, finding
        "vdb2,   40, CONFIRMED, metric-disk-slow-before",
        "vdb,    40, CONFIRMED, metric-disk-slow-before",
        "vdb2,    -, LIKELY,    metric-disk-slow-alone",
        "dm-0,   40, LIKELY,    metric-disk-slow-unplaced-before",
        "vdb2, -240, UNDETERMINED, metric-disk-slow-after"
    })
    void judgesADiskThatBecameSlow(String device, String complaint, Outcome outcome, String finding) {
        VerdictFixtures node = aNode("n1").monitored().measured("disk-write-latency", device, 0.002, 0.35, ROSE);
        if (!complaint.equals("-")) {
            complains(node, ROSE.plusSeconds(Long.parseLong(complaint)));
        }

        Judgement judgement = judge(node);

        assertThat(judgement.verdict().outcome()).isEqualTo(outcome);
        assertThat(kinds(judgement)).contains(finding);
        if (outcome != Outcome.UNDETERMINED) {
            assertThat(judgement.verdict().cause()).isEqualTo(new CauseCode("OVERLOAD_DISK_IO"));
        }
    }

    @Test
    void namesDiskValueInstantAndComplaint() {
        Judgement judgement = judge(complains(
                aNode("n1").monitored().measured("disk-write-latency", "vdb2", 0.002, 0.35, ROSE),
                ROSE.plusSeconds(40)));

        assertThat(judgement.findings())
                .filteredOn(f -> f.kind().equals("metric-disk-slow-before"))
                .singleElement()
                .satisfies(f -> assertThat(f.statement().en())
                        .contains("vdb2", "350 ms", "2.0 ms", "2026-11-22T10:35:03Z", "2026-11-22T10:35:43Z"))
                .satisfies(f -> assertThat(f.evidence()).isNotEmpty());
    }

    @Test
    void accusesNoDiskThatIsNotEtcds() {
        Judgement judgement = judge(aNode("n1").monitored().measured("disk-write-latency", "vdc1", 0.002, 0.35, ROSE));

        assertThat(judgement.verdict().outcome()).isEqualTo(Outcome.NO_FAULT_FOUND);
        assertThat(kinds(judgement)).contains("metric-disk-slow-elsewhere");
    }

    @Test
    void accusesNoDiskThatWasAlwaysSlow() {
        Judgement judgement = judge(complains(
                aNode("n1").monitored().measured("disk-write-latency", "vdb2", 0.34, 0.35, ROSE),
                ROSE.plusSeconds(40)));

        assertThat(judgement.verdict().outcome()).isNotEqualTo(Outcome.CONFIRMED);
        assertThat(kinds(judgement)).contains("metric-disk-slow-as-before");
    }

    @Test
    void takesASingleValueForABlip() {
        var points = Stream.iterate(
                        ALARM.minusSeconds(2_400), at -> at.isBefore(ALARM.plusSeconds(121)), at -> at.plusSeconds(15))
                .map(at -> new Metric.Point(at, at.equals(ALARM.minusSeconds(300)) ? 0.9 : 0.002))
                .toList();

        Judgement judgement = judge(aNode("n1")
                .monitored()
                .measured("disk-write-latency", List.of(new Metric.Series(Map.of("device", "vdb2"), points))));

        assertThat(judgement.verdict().outcome()).isEqualTo(Outcome.NO_FAULT_FOUND);
    }

    @Test
    void confirmsABusyProcessorOnlyWithLateHeartbeats() {
        Judgement alone = judge(aNode("n1").monitored().measured("cpu-busy", "", 0.3, 0.99, ROSE));
        Judgement both = judge(lateHeartbeats(
                aNode("n1").monitored().measured("cpu-busy", "", 0.3, 0.99, ROSE), ROSE.plusSeconds(20)));

        assertThat(alone.verdict().outcome()).isEqualTo(Outcome.LIKELY);
        assertThat(alone.verdict().cause()).isEqualTo(new CauseCode("OVERLOAD_CPU"));
        assertThat(both.verdict().outcome()).isEqualTo(Outcome.CONFIRMED);
        assertThat(both.verdict().cause()).isEqualTo(new CauseCode("OVERLOAD_CPU"));
        assertThat(both.verdict().effects()).contains(new CauseCode("OVERLOAD"));
    }

    @Test
    void seesTimeThatTheHostTookAway() {
        Judgement judgement = judge(
                lateHeartbeats(aNode("n1").monitored().measured("cpu-steal", "", 0, 0.4, ROSE), ROSE.plusSeconds(20)));

        assertThat(judgement.verdict().cause()).isEqualTo(new CauseCode("OVERLOAD_CPU"));
        assertThat(judgement.verdict().summary().en()).contains("40 % taken by the host");
    }

    @Test
    void seesMemoryThatRanOut() {
        Judgement judgement = judge(aNode("n1").monitored().measured("memory-available", "", 0.5, 0.01, ROSE));

        assertThat(judgement.verdict().outcome()).isEqualTo(Outcome.LIKELY);
        assertThat(judgement.verdict().cause()).isEqualTo(new CauseCode("OVERLOAD_MEMORY"));
    }

    @Test
    void takesWhatWasNotMeasuredForAGap() {
        Judgement judgement = judge(aNode("n1").monitored().metric("cpu-busy", unknown(Reading.Gap.OUTSIDE)));

        assertThat(judgement.verdict().outcome()).isEqualTo(Outcome.UNDETERMINED);
        assertThat(judgement.notEvaluated()).singleElement().satisfies(gap -> {
            assertThat(gap.check()).isEqualTo("O4");
            assertThat(gap.reason().en()).contains("cpu-busy: because");
        });
    }

    @Test
    void takesSeriesThatEndedBeforeTheAlarmForAGap() {
        var early = List.of(new Metric.Point(ALARM.minusSeconds(1_200), 0.1));

        Judgement judgement =
                judge(aNode("n1").monitored().measured("cpu-busy", List.of(new Metric.Series(Map.of(), early))));

        assertThat(judgement.notEvaluated())
                .singleElement()
                .satisfies(gap -> assertThat(gap.reason().en())
                        .contains("no value near the alarm, the last one is of 2026-11-22T10:20:03Z"));
    }

    @Test
    void takesItForAGapThatEtcdsDiskIsNotMeasured() {
        Judgement judgement = judge(aNode("n1").monitored().measured("disk-utilisation", "vdc", 0.1, 0.1, ALARM));

        assertThat(judgement.notEvaluated())
                .singleElement()
                .satisfies(gap -> assertThat(gap.reason().en())
                        .contains("the disk of etcd's data directory is not among those measured"));
    }

    @Test
    void takesAHoleForAGap() {
        var points = Stream.iterate(
                        ALARM.minusSeconds(2_400), at -> at.isBefore(ALARM.plusSeconds(121)), at -> at.plusSeconds(15))
                .filter(at -> at.isBefore(ALARM.minusSeconds(400)) || at.isAfter(ALARM.minusSeconds(100)))
                .map(at -> new Metric.Point(at, 0.1))
                .toList();

        Judgement judgement =
                judge(aNode("n1").monitored().measured("cpu-busy", List.of(new Metric.Series(Map.of(), points))));

        assertThat(judgement.notEvaluated())
                .singleElement()
                .satisfies(gap -> assertThat(gap.reason().en()).contains("no value from"));
    }

    @Test
    void takesSeveralMatchingSeriesForAGap() {
        var points = List.of(new Metric.Point(ALARM, 0.1));
        var twice = List.of(
                new Metric.Series(Map.of("job", "node"), points), new Metric.Series(Map.of("job", "other"), points));

        Judgement judgement = judge(aNode("n1").monitored().measured("cpu-busy", twice));

        assertThat(judgement.notEvaluated())
                .singleElement()
                .satisfies(gap -> assertThat(gap.reason().en()).contains("several series match"));
    }
}
