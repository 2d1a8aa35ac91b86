package org.etcdmedic.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.etcdmedic.diagnosis.AskedCase;
import org.etcdmedic.diagnosis.Symptom;
import org.etcdmedic.diagnosis.Told;
import org.etcdmedic.evidence.EvidenceWindow;
import org.etcdmedic.inventory.InstanceDocument;
import org.etcdmedic.inventory.InstanceId;
import org.etcdmedic.inventory.Node;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.knowledge.yaml.YamlKnowledge;
import org.etcdmedic.probe.Capture;
import org.etcdmedic.probe.Probe;
import org.etcdmedic.probe.ProbeId;
import org.etcdmedic.probe.Question;
import org.etcdmedic.probe.Reach;
import org.etcdmedic.probe.RunAs;
import org.etcdmedic.probe.yaml.YamlProbes;
import org.etcdmedic.verdict.Judgement;
import org.etcdmedic.verdict.Reasoner;
import org.etcdmedic.verdict.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * What the lab's nodes really answered, judged again without a node: the verdict has to be the one that an expert signed, and
 * the one that was given over SSH. Recorded with {@code lab/lab record SCENARIO --to src/test/resources/captures}; a whole run of
 * {@code lab/lab all --record-to DIR} is judged again with {@code -Dmedic.captures=DIR}.
 */
class CaptureReplayTest {
    private static final Path CAPTURES = Path.of(System.getProperty("medic.captures", "src/test/resources/captures"));
    private static final Reasoner REASONER = new Reasoner(YamlKnowledge.shipped());
    private static final JsonMapper JSON = new JsonMapper();
    private static final YAMLMapper YAML = new YAMLMapper();

    static Stream<Path> recordings() throws IOException {
        try (Stream<Path> all = Files.list(CAPTURES)) {
            return all.filter(Files::isDirectory).sorted().toList().stream();
        }
    }

    @Test
    void hasRecordings() throws IOException {
        assertThat(recordings()).hasSizeGreaterThanOrEqualTo(10);
    }

    /** What is never asked of the lab's nodes was never tried: a new probe needs a recording that holds its answer. */
    @Test
    void holdsAnAnswerToEveryProbe() throws IOException {
        Set<ProbeId> recorded = new HashSet<>();
        for (Path recording : recordings().toList()) {
            captures(recording)
                    .forEach(capture -> recorded.add(capture.question().probe().id()));
        }

        assertThat(YamlProbes.shipped().all())
                .extracting(Probe::id)
                .filteredOn(probe -> !recorded.contains(probe))
                .as("probes without an answer in any recording")
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void judgesAsTheExpertWhoSignedTheScenario(Path recording) throws IOException {
        JsonNode scenario = scenario(recording);
        Verdict verdict = judge(scenario, captures(recording)).verdict();

        JsonNode truth = scenario.path("truth");
        assertThat(oneOrMore(truth.path("outcome"))).contains(verdict.outcome().name());
        assertThat(oneOrMore(truth.path("cause"))).contains(verdict.cause().value());
        assertThat(verdict.effects()).containsAll(codes(truth.path("effects")));
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void judgesAsItDidOverSsh(Path recording) throws IOException {
        JsonNode scenario = scenario(recording);
        Verdict verdict = judge(scenario, captures(recording)).verdict();

        JsonNode told = scenario.path("verdict");
        assertThat(verdict.outcome().name() + " " + verdict.cause())
                .isEqualTo(told.path("outcome").stringValue() + " "
                        + told.path("cause").stringValue());
        assertThat(verdict.node().map(NodeId::value).orElse(""))
                .isEqualTo(told.path("nodeId").stringValue(""));
        assertThat(verdict.effects()).containsExactlyInAnyOrderElementsOf(codes(told.path("effects")));
        assertThat(verdict.others()).containsExactlyInAnyOrderElementsOf(codes(told.path("others")));
    }

    static List<String> oneOrMore(JsonNode stated) {
        return stated.isArray()
                ? stated.valueStream().map(JsonNode::stringValue).toList()
                : List.of(stated.stringValue());
    }

    private static List<CauseCode> codes(JsonNode list) {
        return list.valueStream().map(code -> new CauseCode(code.stringValue())).toList();
    }

    static JsonNode scenario(Path recording) throws IOException {
        return YAML.readTree(Files.readString(recording.resolve("scenario.yaml")));
    }

    static Judgement judge(JsonNode scenario, List<Capture> captures) {
        Instant alarmedAt = OffsetDateTime.parse(
                        scenario.path("alarm").path("occurredAt").stringValue())
                .toInstant();
        JsonNode scaled = scenario.path("window");
        EvidenceWindow window = EvidenceWindow.around(
                alarmedAt,
                Duration.parse(scaled.path("before").stringValue()),
                Duration.parse(scaled.path("after").stringValue()));
        JsonNode stated = scenario.path("instance");
        var document = new InstanceDocument(
                stated.path("name").stringValue(null),
                JSON.convertValue(
                        stated.path("nodes"),
                        JSON.getTypeFactory()
                                .constructCollectionType(List.class, InstanceDocument.NodeDocument.class)));
        List<Node> nodes = document.toInstance(new InstanceId("replay")).nodes();
        var asked = new AskedCase(
                new NodeId(scenario.path("alarm").path("nodeId").stringValue()),
                nodes.stream()
                        .map(node -> AskedCase.AskedNode.of(node, reach(scenario, node.id(), alarmedAt)))
                        .toList(),
                window);
        return asked.judge(REASONER, captures, List.of(told(asked.named(), scenario.path("alarm"))));
    }

    private static Told told(NodeId named, JsonNode alarm) {
        return new Told(
                named,
                alarm.path("clusterStatus").stringValue(null),
                alarm.path("vmEvents")
                        .valueStream()
                        .map(event -> new Symptom.VmEvent(
                                event.path("type").stringValue(),
                                OffsetDateTime.parse(event.path("occurredAt").stringValue())
                                        .toInstant()))
                        .toList());
    }

    private static Reach reach(JsonNode scenario, NodeId node, Instant at) {
        JsonNode notIn = scenario.path("notIn").path(node.value());
        if (notIn.isMissingNode()) {
            return new Reach.LoggedIn(at, Duration.ofMillis(50), "SSH-2.0-OpenSSH", "SHA256:replayed");
        }
        return new Reach.NotIn(
                at,
                Duration.ofSeconds(5),
                Reach.Obstacle.valueOf(notIn.path("obstacle").stringValue()),
                notIn.path("detail").stringValue(""),
                notIn.has("hostAnswers") ? Optional.of(notIn.path("hostAnswers").booleanValue()) : Optional.empty());
    }

    static List<Capture> captures(Path recording) throws IOException {
        var captures = new ArrayList<Capture>();
        for (JsonNode item : JSON.readTree(Files.readString(recording.resolve("captures.json")))) {
            captures.add(capture(item));
        }
        return captures;
    }

    private static Capture capture(JsonNode item) {
        Map<String, String> arguments = new HashMap<>();
        item.path("args").forEachEntry((name, value) -> arguments.put(name, value.stringValue()));
        var probe = new Probe(
                new ProbeId(item.path("probe").stringValue()),
                List.of(),
                RunAs.LOGIN,
                "sh",
                "recorded",
                List.copyOf(arguments.keySet()),
                Duration.ofSeconds(1),
                1,
                Map.of());
        var id = UUID.fromString(item.path("id").stringValue());
        var node = new NodeId(item.path("nodeId").stringValue());
        Instant startedAt = Instant.parse(item.path("startedAt").stringValue());
        Duration took = Duration.ofMillis(item.path("durationMillis").longValue());
        String text = item.path("text").stringValue("");
        if (item.has("reason")) {
            return new Capture.NoAnswer(
                    id,
                    node,
                    new Question(probe, arguments),
                    "",
                    startedAt,
                    took,
                    Capture.Reason.valueOf(item.path("reason").stringValue()),
                    item.path("detail").stringValue(""),
                    text);
        }
        return new Capture.Answer(
                id,
                node,
                new Question(probe, arguments),
                item.path("command").stringValue(""),
                startedAt,
                took,
                item.has("exitStatus") ? Optional.of(item.path("exitStatus").intValue()) : Optional.empty(),
                text,
                item.path("errorText").stringValue(""),
                item.path("bytes").longValue(),
                item.path("truncated").booleanValue());
    }
}
