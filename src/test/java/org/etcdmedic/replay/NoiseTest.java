package org.etcdmedic.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.etcdmedic.evidence.EvidenceFixtures;
import org.etcdmedic.evidence.EvidenceReader;
import org.etcdmedic.evidence.EvidenceWindow;
import org.etcdmedic.evidence.Log;
import org.etcdmedic.evidence.LogLine;
import org.etcdmedic.inventory.Node;
import org.etcdmedic.inventory.OsUser;
import org.etcdmedic.knowledge.Knowledge;
import org.etcdmedic.knowledge.Signature;
import org.etcdmedic.knowledge.SignatureEngine;
import org.etcdmedic.knowledge.yaml.YamlKnowledge;
import org.etcdmedic.probe.Capture;
import org.etcdmedic.verdict.NodeTestimony;
import org.etcdmedic.verdict.Reasoner;
import org.etcdmedic.verdict.Verdict;
import org.junit.jupiter.api.Test;

/** Signs of trouble that have many reasons, in any mixture, and lines that only look like a log's: no cause is proven. */
class NoiseTest {
    private static final Knowledge KNOWLEDGE = YamlKnowledge.shipped();
    private static final Reasoner REASONER = new Reasoner(KNOWLEDGE);
    private static final SignatureEngine SIGNATURES = new SignatureEngine(KNOWLEDGE.signatures());
    private static final int MIXTURES = 300;
    private static final LocalDateTime BEGIN = LocalDateTime.parse("2026-11-22T18:30:00");
    private static final DateTimeFormatter CAPNSLOG = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS");

    /** The examples of every symptom that names no cause; writes that were slow again and again do name one. */
    private static List<LogLine> symptoms() {
        return KNOWLEDGE.signatures().stream()
                .filter(signature -> signature.kind() == Signature.Kind.SYMPTOM)
                .filter(signature -> signature.supports().isEmpty())
                .filter(signature -> signature.programs().contains(Log.Program.ETCD))
                .filter(signature -> !signature.id().equals("wal-slow-fsync"))
                .flatMap(signature -> signature.match().stream())
                .map(LogLine::of)
                .filter(line -> SIGNATURES.match(Log.Program.ETCD, line).stream()
                        .allMatch(match -> match.signature().supports().isEmpty()))
                .toList();
    }

    @Test
    void confirmsNothingByMixturesOfSymptoms() {
        List<LogLine> symptoms = symptoms();
        assertThat(symptoms).hasSizeGreaterThan(60);
        var random = new Random(7);
        for (int i = 0; i < MIXTURES; i++) {
            var text = new StringBuilder();
            LocalDateTime at = BEGIN;
            for (int line = 0; line < 40; line++) {
                at = at.plus(Duration.ofMillis(random.nextInt(20_000)));
                text.append(written(symptoms.get(random.nextInt(symptoms.size())), at))
                        .append('\n');
            }
            Verdict verdict = judge(text.toString());
            assertThat(verdict.outcome()).as("%d: %s %s", i, verdict, text).isNotEqualTo(Verdict.Outcome.CONFIRMED);
        }
    }

    @Test
    void confirmsNothingByDamagedLinesOfSymptoms() {
        List<LogLine> symptoms = symptoms();
        var random = new Random(11);
        for (int i = 0; i < MIXTURES; i++) {
            var lines = new ArrayList<String>();
            for (int line = 0; line < 40; line++) {
                var text = new StringBuilder(
                        written(symptoms.get(random.nextInt(symptoms.size())), BEGIN.plusSeconds(random.nextInt(900))));
                for (int damage = random.nextInt(6); damage > 0; damage--) {
                    int place = random.nextInt(text.length());
                    switch (random.nextInt(4)) {
                        case 0 -> text.deleteCharAt(place);
                        case 1 -> text.insert(place, (char) (32 + random.nextInt(95)));
                        case 2 -> text.setCharAt(place, (char) random.nextInt(0x2500));
                        default -> text.insert(place, text.substring(place, Math.min(text.length(), place + 9)));
                    }
                }
                lines.add(text.toString());
            }
            Verdict verdict = judge(String.join("\n", lines));
            assertThat(verdict.outcome()).as("%d: %s", i, verdict).isNotEqualTo(Verdict.Outcome.CONFIRMED);
        }
    }

    /** The line as if it had been written at another time. */
    private static String written(LogLine line, LocalDateTime at) {
        return switch (line.dialect()) {
            case ZAP -> line.text().replaceFirst("\"ts\":\"[^\"]*\"", "\"ts\":\"" + at + "+0800\"");
            case CAPNSLOG, RAFT, GRPC, CM, OM, RAW -> CAPNSLOG.format(at) + " W | etcdserver: " + line.message();
        };
    }

    private static Verdict judge(String text) {
        EvidenceWindow window = EvidenceFixtures.WINDOW;
        String identity = EvidenceFixtures.identityText().replaceFirst("btime \\d+", "btime 1700000000");
        List<Capture> captures = List.of(
                EvidenceFixtures.aCapture("identity").text(identity).build(),
                EvidenceFixtures.aCapture("log-window")
                        .argument("file", "/var/log/cluster/cm/etcd/etcd-current.log")
                        .text(text + "\nend 0 0 timed eof whole\n")
                        .build());
        var node = new Node(
                EvidenceFixtures.NODE,
                null,
                "192.0.2.21",
                22,
                "probe",
                null,
                new OsUser("Ruby"),
                Node.StatedEtcd.NOTHING,
                Node.StatedPaths.NOTHING);
        return REASONER.judge(
                        node.id(),
                        List.of(new NodeTestimony(
                                node, EvidenceReader.read(node.id(), EvidenceFixtures.loggedIn(), captures, window))),
                        window)
                .verdict();
    }
}
