package org.etcdmedic.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.etcdmedic.verdict.VerdictFixtures.ALARM;
import static org.etcdmedic.verdict.VerdictFixtures.aNode;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.etcdmedic.evidence.EvidenceWindow;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.knowledge.yaml.YamlKnowledge;
import org.junit.jupiter.api.Test;

/** The story of all nodes around the alarm. */
class TimelineTest {
    private static final Reasoner REASONER = new Reasoner(YamlKnowledge.shipped());
    private static final EvidenceWindow WINDOW =
            EvidenceWindow.around(ALARM, Duration.ofMinutes(10), Duration.ofMinutes(2));
    private static final Instant BEFORE = ALARM.minusSeconds(180);
    private static final String SLOW = "sync duration of 2.3s, expected less than 1s";

    private static Timeline timeline(AlarmTold told, VerdictFixtures... nodes) {
        return REASONER.judge(
                        new NodeId("n1"),
                        Stream.of(nodes).map(VerdictFixtures::testifies).toList(),
                        WINDOW,
                        told)
                .timeline()
                .orElseThrow();
    }

    private static List<Moment> of(Timeline timeline, String what) {
        return timeline.moments().stream().filter(m -> m.what().equals(what)).toList();
    }

    @Test
    void gathersTheSameComplaintOfOneStretchIntoOneMoment() {
        VerdictFixtures node = aNode("n1");
        for (int i = 0; i < 5; i++) {
            node.etcdSays("warning", SLOW, BEFORE.plusSeconds(3L * i));
        }
        node.etcdSays("warning", SLOW, BEFORE.plusSeconds(90));

        assertThat(of(timeline(AlarmTold.NOTHING, node, aNode("n2"), aNode("n3")), "wal-slow-fsync"))
                .extracting(Moment::at, Moment::until, Moment::count, Moment::lane, Moment::kind)
                .containsExactly(
                        tuple(BEFORE, BEFORE.plusSeconds(12), 5, Moment.Lane.LOAD, Moment.Kind.SYMPTOM),
                        tuple(
                                BEFORE.plusSeconds(90),
                                BEFORE.plusSeconds(90),
                                1,
                                Moment.Lane.LOAD,
                                Moment.Kind.SYMPTOM));
    }

    @Test
    void tellsTheNodesOneAfterTheOtherAsTimeWentBy() {
        Timeline timeline = timeline(
                new AlarmTold(
                        List.of(new AlarmTold.Event(AlarmTold.Kind.LIVE_MIGRATION, BEFORE.minusSeconds(5))),
                        Optional.empty()),
                aNode("n1").etcdSays("warning", SLOW, BEFORE),
                aNode("n2").etcdSays("info", "1a2b3c4d became leader at term 7", BEFORE.plusSeconds(20)));

        assertThat(timeline.moments()).isSortedAccordingTo(Comparator.comparing(Moment::at));
        assertThat(timeline.moments())
                .extracting(moment -> moment.node().value() + " " + moment.lane())
                .containsSubsequence("n1 MACHINE", "n1 LOAD", "n2 ETCD");
        assertThat(timeline.leftOut()).isZero();
    }

    @Test
    void leadsEachMomentToTheFindingThatTellsTheSame() {
        Timeline timeline = timeline(AlarmTold.NOTHING, aNode("n1").etcdSays("warning", SLOW, BEFORE), aNode("n2"));

        assertThat(of(timeline, "wal-slow-fsync")).singleElement().satisfies(moment -> {
            assertThat(moment.finding()).isPresent();
            assertThat(moment.evidence()).hasSize(1);
            assertThat(moment.text().in(Locale.ENGLISH)).contains("2.3s");
            assertThat(moment.text().in(Locale.CHINESE)).contains("2.3s");
        });
    }

    @Test
    void leavesOldLinesOut() {
        assertThat(of(
                        timeline(AlarmTold.NOTHING, aNode("n1").etcdSays("warning", SLOW, ALARM.minusSeconds(7200))),
                        "wal-slow-fsync"))
                .isEmpty();
    }

    @Test
    void leavesOutWhatTellsLeastWhenThereIsTooMuch() {
        VerdictFixtures node = aNode("n1");
        for (int i = 0; i < Chronicle.LONGEST; i++) {
            node.etcdSays(
                    "info",
                    "1a2b3c4d became follower at term " + i,
                    ALARM.minusSeconds(500).plusMillis(900L * i));
        }
        node.etcdSays("warning", SLOW, ALARM.plusSeconds(10));

        Timeline timeline = timeline(AlarmTold.NOTHING, node, aNode("n2"), aNode("n3"));

        assertThat(timeline.moments()).hasSize(Chronicle.LONGEST);
        assertThat(timeline.leftOut()).isPositive();
        assertThat(of(timeline, "wal-slow-fsync")).hasSize(1);
    }
}
