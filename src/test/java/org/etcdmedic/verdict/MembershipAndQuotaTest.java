package org.etcdmedic.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.etcdmedic.verdict.VerdictFixtures.ALARM;
import static org.etcdmedic.verdict.VerdictFixtures.aNode;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.etcdmedic.evidence.EvidenceWindow;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.knowledge.yaml.YamlKnowledge;
import org.etcdmedic.verdict.Verdict.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows B3, B4 and B14: who belongs to the cluster, and how much it may store. */
class MembershipAndQuotaTest {
    private static final Reasoner REASONER = new Reasoner(YamlKnowledge.shipped());
    private static final EvidenceWindow WINDOW =
            EvidenceWindow.around(ALARM, Duration.ofMinutes(10), Duration.ofMinutes(2));
    private static final Instant BEFORE = ALARM.minusSeconds(100);
    private static final CauseCode MEMBERSHIP = new CauseCode("ETCD_MEMBERSHIP_MISMATCH");
    private static final CauseCode QUOTA = new CauseCode("ETCD_QUOTA_EXCEEDED");
    private static final CauseCode DISK = new CauseCode("ETCD_DATA_DISK_FAULT");
    private static final String BOOTSTRAPPED = "member 8816eaa680e63c73 has already been bootstrapped";
    private static final String NO_SPACE = "alarm NOSPACE raised by peer 8816eaa680e63c73";

    private static Judgement judge(VerdictFixtures named, VerdictFixtures second) {
        return REASONER.judge(
                new NodeId("n1"),
                Stream.of(named, second, aNode("n3"))
                        .map(VerdictFixtures::testifies)
                        .toList(),
                WINDOW);
    }

    private static Verdict verdict(VerdictFixtures named) {
        return judge(named, aNode("n2")).verdict();
    }

    @Test
    void tellsDataThatWereRemovedFromADiskThatIsNotMounted() {
        Verdict removed =
                verdict(aNode("n1").etcdDown().memberDataGone(true).etcdSays("critical", BOOTSTRAPPED, BEFORE));
        Verdict unmounted =
                verdict(aNode("n1").etcdDown().memberDataGone(false).etcdSays("critical", BOOTSTRAPPED, BEFORE));

        assertThat(removed.cause()).isEqualTo(MEMBERSHIP);
        assertThat(removed.outcome()).isEqualTo(Outcome.CONFIRMED);
        assertThat(removed.summary().en()).contains("8816eaa680e63c73").contains("/usr/local/etcd");
        assertThat(unmounted.cause()).isEqualTo(DISK);
    }

    @Test
    void takesNoEmptyDirectoryForAMismatchWithoutEtcdsWord() {
        assertThat(judge(aNode("n1").etcdDown().memberDataGone(true), aNode("n2"))
                        .classifications())
                .filteredOn(c -> c.cause().equals(MEMBERSHIP))
                .noneMatch(Classification::holds);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "critical | the member has been permanently removed from the cluster",
                "critical | error validating peerURLs {ClusterID:1}: member count is unequal"
            })
    void confirmsWhatEtcdEndedOf(String level, String words) {
        Verdict verdict = verdict(aNode("n1").etcdDown().etcdSays(level, words, BEFORE));

        assertThat(verdict.cause()).isEqualTo(MEMBERSHIP);
        assertThat(verdict.outcome()).isEqualTo(Outcome.CONFIRMED);
        assertThat(verdict.effects()).contains(new CauseCode("ETCD_PROCESS_DOWN"));
    }

    @Test
    void blamesTheMemberWhosePeersIgnoreIt() {
        Verdict verdict = judge(
                        aNode("n1")
                                .seesDown(2)
                                .etcdSays(
                                        "error",
                                        "request cluster ID mismatch (got 7e27652122e8b2ae want cdf818194e3a8c32)",
                                        BEFORE),
                        aNode("n2")
                                .seesDown(2)
                                .etcdSays(
                                        "error",
                                        "request sent was ignored (cluster ID mismatch: peer[8816eaa680e63c73]=cdf818194e3a8c32, local=7e27652122e8b2ae)",
                                        BEFORE))
                .verdict();

        assertThat(verdict.cause()).isEqualTo(MEMBERSHIP);
        assertThat(verdict.outcome()).isEqualTo(Outcome.CONFIRMED);
        assertThat(verdict.node()).contains(new NodeId("n2"));
    }

    @Test
    void confirmsTheAlarmOfTheCluster() {
        Verdict verdict = verdict(aNode("n1").etcdSays("warning", NO_SPACE, BEFORE));

        assertThat(verdict.cause()).isEqualTo(QUOTA);
        assertThat(verdict.outcome()).isEqualTo(Outcome.CONFIRMED);
    }

    @ParameterizedTest
    @CsvSource({
        "2147483648, LIKELY, database-at-quota",
        "2100000000, UNDETERMINED, database-near-quota",
        "1900000000, NO_FAULT_FOUND, database-has-room"
    })
    void measuresTheDatabaseAgainstEtcdsOwnQuota(long bytes, Outcome outcome, String kind) {
        Judgement judgement = judge(aNode("n1").databaseIs(bytes), aNode("n2"));

        assertThat(judgement.verdict().outcome()).isEqualTo(outcome);
        assertThat(judgement.findings())
                .filteredOn(finding -> finding.node().equals(new NodeId("n1")))
                .extracting(Finding::kind)
                .contains(kind);
    }

    @Test
    void readsTheQuotaThatTheClusterManagerStates() {
        String start = "run etcd command: etcd --quota-backend-bytes $((8*1024*1024*1024)) >> \"/log\" 2>&1 & ";
        Judgement judgement =
                judge(aNode("n1").etcdDown().databaseIs(2147483648L).omMonitorSays(start, BEFORE), aNode("n2"));

        assertThat(judgement.findings())
                .filteredOn(finding -> finding.kind().equals("database-has-room"))
                .extracting(finding -> finding.variables().get("quota"))
                .contains("8589934592");
    }
}
