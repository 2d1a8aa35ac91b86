package org.etcdmedic.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.etcdmedic.bundle.Bundle;
import org.etcdmedic.bundle.BundleCase;
import org.etcdmedic.bundle.BundleCase.Packaged;
import org.etcdmedic.bundle.Bundles;
import org.etcdmedic.bundle.PackageFiles;
import org.etcdmedic.bundle.json.OwnCapturesText;
import org.etcdmedic.handover.Packing;
import org.etcdmedic.handover.archive.TarArchive;
import org.etcdmedic.handover.json.JsonJudgements;
import org.etcdmedic.inventory.Node;
import org.etcdmedic.knowledge.Knowledge;
import org.etcdmedic.knowledge.yaml.YamlKnowledge;
import org.etcdmedic.probe.Capture;
import org.etcdmedic.veil.Pseudonym;
import org.etcdmedic.veil.Secret;
import org.etcdmedic.verdict.Judgement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Every recording, packed for another team and handed in again: judged alike, and nothing in it says where it was. */
class PackageReplayTest {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final JsonMapper JSON = new JsonMapper();
    private static final Knowledge KNOWLEDGE = YamlKnowledge.shipped();
    private static final JsonJudgements JUDGEMENTS = new JsonJudgements();
    private static final Secret SECRET = new Secret("a secret that a test may tell".getBytes(StandardCharsets.UTF_8));
    private static final Pattern ADDRESS =
            Pattern.compile("(?<![0-9A-Za-z.])198\\.(?:18|19)\\.\\d{1,3}\\.\\d{1,3}(?![0-9])");

    static Stream<Path> recordings() throws IOException {
        return CaptureReplayTest.recordings();
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void judgesThePackageOfARecordingAsTheRecordingItself(Path recording) throws IOException {
        Bundle recorded = recorded(recording);
        Judgement before = Bundles.judge(recorded);
        Packing packing = packing(recorded, before);
        byte[] archive = archive(packing);

        Bundle again = Bundles.read("package.tar.gz", archive, Bundles.nothingSaid());
        Judgement after = Bundles.judge(again);

        assertThat(again.bundleCase().packaged()).isPresent();
        assertThat(again.bundleCase().skipped()).isEmpty();
        assertThat(comparable(after)).containsExactlyInAnyOrderElementsOf(comparable(packing.judgement()));
        Set<String> there = namesAndAddresses(recorded, recording);
        assertThat(there).hasSizeGreaterThan(8);
        assertThat(found(there, text(packing))).isEmpty();
        lookedUp(packing, recorded);
    }

    private static void lookedUp(Packing packing, Bundle recorded) {
        for (int i = 0; i < recorded.bundleCase().nodes().size(); i++) {
            Node original = recorded.bundleCase().nodes().get(i).node();
            Node veiled = packing.about().nodes().get(i).node();
            for (var pair : Map.of(original.id().value(), veiled.id().value(), original.host(), veiled.host())
                    .entrySet()) {
                assertThat(packing.names())
                        .filteredOn(name -> name.pseudonym().equals(pair.getValue()))
                        .extracting(Pseudonym::original)
                        .containsExactly(pair.getKey());
            }
        }
    }

    static Bundle recorded(Path recording) throws IOException {
        var manifest = (ObjectNode) YAML.readTree(Files.readString(recording.resolve("scenario.yaml")));
        manifest.putObject("window").put("before", "PT25S").put("after", "PT10S");
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("bundle.yaml", Bundles.bytes(YAML.writeValueAsString(manifest)));
        files.put("captures.json", Files.readAllBytes(recording.resolve("captures.json")));
        return Bundles.read("recording.tar.gz", Bundles.gzip(Bundles.tar(files)), Bundles.nothingSaid());
    }

    static Packing packing(Bundle recorded, Judgement judgement) {
        return Packing.of(
                new Packing.Content(recorded.bundleCase(), recorded.captures(), judgement, List.of()),
                new Packaged("d1", "1.0", KNOWLEDGE.version()),
                SECRET,
                KNOWLEDGE,
                JUDGEMENTS);
    }

    private static byte[] archive(Packing packing) {
        OwnCapturesText own = OwnCapturesText.of(packing.about(), packing.captures());
        Map<String, String> files = new LinkedHashMap<>();
        files.put(PackageFiles.README, "read me\n");
        files.put(PackageFiles.FINDINGS, JUDGEMENTS.findings(packing.judgement()));
        files.put(PackageFiles.MANIFEST, own.manifest());
        files.put(PackageFiles.CAPTURES, own.captures());
        return new TarArchive().of("etcd-medic-d1", files, Instant.parse("2026-11-23T00:00:00Z"));
    }

    private static String text(Packing packing) {
        OwnCapturesText own = OwnCapturesText.of(packing.about(), packing.captures());
        return own.manifest()
                + own.captures()
                + JUDGEMENTS.verdict(packing.judgement())
                + JUDGEMENTS.findings(packing.judgement())
                + JUDGEMENTS.timeline(packing.judgement());
    }

    /** A judgement without what no two readings of the same captures share: their new identifiers. */
    private static List<String> comparable(Judgement judgement) {
        var lines = new ArrayList<String>();
        flatten(
                "",
                JSON.readTree(JSON.writeValueAsString(judgement)
                        .replaceAll("\"capture\":\"[0-9a-f-]{36}\"", "\"capture\":\"\"")),
                lines);
        return lines;
    }

    private static void flatten(String path, JsonNode node, List<String> lines) {
        if (node.isObject()) {
            node.forEachEntry((name, value) -> flatten(path + "/" + name, value, lines));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                flatten(path + "/" + i, node.get(i), lines);
            }
        } else {
            // Pseudonyms are longer or shorter: what is cut to a length is cut elsewhere.
            String value = node.toString();
            lines.add(
                    path + " " + (value.indexOf('…') < 0 ? value : value.substring(0, Math.min(value.length(), 200))));
        }
    }

    /** What must not be found in a package of the lab. */
    private static Set<String> namesAndAddresses(Bundle recorded, Path recording) throws IOException {
        var there = new LinkedHashSet<String>();
        BundleCase about = recorded.bundleCase();
        there.add(about.instance().value());
        there.add("gauss-ops");
        there.add("lab-ops");
        about.nodes().forEach(node -> {
            there.add(node.node().id().value());
            there.add(node.node().host());
            there.add(String.valueOf(node.node().vmId()));
        });
        for (Capture capture : recorded.captures()) {
            if (capture instanceof Capture.Answer answer) {
                Matcher host =
                        Pattern.compile("^hostname (\\S+)", Pattern.MULTILINE).matcher(answer.text());
                while (capture.question().probe().id().value().equals("identity") && host.find()) {
                    there.add(host.group(1));
                }
                Matcher card = Pattern.compile("link/ether (\\S+)").matcher(answer.text());
                while (card.find()) {
                    there.add(card.group(1));
                }
                Matcher six = Pattern.compile("inet6 (fe80::[^/ ]+)").matcher(answer.text());
                while (six.find()) {
                    there.add(six.group(1));
                }
            }
        }
        Matcher address = ADDRESS.matcher(Files.readString(recording.resolve("captures.json")));
        while (address.find()) {
            there.add(address.group());
        }
        there.remove("localhost");
        return there;
    }

    /** In any way that such a name may be written. */
    private static List<String> found(Set<String> names, String text) {
        var found = new ArrayList<String>();
        String lower = text.toLowerCase(Locale.ROOT);
        for (String name : names) {
            List<String> ways = List.of(
                    name.toLowerCase(Locale.ROOT),
                    name.replace('.', '-'),
                    name.replace(".", "\\."),
                    name.replace(":", "%3a"),
                    Base64.getEncoder()
                            .withoutPadding()
                            .encodeToString(name.getBytes(StandardCharsets.UTF_8))
                            .toLowerCase(Locale.ROOT));
            for (String way : ways) {
                int at = lower.indexOf(way);
                while (at >= 0) {
                    boolean digitBefore = at > 0 && Character.isDigit(lower.charAt(at - 1));
                    boolean digitAfter =
                            at + way.length() < lower.length() && Character.isDigit(lower.charAt(at + way.length()));
                    if (!digitBefore && !digitAfter) {
                        found.add(way + " in ..."
                                + text.substring(Math.max(0, at - 60), Math.min(text.length(), at + 60)));
                        break;
                    }
                    at = lower.indexOf(way, at + 1);
                }
            }
        }
        return found;
    }
}
