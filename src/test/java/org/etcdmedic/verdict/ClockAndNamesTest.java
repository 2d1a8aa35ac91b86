package org.etcdmedic.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.etcdmedic.verdict.VerdictFixtures.ALARM;
import static org.etcdmedic.verdict.VerdictFixtures.LONG_AGO;
import static org.etcdmedic.verdict.VerdictFixtures.aNode;
import static org.etcdmedic.verdict.VerdictFixtures.serverCertificate;
import static org.etcdmedic.verdict.VerdictFixtures.serverKey;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.etcdmedic.evidence.Certificates.Trust;
import org.etcdmedic.evidence.EvidenceWindow;
import org.etcdmedic.evidence.NameLookups.Result;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.knowledge.yaml.YamlKnowledge;
import org.etcdmedic.verdict.Verdict.Outcome;
import org.junit.jupiter.api.Test;

/** Rows B5 and B15: clocks; rows B9 and B19: host names. */
class ClockAndNamesTest {
    private static final Reasoner REASONER = new Reasoner(YamlKnowledge.shipped());
    private static final EvidenceWindow WINDOW =
            EvidenceWindow.around(ALARM, Duration.ofMinutes(10), Duration.ofMinutes(2));
    private static final Instant BEFORE = ALARM.minusSeconds(100);
    private static final CauseCode CLOCK = new CauseCode("CLOCK_SKEW");
    private static final CauseCode CERTIFICATE = new CauseCode("ETCD_CERTIFICATE_INVALID");
    private static final CauseCode DNS = new CauseCode("DNS_FAILURE");
    private static final Duration FAR = Duration.ofSeconds(40);

    private static Judgement judge(VerdictFixtures... nodes) {
        return REASONER.judge(
                new NodeId("n1"),
                Stream.of(nodes).map(VerdictFixtures::testifies).toList(),
                WINDOW);
    }

    private static boolean ruledOut(Judgement judgement, CauseCode cause) {
        return judgement.classifications().stream()
                .anyMatch(c -> c.cause().equals(cause) && c.state() == Classification.State.RULED_OUT);
    }

    @Test
    void suspectsTheNodeWhoseClockAgreesWithNobodyAndSaysByHowMuch() {
        Judgement judgement = judge(aNode("n1"), aNode("n2").clockAhead(FAR).withoutTimeService(), aNode("n3"));

        assertThat(judgement.verdict().cause()).isEqualTo(CLOCK);
        assertThat(judgement.verdict().outcome()).isEqualTo(Outcome.LIKELY);
        assertThat(judgement.verdict().node()).contains(new NodeId("n2"));
        assertThat(judgement.verdict().summary().en()).contains("40.00 s ahead").contains("0.03 s");
        assertThat(judgement.findings()).extracting(Finding::kind).contains("time-service-missing");
    }

    @Test
    void neverConfirmsAClockThatOnlyRaftHasNoticed() {
        Judgement judgement = judge(
                aNode("n1")
                        .clockAhead(FAR)
                        .etcdSays(
                                "warning",
                                "the clock difference against peer 5bd0394181f135dd is too high [40.1s > 1s] (prober \"ROUND_TRIPPER_SNAPSHOT\")",
                                BEFORE.plus(FAR)),
                aNode("n2"),
                aNode("n3"));

        assertThat(judgement.verdict().cause()).isEqualTo(CLOCK);
        assertThat(judgement.verdict().outcome()).isEqualTo(Outcome.LIKELY);
    }

    @Test
    void accusesItsOwnServicesClockWhereAllNodesAgree() {
        Judgement judgement = judge(
                aNode("n1").clockAhead(FAR),
                aNode("n2").clockAhead(FAR),
                aNode("n3").clockAhead(FAR));

        assertThat(judgement.verdict().outcome()).isEqualTo(Outcome.NO_FAULT_FOUND);
        assertThat(judgement.findings()).extracting(Finding::kind).contains("clocks-agree-without-us");
        assertThat(ruledOut(judgement, CLOCK)).isTrue();
    }

    @Test
    void doesNotSayWhoseClockIsWrongWhereTwoAgreeAgainstUs() {
        Judgement judgement = judge(aNode("n1").clockAhead(FAR), aNode("n2").clockAhead(FAR), aNode("n3"));

        assertThat(judgement.verdict().outcome()).isEqualTo(Outcome.UNDETERMINED);
        assertThat(judgement.findings()).extracting(Finding::kind).contains("clock-differs");
    }

    @Test
    void letsSmallDifferencesPass() {
        Judgement judgement = judge(aNode("n1").clockAhead(Duration.ofMillis(2900)), aNode("n2"), aNode("n3"));

        assertThat(judgement.verdict().outcome()).isEqualTo(Outcome.NO_FAULT_FOUND);
        assertThat(ruledOut(judgement, CLOCK)).isTrue();
    }

    @Test
    void confirmsAClockThatMakesGoodCertificatesInvalid() {
        Duration days = Duration.ofDays(40);
        VerdictFixtures wrong = aNode("n1")
                .listens(1, LONG_AGO)
                .clockAhead(days)
                .certificatesAre(
                        serverCertificate(LONG_AGO, ALARM.plus(Duration.ofDays(30)), "198.51.100.1", Trust.OUT_OF_TIME),
                        serverKey(0600, true))
                .seesDown(2)
                .etcdSays(
                        "warning",
                        "health check for peer 8816eaa680e63c73 could not connect: x509: certificate has expired or is not yet valid (prober \"ROUND_TRIPPER_RAFT_MESSAGE\")",
                        BEFORE);
        Judgement judgement = judge(wrong, aNode("n2").seesDown(1), aNode("n3").seesDown(1));

        assertThat(judgement.verdict().cause()).isEqualTo(CLOCK);
        assertThat(judgement.verdict().outcome()).isEqualTo(Outcome.CONFIRMED);
        assertThat(judgement.verdict().effects()).contains(CERTIFICATE);
    }

    @Test
    void confirmsANameThatEtcdAndTheNodeCannotResolve() {
        Judgement judgement = judge(
                aNode("n1")
                        .usesNames(Result.FOUND, Result.UNKNOWN_NAME, Result.FOUND)
                        .seesDown(2)
                        .etcdSays(
                                "warning",
                                "health check for peer 8816eaa680e63c73 could not connect: dial tcp: lookup etcd-2.example on 127.0.0.53:53: no such host (prober \"ROUND_TRIPPER_RAFT_MESSAGE\")",
                                BEFORE),
                aNode("n2").usesNames(Result.FOUND, Result.FOUND, Result.FOUND),
                aNode("n3").usesNames(Result.FOUND, Result.FOUND, Result.FOUND));

        assertThat(judgement.verdict().cause()).isEqualTo(DNS);
        assertThat(judgement.verdict().outcome()).isEqualTo(Outcome.CONFIRMED);
        assertThat(judgement.verdict().summary().en()).contains("etcd-2.example");
        assertThat(judgement.remediation())
                .filteredOn(step -> step.id().equals("look-up-name"))
                .first()
                .satisfies(step -> assertThat(step.command().orElse("")).contains("getent ahosts etcd-2.example"));
    }

    @Test
    void isNeverLedThereByAddresses() {
        Judgement judgement = judge(aNode("n1").listens(1, LONG_AGO), aNode("n2"), aNode("n3"));

        assertThat(ruledOut(judgement, DNS)).isTrue();
        assertThat(judgement.findings()).extracting(Finding::kind).contains("names-not-used");
    }

    @Test
    void findsNoFaultWhereNamesAreResolved() {
        Judgement judgement = judge(
                aNode("n1").usesNames(Result.FOUND, Result.FOUND, Result.FOUND),
                aNode("n2").usesNames(Result.FOUND, Result.FOUND, Result.FOUND),
                aNode("n3").usesNames(Result.FOUND, Result.FOUND, Result.FOUND));

        assertThat(judgement.verdict().outcome()).isEqualTo(Outcome.NO_FAULT_FOUND);
    }

    @Test
    void saysThatItCouldNotLookWhereTheNodeHasNoResolver() {
        Judgement judgement =
                judge(aNode("n1").usesNames(Result.FAILED, Result.FOUND, Result.FOUND), aNode("n2"), aNode("n3"));

        assertThat(judgement.verdict().outcome()).isEqualTo(Outcome.UNDETERMINED);
        assertThat(judgement.notEvaluated())
                .anySatisfy(row -> assertThat(row.check()).isEqualTo("B19"));
    }
}
