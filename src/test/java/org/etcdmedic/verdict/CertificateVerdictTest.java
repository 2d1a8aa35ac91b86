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
import org.etcdmedic.evidence.Reading.Gap;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.knowledge.yaml.YamlKnowledge;
import org.etcdmedic.verdict.Verdict.Outcome;
import org.junit.jupiter.api.Test;

/** Rows B2 and B12: certificates and keys of etcd, as they stand and as the logs complain of them. */
class CertificateVerdictTest {
    private static final Reasoner REASONER = new Reasoner(YamlKnowledge.shipped());
    private static final EvidenceWindow WINDOW =
            EvidenceWindow.around(ALARM, Duration.ofMinutes(10), Duration.ofMinutes(2));
    private static final Instant BEFORE = ALARM.minusSeconds(100);
    private static final Instant YEARS_ON = ALARM.plus(Duration.ofDays(7000));
    private static final CauseCode INVALID = new CauseCode("ETCD_CERTIFICATE_INVALID");
    private static final String REFUSED =
            "rejected connection from \"198.51.100.2:40618\" (error \"remote error: tls: bad certificate\", ServerName \"\")";
    private static final String EXPIRED =
            "health check for peer 8816eaa680e63c73 could not connect: x509: certificate has expired or is not yet valid (prober \"ROUND_TRIPPER_RAFT_MESSAGE\")";

    private static Judgement judge(VerdictFixtures... nodes) {
        return REASONER.judge(
                new NodeId("n1"),
                Stream.of(nodes).map(VerdictFixtures::testifies).toList(),
                WINDOW);
    }

    /** A member whose certificate is in order. */
    private static VerdictFixtures sound(int number) {
        return aNode("n" + number)
                .listens(number, LONG_AGO)
                .certificatesAre(
                        serverCertificate(LONG_AGO, YEARS_ON, "198.51.100." + number, Trust.TRUSTED),
                        serverKey(0600, true));
    }

    private static VerdictFixtures withCertificate(
            int number, Instant from, Instant until, String address, Trust trust) {
        return aNode("n" + number)
                .listens(number, LONG_AGO)
                .certificatesAre(serverCertificate(from, until, address, trust), serverKey(0600, true))
                .seesDown(number);
    }

    private static VerdictFixtures expired(int number) {
        return withCertificate(number, LONG_AGO, BEFORE, "198.51.100." + number, Trust.OUT_OF_TIME)
                .etcdSays("info", REFUSED, BEFORE.plusSeconds(20));
    }

    private static void isInvalid(Judgement judgement, Outcome outcome, String node) {
        assertThat(judgement.verdict().cause()).isEqualTo(INVALID);
        assertThat(judgement.verdict().outcome()).isEqualTo(outcome);
        assertThat(judgement.verdict().node()).contains(new NodeId(node));
    }

    @Test
    void confirmsAnExpiredCertificateThatPeersRefuseAndNamesItsFileAndDate() {
        Judgement judgement = judge(expired(1), sound(2).seesDown(1), sound(3).seesDown(1));

        isInvalid(judgement, Outcome.CONFIRMED, "n1");
        assertThat(judgement.verdict().summary().en())
                .contains("/usr/local/etcd/etcd.crt")
                .contains("2026-11-22T10:38:23Z");
        assertThat(judgement.remediation())
                .filteredOn(step -> step.id().equals("inspect-certificates"))
                .first()
                .satisfies(step -> assertThat(step.command().orElse(""))
                        .contains("openssl x509 -in /usr/local/etcd/etcd.crt -noout"));
    }

    @Test
    void blamesThePeerWhoseCertificateHasExpiredAndNotTheNodeThatSaysSo() {
        Judgement judgement =
                judge(sound(1).etcdSays("warning", EXPIRED, BEFORE).seesDown(2), expired(2), sound(3).seesDown(2));

        isInvalid(judgement, Outcome.CONFIRMED, "n2");
    }

    @Test
    void isLikelyOnlyWhereFilesCouldNotBeLookedAt() {
        Judgement judgement = judge(
                aNode("n1")
                        .listens(1, LONG_AGO)
                        .certificatesUnknown(Gap.NOT_PERMITTED)
                        .seesDown(1)
                        .etcdSays("info", REFUSED, BEFORE),
                sound(2).seesDown(1),
                sound(3).seesDown(1));

        isInvalid(judgement, Outcome.LIKELY, "n1");
        assertThat(judgement.notEvaluated())
                .anySatisfy(row -> assertThat(row.check()).isEqualTo("B12"));
    }

    @Test
    void confirmsACertificateForAnotherAddress() {
        Judgement judgement = judge(
                withCertificate(1, LONG_AGO, YEARS_ON, "192.0.2.99", Trust.TRUSTED)
                        .etcdSays("info", REFUSED, BEFORE),
                sound(2).seesDown(1),
                sound(3).seesDown(1));

        isInvalid(judgement, Outcome.CONFIRMED, "n1");
        assertThat(judgement.verdict().summary().en()).contains("198.51.100.1").contains("192.0.2.99");
    }

    @Test
    void confirmsACertificateOfAnotherAuthority() {
        isInvalid(
                judge(
                        withCertificate(1, LONG_AGO, YEARS_ON, "198.51.100.1", Trust.UNTRUSTED)
                                .etcdSays("info", REFUSED, BEFORE),
                        sound(2).seesDown(1),
                        sound(3).seesDown(1)),
                Outcome.CONFIRMED,
                "n1");
    }

    @Test
    void confirmsAKeyThatEtcdMayNotRead() {
        Judgement judgement = judge(
                sound(1).etcdDown()
                        .certificatesAre(
                                serverCertificate(LONG_AGO, YEARS_ON, "198.51.100.1", Trust.TRUSTED),
                                serverKey(0600, false))
                        .omMonitorSays(
                                "run etcd command: etcd --cert-file /usr/local/etcd/etcd.crt --key-file /usr/local/etcd/etcd.key",
                                BEFORE)
                        .etcdSays("critical", "open /usr/local/etcd/etcd.key: permission denied", BEFORE),
                sound(2).seesDown(1),
                sound(3).seesDown(1));

        isInvalid(judgement, Outcome.CONFIRMED, "n1");
        assertThat(judgement.verdict().effects()).contains(new CauseCode("ETCD_PROCESS_DOWN"));
        assertThat(judgement.remediation())
                .filteredOn(step -> step.id().equals("correct-key-mode"))
                .first()
                .satisfies(step ->
                        assertThat(step.command().orElse("")).contains("chown Ruby -- /usr/local/etcd/etcd.crt"));
    }

    @Test
    void confirmsNothingFromAnExpiredCertificateThatNobodyHasRefusedYet() {
        Judgement judgement = judge(
                aNode("n1")
                        .listens(1, LONG_AGO)
                        .certificatesAre(
                                serverCertificate(LONG_AGO, BEFORE, "198.51.100.1", Trust.OUT_OF_TIME),
                                serverKey(0600, true)),
                sound(2),
                sound(3));

        assertThat(judgement.verdict().outcome()).isEqualTo(Outcome.UNDETERMINED);
        assertThat(judgement.findings()).extracting(Finding::kind).contains("certificate-expired-unfelt");
    }

    @Test
    void findsNoFaultWhereCertificatesAreInOrder() {
        Judgement judgement = judge(sound(1), sound(2), sound(3));

        assertThat(judgement.verdict().outcome()).isEqualTo(Outcome.NO_FAULT_FOUND);
        assertThat(judgement.notEvaluated()).isEmpty();
    }

    @Test
    void takesAWarningAheadForNoTroubleWhileTheCertificateIsInOrder() {
        String warning =
                "etcd cert file /usr/local/etcd/etcd.crt may has been expired or will be expired in less 90 days, please check!";

        assertThat(judge(sound(1).cmAgentSays(warning, BEFORE), sound(2), sound(3))
                        .verdict()
                        .outcome())
                .isEqualTo(Outcome.NO_FAULT_FOUND);
        assertThat(judge(aNode("n1").listens(1, LONG_AGO).cmAgentSays(warning, BEFORE), sound(2), sound(3))
                        .verdict()
                        .outcome())
                .isEqualTo(Outcome.UNDETERMINED);
    }

    @Test
    void hearsNoComplaintFromOutsideTheWindow() {
        assertThat(judge(sound(1).etcdSays("info", REFUSED, ALARM.minus(Duration.ofHours(1))), sound(2), sound(3))
                        .verdict()
                        .outcome())
                .isEqualTo(Outcome.NO_FAULT_FOUND);
    }

    @Test
    void takesACheckOfThePortForNoComplaint() {
        String probed = "rejected connection from \"198.51.100.2:40618\" (error \"EOF\", ServerName \"\")";

        assertThat(judge(sound(1).etcdSays("info", probed, BEFORE), sound(2), sound(3))
                        .verdict()
                        .outcome())
                .isEqualTo(Outcome.NO_FAULT_FOUND);
    }

    @Test
    void confirmsExpiryOnEveryMemberAndStartsWithTheNamedOne() {
        isInvalid(
                judge(
                        expired(1).clusterSays("Down", "Down", "Down"),
                        expired(2).clusterSays("Down", "Down", "Down"),
                        expired(3).clusterSays("Down", "Down", "Down")),
                Outcome.CONFIRMED,
                "n1");
    }
}
