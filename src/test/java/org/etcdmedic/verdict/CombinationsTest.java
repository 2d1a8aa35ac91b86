package org.etcdmedic.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.etcdmedic.evidence.EtcdHealth.Word.HEALTHY;
import static org.etcdmedic.verdict.VerdictFixtures.ALARM;
import static org.etcdmedic.verdict.VerdictFixtures.LONG_AGO;
import static org.etcdmedic.verdict.VerdictFixtures.aNode;
import static org.etcdmedic.verdict.VerdictFixtures.serverCertificate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.etcdmedic.evidence.Certificates.Trust;
import org.etcdmedic.evidence.Contact;
import org.etcdmedic.evidence.EvidenceWindow;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.knowledge.Cause;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.knowledge.Knowledge;
import org.etcdmedic.knowledge.yaml.YamlKnowledge;
import org.etcdmedic.testing.SoundJudgement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** How causes combine: which one is the root, what it explains, and what still needs repair, in the order of repair. */
class CombinationsTest {
    private static final Knowledge KNOWLEDGE = YamlKnowledge.shipped();
    private static final Reasoner REASONER = new Reasoner(KNOWLEDGE);
    private static final Instant BEFORE = ALARM.minusSeconds(120);
    private static final String KILL =
            "Out of memory: Killed process 100 (etcd) total-vm:1kB, anon-rss:1kB, file-rss:0kB, shmem-rss:0kB, UID:1000";
    private static final String DROPS = """
            *filter
            :INPUT ACCEPT [0:0]
            :FORWARD ACCEPT [0:0]
            :OUTPUT ACCEPT [0:0]
            -A INPUT -p tcp -m multiport --dports 2379,2380 -j DROP
            COMMIT
            """;
    private static final String WILL_KILL =
            "can't get majority etcd state, but local is unhealthy and leader, will kill local etcd now.";

    /** What was found on the nodes, and what is to be made of it. Repairs are written as {@code CAUSE@node}. */
    record Combination(
            String fact, List<VerdictFixtures> nodes, String root, List<String> effects, List<String> repairs) {
        @Override
        public String toString() {
            return fact;
        }
    }

    private static Combination alone(
            String fact, VerdictFixtures named, String root, List<String> effects, List<String> repairs) {
        return new Combination(fact, List.of(named, aNode("n2"), aNode("n3")), root, effects, repairs);
    }

    private static VerdictFixtures fullDisk(String node) {
        return aNode(node).etcdDown().directoryIs(0700, "Ruby", 100, 10, "rw", true);
    }

    static Stream<Combination> combinations() {
        return Stream.of(
                alone(
                        "a restart of the machine explains a restart of etcd",
                        aNode("n1").bootedAt(BEFORE).restartedAt(BEFORE.plusSeconds(20)),
                        "VM_RESTARTED",
                        List.of("ETCD_PROCESS_RESTARTED"),
                        List.of("VM_RESTARTED@n1")),
                alone(
                        "a restart of the machine explains a missing address, which still has to be put back",
                        aNode("n1")
                                .bootedAt(BEFORE)
                                .etcdDown()
                                .withoutAddress()
                                .etcdSays(
                                        "fatal",
                                        "listen tcp 198.51.100.1:2380: bind: cannot assign requested address",
                                        BEFORE.plusSeconds(20)),
                        "VM_RESTARTED",
                        List.of("NETWORK_IP_MISSING", "ETCD_PROCESS_DOWN"),
                        List.of("VM_RESTARTED@n1", "NETWORK_IP_MISSING@n1")),
                alone(
                        "a full disk explains a dead process",
                        fullDisk("n1"),
                        "ETCD_DISK_FULL",
                        List.of("ETCD_PROCESS_DOWN"),
                        List.of("ETCD_DISK_FULL@n1")),
                new Combination(
                        "a stopped cluster explains that no member answers and that the status is not to be had",
                        Stream.of("n1", "n2", "n3")
                                .map(node -> aNode(node)
                                        .etcdDown()
                                        .clusterSays("Down", "Down", "Down")
                                        .marker("cluster_manual_start", "x")
                                        .marker("etcd_manual_start", ""))
                                .toList(),
                        "CLUSTER_STOPPED_MANUALLY",
                        List.of("ETCD_PROCESS_DOWN"),
                        List.of("CLUSTER_STOPPED_MANUALLY@n1")),
                alone(
                        "an out-of-memory kill explains a restart",
                        aNode("n1").restartedAt(BEFORE.plusSeconds(1)).kernelSays(KILL, BEFORE),
                        "OVERLOAD_MEMORY",
                        List.of("ETCD_PROCESS_RESTARTED"),
                        List.of("OVERLOAD_MEMORY@n1")),
                alone(
                        "a slow disk explains late heartbeats and a lost leader",
                        slow(aNode("n1"))
                                .etcdSays(
                                        "info",
                                        "raft.node: e8e5aa3e0acdf16b lost leader 6f840018249f939b at term 4",
                                        BEFORE.plusSeconds(30)),
                        "OVERLOAD_DISK_IO",
                        List.of(),
                        List.of("OVERLOAD_DISK_IO@n1")),
                alone(
                        "C5: a slow disk explains that cm_agent killed etcd, and the restart behind it",
                        slow(aNode("n1").restartedAt(BEFORE.plusSeconds(60)))
                                .cmAgentSays(WILL_KILL, BEFORE.plusSeconds(50)),
                        "OVERLOAD_DISK_IO",
                        List.of("ETCD_KILLED_BY_CM", "ETCD_PROCESS_RESTARTED"),
                        List.of("OVERLOAD_DISK_IO@n1")),
                alone(
                        "C5: cm_agent's kill explains the restart where nothing explains the kill",
                        aNode("n1").restartedAt(BEFORE).cmAgentSays(WILL_KILL, BEFORE.minusSeconds(1)),
                        "ETCD_KILLED_BY_CM",
                        List.of("ETCD_PROCESS_RESTARTED"),
                        List.of("ETCD_KILLED_BY_CM@n1")),
                new Combination(
                        "a firewall rule explains that connections time out",
                        List.of(
                                aNode("n1")
                                        .listens(1, LONG_AGO)
                                        .firewallIs(DROPS)
                                        .reaches("n2", Contact.OPEN, Contact.TIMED_OUT)
                                        .reaches("n3", Contact.OPEN, Contact.TIMED_OUT)
                                        .etcdSays(
                                                "warn",
                                                "health check for peer c797ab3a61e2ea55 could not connect: dial tcp"
                                                        + " 198.51.100.2:2380: i/o timeout",
                                                BEFORE),
                                aNode("n2").seesDown(1).reaches("n1", Contact.OPEN, Contact.TIMED_OUT),
                                aNode("n3").seesDown(1).reaches("n1", Contact.OPEN, Contact.TIMED_OUT)),
                        "NETWORK_FIREWALL",
                        List.of("NETWORK_UNREACHABLE"),
                        List.of("NETWORK_FIREWALL@n1")),
                alone(
                        "C2: isolation explains the marker that cm_agent wrote, and the stop",
                        aNode("n1").etcdDown().marker("etcd_manual_start", "cm_agent"),
                        "NETWORK_UNREACHABLE",
                        List.of("ETCD_PROCESS_DOWN"),
                        List.of("NETWORK_UNREACHABLE@n1")),
                new Combination(
                        "C7: a lost majority explains a missing status",
                        List.of(fullDisk("n1").withoutStatus(), fullDisk("n2").withoutStatus(), aNode("n3")),
                        "ETCD_DISK_FULL",
                        List.of("ETCD_PROCESS_DOWN"),
                        List.of("ETCD_DISK_FULL@n1", "ETCD_DISK_FULL@n2")),
                alone(
                        "two independent causes on one node are both told and both repaired",
                        fullDisk("n1").without("om_monitor").noCrontabEntry(),
                        "ETCD_DISK_FULL",
                        List.of("ETCD_PROCESS_DOWN"),
                        List.of("ETCD_DISK_FULL@n1", "OM_MONITOR_DOWN@n1")),
                alone(
                        "a wrong owner and a missing executable are independent",
                        aNode("n1")
                                .etcdDown()
                                .directoryIs(0700, "root", 40, 10, "rw", false)
                                .executableIs(org.etcdmedic.evidence.ExecutableFact.State.ABSENT, 0, false, false),
                        "ETCD_BINARY_MISSING",
                        List.of("ETCD_PROCESS_DOWN"),
                        List.of("ETCD_BINARY_MISSING@n1", "ETCD_DATA_DIR_PERMISSION@n1")),
                alone(
                        "a restarted machine and a full disk are independent",
                        fullDisk("n1").bootedAt(BEFORE),
                        "VM_RESTARTED",
                        List.of("ETCD_PROCESS_DOWN"),
                        List.of("VM_RESTARTED@n1", "ETCD_DISK_FULL@n1")),
                new Combination(
                        "two causes on two nodes are both told and both repaired, each on its node",
                        List.of(fullDisk("n1"), aNode("n2").etcdDown().marker("etcd_manual_start", ""), aNode("n3")),
                        "ETCD_DISK_FULL",
                        List.of("ETCD_PROCESS_DOWN"),
                        List.of("ETCD_DISK_FULL@n1", "ETCD_STOPPED_MANUALLY@n2")),
                new Combination(
                        "two peers are sick and the named node is well",
                        List.of(
                                aNode("n1"),
                                fullDisk("n2"),
                                aNode("n3").bootedAt(BEFORE).restartedAt(BEFORE.plusSeconds(20))),
                        "ETCD_DISK_FULL",
                        List.of("ETCD_PROCESS_DOWN"),
                        List.of("ETCD_DISK_FULL@n2", "VM_RESTARTED@n3")),
                alone(
                        "a restart before the first complaint about the disk is a cause of its own",
                        slow(aNode("n1").restartedAt(BEFORE.minusSeconds(44))),
                        "OVERLOAD_DISK_IO",
                        List.of(),
                        List.of("OVERLOAD_DISK_IO@n1", "ETCD_PROCESS_RESTARTED@n1")),
                alone(
                        "a slow disk explains no restart that cm_agent did not order",
                        slow(aNode("n1").restartedAt(BEFORE.plusSeconds(60))),
                        "OVERLOAD_DISK_IO",
                        List.of(),
                        List.of("OVERLOAD_DISK_IO@n1", "ETCD_PROCESS_RESTARTED@n1")),
                alone(
                        "C5: a disk that became slow after cm_agent's kill does not explain it",
                        slow(aNode("n1").restartedAt(BEFORE.minusSeconds(59)))
                                .cmAgentSays(WILL_KILL, BEFORE.minusSeconds(60)),
                        "OVERLOAD_DISK_IO",
                        List.of(),
                        List.of("OVERLOAD_DISK_IO@n1", "ETCD_KILLED_BY_CM@n1")),
                alone(
                        "a write that hung began before the line that tells of it",
                        aNode("n1")
                                .restartedAt(BEFORE.minusSeconds(30))
                                .cmAgentSays(WILL_KILL, BEFORE.minusSeconds(31))
                                .etcdSays("warning", "sync duration of 1m0s, expected less than 1s", BEFORE)
                                .etcdSays(
                                        "warning", "sync duration of 3s, expected less than 1s", BEFORE.plusSeconds(5))
                                .etcdSays(
                                        "warning", "sync duration of 2s, expected less than 1s", BEFORE.plusSeconds(9)),
                        "OVERLOAD_DISK_IO",
                        List.of("ETCD_KILLED_BY_CM", "ETCD_PROCESS_RESTARTED"),
                        List.of("OVERLOAD_DISK_IO@n1")),
                alone(
                        "a disk that is full now may have been full for long",
                        aNode("n1")
                                .restartedAt(BEFORE.minusSeconds(60))
                                .etcdSays("critical", "wal: create wal error: no space left on device", BEFORE)
                                .directoryIs(0700, "Ruby", 100, 10, "rw", true),
                        "ETCD_DISK_FULL",
                        List.of("ETCD_PROCESS_RESTARTED"),
                        List.of("ETCD_DISK_FULL@n1")),
                new Combination(
                        "what an independent cause explains is told with it, and repaired where it stays broken",
                        List.of(
                                fullDisk("n1"),
                                aNode("n2")
                                        .bootedAt(BEFORE)
                                        .etcdDown()
                                        .withoutAddress()
                                        .etcdSays(
                                                "fatal",
                                                "listen tcp 198.51.100.2:2380: bind: cannot assign requested address",
                                                BEFORE.plusSeconds(20)),
                                aNode("n3")),
                        "ETCD_DISK_FULL",
                        List.of("ETCD_PROCESS_DOWN"),
                        List.of("ETCD_DISK_FULL@n1", "VM_RESTARTED@n2", "NETWORK_IP_MISSING@n2")),
                new Combination(
                        "B4: one repair frees a cluster whose members all say that the quota is used up",
                        Stream.of("n1", "n2", "n3")
                                .map(node -> aNode(node)
                                        .etcdTells(HEALTHY, HEALTHY, HEALTHY)
                                        .etcdRaised("NOSPACE", "a1"))
                                .toList(),
                        "ETCD_QUOTA_EXCEEDED",
                        List.of(),
                        List.of("ETCD_QUOTA_EXCEEDED@n1")),
                alone(
                        "B5: a wrong clock is the cause, not the certificate that only looks out of its time",
                        aNode("n1")
                                .clockAhead(Duration.ofDays(40))
                                .listens(1, LONG_AGO)
                                .certificatesAre(serverCertificate(
                                        LONG_AGO, ALARM.plus(Duration.ofDays(30)), "198.51.100.1", Trust.TRUSTED))
                                .etcdSays(
                                        "warning",
                                        "health check for peer 8816eaa680e63c73 could not connect: x509: certificate has"
                                                + " expired or is not yet valid (prober \"ROUND_TRIPPER_RAFT_MESSAGE\")",
                                        BEFORE),
                        "CLOCK_SKEW",
                        List.of(),
                        List.of("CLOCK_SKEW@n1")));
    }

    private static VerdictFixtures slow(VerdictFixtures node) {
        for (int i = 0; i < 3; i++) {
            node.etcdSays("warning", "sync duration of 2.0s, expected less than 1s", BEFORE.plusSeconds(10L * i));
            node.etcdSays(
                    "warning",
                    "failed to send out heartbeat on time (exceeded the 1s timeout for 1.5s, to 8816eaa680e63c73)",
                    BEFORE.plusSeconds(10L * i));
        }
        return node;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("combinations")
    void tellsRootEffectsAndWhatNeedsRepair(Combination given) {
        Judgement judgement = judge(given);
        Verdict verdict = judgement.verdict();

        assertThat(verdict.cause().value()).isEqualTo(given.root());
        assertThat(verdict.effects()).extracting(CauseCode::value).containsAll(given.effects());
        assertThat(repairs(judgement)).containsExactlyElementsOf(given.repairs());
        SoundJudgement.check(judgement);
    }

    /** Whoever reads only the summary hears of everything that needs repair. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("combinations")
    void namesInTheSummaryWhateverIsToBeRepaired(Combination given) {
        Judgement judgement = judge(given);

        assertThat(repairs(judgement)).allSatisfy(repair -> {
            Cause cause = KNOWLEDGE.cause(new CauseCode(repair.substring(0, repair.indexOf('@'))));
            assertThat(judgement.verdict().summary().en())
                    .contains(cause.title().en());
            assertThat(judgement.verdict().summary().zhCn())
                    .contains(cause.title().zhCn());
        });
        assertThat(judgement.verdict().summary().en()).contains("etcd members");
    }

    private static Judgement judge(Combination given) {
        return REASONER.judge(
                new NodeId("n1"),
                given.nodes().stream().map(VerdictFixtures::testifies).toList(),
                EvidenceWindow.around(ALARM, Duration.ofMinutes(10), Duration.ofMinutes(2)));
    }

    private static List<String> repairs(Judgement judgement) {
        return judgement.remediation().stream()
                .map(step -> step.cause().orElseThrow() + "@"
                        + step.node().orElseThrow().value())
                .distinct()
                .toList();
    }

    @Test
    void tellsHowASuspendedEtcdIsLetRunOn() {
        VerdictFixtures suspended = aNode("n1").without("etcd").process("etcd", 'T', LONG_AGO);
        Judgement judgement =
                judge(new Combination("", List.of(suspended, aNode("n2"), aNode("n3")), "", List.of(), List.of()));

        assertThat(judgement.remediation()).extracting(Step::id).startsWith("find-who-suspended", "resume-etcd");
        assertThat(judgement.remediation().get(1).command())
                .hasValueSatisfying(command -> assertThat(command).matches("kill -CONT \\d+"));
    }

    @Test
    void saysWhyACauseThatShowedLaterDoesNotExplain() {
        Judgement judgement = judge(new Combination(
                "",
                List.of(
                        slow(aNode("n1").restartedAt(BEFORE.minusSeconds(59)))
                                .cmAgentSays(WILL_KILL, BEFORE.minusSeconds(60)),
                        aNode("n2"),
                        aNode("n3")),
                "",
                List.of(),
                List.of()));

        assertThat(judgement.classifications())
                .filteredOn(c -> c.cause().value().equals("ETCD_KILLED_BY_CM"))
                .singleElement()
                .satisfies(c -> assertThat(c.reasons().orElseThrow().whyNot())
                        .anySatisfy(text -> assertThat(text.en()).contains("OVERLOAD_DISK_IO", "cause of its own")));
    }

    @Test
    void checksWhatWasRepairedAtTheEnd() {
        Judgement judgement = judge(new Combination(
                "",
                List.of(
                        aNode("n1")
                                .etcdDown()
                                .directoryIs(0700, "root", 40, 10, "rw", false)
                                .executableIs(org.etcdmedic.evidence.ExecutableFact.State.ABSENT, 0, false, false),
                        aNode("n2"),
                        aNode("n3")),
                "",
                List.of(),
                List.of()));

        assertThat(judgement.remediation()).last().extracting(Step::id).isEqualTo("verify-etcd-up");
        assertThat(judgement.remediation())
                .filteredOn(step -> step.id().equals("verify-etcd-up"))
                .hasSize(1);
    }

    /** The pairs of the runbook and of the rows C2, C5 and C7, as the knowledge holds them. */
    @ParameterizedTest(name = "{0} explains {1}")
    @CsvSource({
        "VM_RESTARTED, ETCD_PROCESS_RESTARTED",
        "VM_RESTARTED, NETWORK_IP_MISSING",
        "VM_RESTARTED, NETWORK_UNREACHABLE",
        "VM_MIGRATED, NETWORK_INTERRUPTED",
        "ETCD_DISK_FULL, ETCD_PROCESS_DOWN",
        "ETCD_DATA_DISK_FAULT, ETCD_PROCESS_DOWN",
        "CLUSTER_STOPPED_MANUALLY, ETCD_PROCESS_DOWN",
        "CLUSTER_STOPPED_MANUALLY, PEER_PROCESS_DOWN",
        "CLUSTER_STOPPED_MANUALLY, OM_STATUS_UNAVAILABLE",
        "OVERLOAD_MEMORY, ETCD_PROCESS_RESTARTED",
        "OVERLOAD_DISK_IO, OVERLOAD",
        "OVERLOAD_DISK_IO, ETCD_KILLED_BY_CM",
        "OVERLOAD_DISK_IO, ETCD_PROCESS_RESTARTED",
        "NETWORK_FIREWALL, NETWORK_INTERRUPTED",
        "NETWORK_FIREWALL, NETWORK_UNREACHABLE",
        "NETWORK_UNREACHABLE, ETCD_STOPPED_MANUALLY",
        "NETWORK_UNREACHABLE, ETCD_PROCESS_DOWN",
        "ETCD_KILLED_BY_CM, ETCD_PROCESS_RESTARTED",
        "ETCD_PROCESS_DOWN, OM_STATUS_UNAVAILABLE",
        "NETWORK_UNREACHABLE, OM_STATUS_UNAVAILABLE"
    })
    void holdsTheRunbooksPairs(String root, String effect) {
        var explanation = new Explanation(KNOWLEDGE.causes());

        assertThat(explanation.reaches(new CauseCode(root), new CauseCode(effect)))
                .isTrue();
        assertThat(explanation.reaches(new CauseCode(effect), new CauseCode(root)))
                .isFalse();
    }

    /** A cause that is only ever a consequence would leave everybody wondering of what; these few stand alone. */
    @Test
    void explainsEveryProcessThatIsDownOrWasRestarted() {
        Set<String> standAlone = new HashSet<>(Set.of(
                "NO_FAULT_FOUND", "UNDETERMINED", "PROBE_ACCESS", "OM_STATUS_UNAVAILABLE", "ETCD_QUOTA_EXCEEDED"));
        var silent = new ArrayList<String>();
        for (Cause cause : KNOWLEDGE.causes()) {
            boolean last = cause.code().value().endsWith("PROCESS_RESTARTED")
                    || cause.code().value().equals("PEER_PROCESS_DOWN");
            if (cause.explains().isEmpty()
                    && !last
                    && !standAlone.contains(cause.code().value())) {
                silent.add(cause.code().value());
            }
        }
        assertThat(silent).isEmpty();
    }
}
