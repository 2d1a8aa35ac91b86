package org.etcdmedic.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.etcdmedic.bundle.BundleRefused;
import org.etcdmedic.bundle.Bundles;
import org.etcdmedic.evidence.EvidenceFixtures;
import org.etcdmedic.evidence.EvidenceReader;
import org.etcdmedic.evidence.EvidenceWindow;
import org.etcdmedic.evidence.Log;
import org.etcdmedic.evidence.LogLine;
import org.etcdmedic.evidence.NodeEvidence;
import org.etcdmedic.inventory.Node;
import org.etcdmedic.inventory.OsUser;
import org.etcdmedic.knowledge.Knowledge;
import org.etcdmedic.knowledge.SignatureEngine;
import org.etcdmedic.knowledge.yaml.YamlKnowledge;
import org.etcdmedic.probe.Capture;
import org.etcdmedic.verdict.NodeTestimony;
import org.etcdmedic.verdict.Reasoner;
import org.etcdmedic.verdict.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Logs of incidents that were told in public, written anew with other names, addresses and times, and nothing but the log:
 * what it says has to be recognised, and the verdict must not contradict the cause that was found at the time.
 */
class IncidentTest {
    private static final Path INCIDENTS = Path.of("src/test/resources/incidents");
    private static final String FILE = "/var/log/cluster/cm/etcd/etcd-current.log";
    private static final Knowledge KNOWLEDGE = YamlKnowledge.shipped();
    private static final Reasoner REASONER = new Reasoner(KNOWLEDGE);
    private static final SignatureEngine SIGNATURES = new SignatureEngine(KNOWLEDGE.signatures());
    /** Long before: the restart of a machine is none of these causes. */
    private static final Instant BOOTED = EvidenceFixtures.ASKED_AT.minusSeconds(30_000_000);

    private static final Set<String> COMPLAINING = Set.of("warn", "error", "panic", "fatal");
    private static final YAMLMapper YAML = new YAMLMapper();

    static Stream<String> incidents() throws IOException {
        try (Stream<Path> all = Files.list(INCIDENTS)) {
            return all.map(path -> path.getFileName().toString()).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("incidents")
    void recognisesWhatTheLogSays(String incident) throws IOException {
        JsonNode expected = expected(incident);
        Log log = evidence(incident, expected, window(Instant.EPOCH))
                .etcdLog()
                .known()
                .orElseThrow();
        Set<String> found = log.lines().stream()
                .flatMap(line -> SIGNATURES.match(Log.Program.ETCD, line).stream())
                .map(match -> match.signature().id())
                .collect(Collectors.toSet());

        assertThat(log.lines()).hasSize(expected.path("lines").intValue());
        assertThat(log.lines())
                .anyMatch(line -> line.at().isPresent() || line.message().contains("etcd"));
        assertThat(found)
                .containsAll(expected.path("signatures")
                        .valueStream()
                        .map(JsonNode::stringValue)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("incidents")
    void judgesByTheLogAloneWithoutAWrongConfirmation(String incident) throws IOException {
        JsonNode expected = expected(incident);
        Verdict verdict = judge(incident, expected);
        Judged judged = judged(expected, verdict);

        assertThat(judged).as("%s: %s", incident, verdict).isNotEqualTo(Judged.WRONG);
        if (verdict.outcome() == Verdict.Outcome.CONFIRMED) {
            assertThat(expected.path("logMayConfirm").booleanValue())
                    .as("%s: %s", incident, verdict)
                    .isTrue();
        }
    }

    @Test
    void namesTheCauseOfMostOfThem() throws IOException {
        var counts = new TreeMap<Judged, List<String>>();
        for (String incident : incidents().toList()) {
            JsonNode expected = expected(incident);
            counts.computeIfAbsent(judged(expected, judge(incident, expected)), j -> new ArrayList<>())
                    .add(incident);
        }

        assertThat(counts.getOrDefault(Judged.WRONG, List.of())).isEmpty();
        assertThat(counts.get(Judged.RIGHT)).as("%s", counts).hasSizeGreaterThanOrEqualTo(75);
    }

    /** What the file is has to be found first: out of a journal the same lines look like a system log. */
    @Test
    void namesTheCauseOfMostOfThemWhenTheLogIsHandedInAsAFile() throws IOException {
        var counts = new TreeMap<Judged, List<String>>();
        var refused = new ArrayList<String>();
        for (String incident : incidents().toList()) {
            try {
                Verdict verdict = Bundles.judge(Bundles.read(
                                "etcd.log",
                                Files.readAllBytes(INCIDENTS.resolve(incident).resolve("log.txt")),
                                Bundles.nothingSaid()))
                        .verdict();
                counts.computeIfAbsent(judged(expected(incident), verdict), j -> new ArrayList<>())
                        .add(incident);
            } catch (BundleRefused e) {
                refused.add(incident);
            }
        }

        assertThat(counts.getOrDefault(Judged.WRONG, List.of())).isEmpty();
        assertThat(counts.get(Judged.RIGHT))
                .as("%s, refused %s", counts, refused)
                .hasSizeGreaterThanOrEqualTo(70);
    }

    @Test
    void knowsNineOfTenComplaints() throws IOException {
        var unknown = new ArrayList<String>();
        int complaints = 0;
        for (String incident : incidents().toList()) {
            Log log = evidence(incident, expected(incident), window(Instant.EPOCH))
                    .etcdLog()
                    .known()
                    .orElseThrow();
            for (LogLine line : log.lines()) {
                boolean complains = COMPLAINING.contains(line.level());
                complaints += complains ? 1 : 0;
                if (complains && SIGNATURES.match(Log.Program.ETCD, line).isEmpty()) {
                    unknown.add(line.message());
                }
            }
        }

        assertThat(complaints).isGreaterThan(150);
        assertThat(unknown).hasSizeLessThan(complaints / 10);
    }

    private enum Judged {
        /** The cause that was found at the time, or none where the log alone tells none. */
        RIGHT,
        /** Less than that, or a cause that the log makes likely too. */
        HONEST,
        /** Another cause. */
        WRONG
    }

    private static Judged judged(JsonNode expected, Verdict verdict) {
        String cause = verdict.cause().value();
        if (cause.equals(expected.path("cause").stringValue())) {
            return Judged.RIGHT;
        }
        boolean fair = cause.equals("UNDETERMINED")
                || expected.path("fair").valueStream().anyMatch(other -> cause.equals(other.stringValue()));
        return fair && verdict.outcome() != Verdict.Outcome.CONFIRMED ? Judged.HONEST : Judged.WRONG;
    }

    private static JsonNode expected(String incident) throws IOException {
        return YAML.readTree(Files.readString(INCIDENTS.resolve(incident).resolve("expected.yaml")));
    }

    private static Verdict judge(String incident, JsonNode expected) throws IOException {
        Instant last =
                evidence(incident, expected, window(Instant.EPOCH)).etcdLog().known().orElseThrow().lines().stream()
                        .flatMap(line -> line.at().stream())
                        .max(Instant::compareTo)
                        .orElse(EvidenceFixtures.ALARMED_AT);
        EvidenceWindow window = window(last);
        NodeEvidence evidence = evidence(incident, expected, window);
        Node node = node();
        return REASONER.judge(node.id(), List.of(new NodeTestimony(node, evidence)), window)
                .verdict();
    }

    private static EvidenceWindow window(Instant alarm) {
        return EvidenceWindow.around(alarm, Duration.ofMinutes(15), Duration.ofMinutes(5));
    }

    private static NodeEvidence evidence(String incident, JsonNode expected, EvidenceWindow window) throws IOException {
        // As the bytes come from a node: whatever is no UTF-8 is replaced.
        String text =
                new String(Files.readAllBytes(INCIDENTS.resolve(incident).resolve("log.txt")), StandardCharsets.UTF_8);
        String identity = EvidenceFixtures.identityText()
                .replace("zone +0800", "zone " + expected.path("zone").stringValue())
                .replaceFirst("btime \\d+", "btime " + BOOTED.getEpochSecond())
                .replaceFirst("uptime \\S+", "uptime 30000000.00");
        List<Capture> captures = List.of(
                EvidenceFixtures.aCapture("identity").text(identity).build(),
                EvidenceFixtures.aCapture("log-window")
                        .argument("file", FILE)
                        .text(text + "\nend 0 0 timed eof whole\n")
                        .build());
        return EvidenceReader.read(EvidenceFixtures.NODE, EvidenceFixtures.loggedIn(), captures, window);
    }

    private static Node node() {
        return new Node(
                EvidenceFixtures.NODE,
                null,
                "192.0.2.21",
                22,
                "probe",
                null,
                new OsUser("Ruby"),
                Node.StatedEtcd.NOTHING,
                Node.StatedPaths.NOTHING);
    }
}
