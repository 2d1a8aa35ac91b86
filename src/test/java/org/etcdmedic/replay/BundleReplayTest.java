package org.etcdmedic.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.etcdmedic.bundle.Bundle;
import org.etcdmedic.bundle.Bundles;
import org.etcdmedic.evidence.EvidenceReader;
import org.etcdmedic.evidence.OutsideReader;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.knowledge.yaml.YamlKnowledge;
import org.etcdmedic.probe.Reach;
import org.etcdmedic.verdict.Classification;
import org.etcdmedic.verdict.Judgement;
import org.etcdmedic.verdict.NodeTestimony;
import org.etcdmedic.verdict.Reasoner;
import org.etcdmedic.verdict.Verdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Every recording, packed as a bundle and handed in: the same verdict offline as over SSH. */
class BundleReplayTest {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Reasoner REASONER = new Reasoner(YamlKnowledge.shipped());

    static Stream<Path> recordings() throws IOException {
        return CaptureReplayTest.recordings();
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void judgesABundleOfARecordingAsItsNodesWereJudged(Path recording) throws IOException {
        JsonNode scenario = YAML.readTree(Files.readString(recording.resolve("scenario.yaml")));
        Bundle bundle = Bundles.read("bundle.tar.gz", packed(recording, scenario), Bundles.nothingSaid());

        Judgement offline = Bundles.judge(bundle);

        JsonNode truth = scenario.path("truth");
        Verdict verdict = offline.verdict();
        assertThat(CaptureReplayTest.oneOrMore(truth.path("outcome")))
                .contains(verdict.outcome().name());
        assertThat(CaptureReplayTest.oneOrMore(truth.path("cause")))
                .contains(verdict.cause().value());
        assertThat(verdict.effects())
                .containsAll(truth.path("effects")
                        .valueStream()
                        .map(effect -> new CauseCode(effect.stringValue()))
                        .toList());
        Judgement asked = overSsh(bundle);
        assertThat(verdict).isEqualTo(asked.verdict());
        assertThat(states(offline)).isEqualTo(states(asked));
        assertThat(offline.notEvaluated()).isEqualTo(asked.notEvaluated());
    }

    /** The same captures on the way that they take when nodes are asked. */
    private static Judgement overSsh(Bundle bundle) {
        var window = bundle.bundleCase().window();
        var in = new Reach.LoggedIn(window.alarmedAt(), java.time.Duration.ofMillis(50), "SSH-2.0-OpenSSH", "SHA256:x");
        return REASONER.judge(
                bundle.bundleCase().named(),
                bundle.bundleCase().nodes().stream()
                        .map(node -> new NodeTestimony(
                                node.node(),
                                EvidenceReader.read(node.node().id(), in, bundle.captures(), window),
                                OutsideReader.read(node.node().id(), bundle.captures())))
                        .toList(),
                window);
    }

    private static List<String> states(Judgement judgement) {
        return judgement.classifications().stream()
                .map((Classification c) ->
                        c.cause() + " " + c.node() + " " + c.state() + " " + c.confidence() + " " + c.explainedBy())
                .toList();
    }

    private static byte[] packed(Path recording, JsonNode scenario) throws IOException {
        var manifest = (ObjectNode) scenario.deepCopy();
        // The lab's scaled window, see lab/README.md.
        manifest.putObject("window").put("before", "PT25S").put("after", "PT10S");
        manifest.remove(List.of("truth"));
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("incident/bundle.yaml", Bundles.bytes(YAML.writeValueAsString(manifest)));
        files.put("incident/captures.json", Files.readAllBytes(recording.resolve("captures.json")));
        return Bundles.gzip(Bundles.tar(files));
    }
}
