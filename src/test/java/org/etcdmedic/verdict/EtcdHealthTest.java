package org.etcdmedic.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.etcdmedic.evidence.EtcdHealth.Word.HEALTHY;
import static org.etcdmedic.evidence.EtcdHealth.Word.REFUSED;
import static org.etcdmedic.evidence.EtcdHealth.Word.SILENT;
import static org.etcdmedic.evidence.EtcdHealth.Word.UNHEALTHY;
import static org.etcdmedic.verdict.VerdictFixtures.ALARM;
import static org.etcdmedic.verdict.VerdictFixtures.aNode;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.etcdmedic.evidence.EvidenceWindow;
import org.etcdmedic.evidence.Reading.Gap;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.knowledge.yaml.YamlKnowledge;
import org.etcdmedic.probe.Reach.Obstacle;
import org.etcdmedic.verdict.Verdict.Outcome;
import org.junit.jupiter.api.Test;

/** What etcd says of itself, from each node: row B10, and the alarms and member lists of etcd. The alarm names n1. */
class EtcdHealthTest {
    private static final Reasoner REASONER = new Reasoner(YamlKnowledge.shipped());

    private static Judgement judge(VerdictFixtures... nodes) {
        return REASONER.judge(
                new NodeId("n1"),
                Stream.of(nodes).map(VerdictFixtures::testifies).toList(),
                EvidenceWindow.around(ALARM, Duration.ofMinutes(10), Duration.ofMinutes(2)));
    }

    private static VerdictFixtures well(String id) {
        return aNode(id).etcdTells(HEALTHY, HEALTHY, HEALTHY);
    }

    private static List<String> kinds(Judgement judgement, String node) {
        return judgement.findings().stream()
                .filter(finding -> finding.node().equals(new NodeId(node)))
                .map(Finding::kind)
                .toList();
    }

    @Test
    void vouchesWhereAllAnswer() {
        Judgement judgement = judge(well("n1"), well("n2"), well("n3"));

        assertThat(judgement.verdict().outcome()).isEqualTo(Outcome.NO_FAULT_FOUND);
        assertThat(kinds(judgement, "n1")).contains("etcd-says-healthy").doesNotContain("etcd-and-cm-differ");
        assertThat(judgement.reachability().orElseThrow().paths().stream()
                        .filter(path -> path.plane() == ReachMatrix.Plane.DATA)
                        .map(ReachMatrix.Path::etcd))
                .hasSize(9)
                .containsOnly(HEALTHY);
    }

    @Test
    void confirmsTheQuotaByTheAlarmThatStandsThoughNoLogLineTellsIt() {
        Judgement judgement = judge(well("n1").etcdRaised("NOSPACE", "a3"), well("n2"), well("n3"));

        assertThat(judgement.verdict().cause()).isEqualTo(new CauseCode("ETCD_QUOTA_EXCEEDED"));
        assertThat(judgement.verdict().outcome()).isEqualTo(Outcome.CONFIRMED);
        assertThat(judgement.verdict().node()).contains(new NodeId("n3"));
        assertThat(judgement.verdict().summary().en()).contains("etcd_7003");
    }

    @Test
    void confirmsCorruptionOnTheMemberThatRaisedIt() {
        Judgement judgement =
                judge(well("n1").etcdRaised("CORRUPT", "a2"), well("n2").etcdRaised("CORRUPT", "a2"), well("n3"));

        assertThat(judgement.verdict().cause()).isEqualTo(new CauseCode("ETCD_DATA_CORRUPTED"));
        assertThat(judgement.verdict().node()).contains(new NodeId("n2"));
        assertThat(judgement.findings().stream().filter(f -> f.kind().equals("etcd-alarm-corrupt")))
                .hasSize(1);
    }

    @Test
    void confirmsAMemberOfAnotherCluster() {
        Judgement judgement = judge(
                well("n1"),
                well("n2"),
                aNode("n3").etcdTells(SILENT, SILENT, HEALTHY).etcdIs("c9", 1_000, 20_480));

        assertThat(judgement.verdict().cause()).isEqualTo(new CauseCode("ETCD_MEMBERSHIP_MISMATCH"));
        assertThat(judgement.verdict().node()).contains(new NodeId("n3"));
    }

    @Test
    void doesNotSayAllIsWellWhenEtcdHangs() {
        Judgement judgement = judge(aNode("n1").etcdTells(SILENT, HEALTHY, HEALTHY), well("n2"), well("n3"));

        assertThat(judgement.verdict().outcome()).isEqualTo(Outcome.UNDETERMINED);
        assertThat(kinds(judgement, "n1")).contains("etcd-silent", "etcd-and-cm-differ");
    }

    @Test
    void tellsAMemberWithoutALeaderApartFromOneThatHangs() {
        Judgement judgement = judge(aNode("n1").etcdTells(UNHEALTHY, HEALTHY, HEALTHY), well("n2"), well("n3"));

        assertThat(kinds(judgement, "n1"))
                .contains("etcd-says-unhealthy", "etcd-without-leader")
                .doesNotContain("etcd-silent");
        assertThat(judgement.verdict().outcome()).isNotEqualTo(Outcome.NO_FAULT_FOUND);
    }

    @Test
    void seesAMemberThatIsFarBehind() {
        Judgement judgement = judge(
                well("n1").etcdIs("c1", 90_000, 20_480),
                well("n2").etcdIs("c1", 90_000, 20_480),
                well("n3").etcdIs("c1", 20_000, 20_480));

        assertThat(kinds(judgement, "n3")).contains("etcd-raft-behind");
        assertThat(kinds(judgement, "n1")).doesNotContain("etcd-raft-behind");
        assertThat(judgement.verdict().outcome()).isNotEqualTo(Outcome.NO_FAULT_FOUND);
    }

    @Test
    void warnsOfADatabaseNearItsQuota() {
        Judgement judgement = judge(well("n1").etcdIs("c1", 1_000, 2_100_000_000L), well("n2"), well("n3"));

        assertThat(kinds(judgement, "n1")).contains("etcd-database-near-quota");
        assertThat(judgement.verdict().outcome()).isEqualTo(Outcome.UNDETERMINED);
    }

    @Test
    void isNoGapWhereTheClusterManagerVouches() {
        Judgement judgement = judge(aNode("n1").etcdHealthUnknown(Gap.MISSING), aNode("n2"), aNode("n3"));

        assertThat(judgement.verdict().outcome()).isEqualTo(Outcome.NO_FAULT_FOUND);
    }

    @Test
    void isAGapWhereNobodyElseVouches() {
        Judgement judgement = judge(
                aNode("n1").etcdHealthUnknown(Gap.TIMED_OUT).clusterStatusUnknown(Gap.TIMED_OUT),
                aNode("n2"),
                aNode("n3"));

        assertThat(judgement.notEvaluated())
                .extracting(Judgement.NotEvaluated::check)
                .contains("B10");
    }

    @Test
    void countsTheQuorumByEtcdsOwnWordWhereTheClusterManagerIsSilent() {
        Judgement judgement = judge(
                aNode("n1").withoutStatus().etcdTells(HEALTHY, HEALTHY, REFUSED),
                aNode("n2").withoutStatus().etcdTells(HEALTHY, HEALTHY, REFUSED),
                aNode("n3").etcdDown().withoutStatus());

        assertThat(judgement.quorum()).contains(new Quorum(3, 2));
    }

    @Test
    void judgesANodeThatAdmitsNobodyByWhatItsPeersHear() {
        VerdictFixtures closed = aNode("n1").notIn(Obstacle.CONNECT_REFUSED, Optional.of(true));

        assertThat(kinds(judge(closed, well("n2"), well("n3")), "n1")).contains("etcd-heard-by-peers");
        Judgement silent = judge(
                closed,
                aNode("n2").etcdTells(SILENT, HEALTHY, HEALTHY),
                aNode("n3").etcdTells(SILENT, HEALTHY, HEALTHY));
        assertThat(kinds(silent, "n1")).contains("etcd-not-heard");
    }
}
