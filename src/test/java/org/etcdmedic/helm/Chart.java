package org.etcdmedic.helm;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The chart, by Helm itself. Its examples are the value sets that every fact is tried with. */
final class Chart {
    static final Path DIRECTORY = Path.of("helm", "etcd-medic");
    static final String RELEASE = "ops";
    static final String NAMESPACE = "dba";
    private static final Path EXAMPLES = Path.of("helm", "examples");
    private static final String KUBERNETES = "1.34.0";
    private static final ObjectMapper YAML = YAMLMapper.builder().build();

    private Chart() {}

    /** Names of the examples. */
    static List<String> examples() {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.map(file -> file.getFileName().toString().replace(".yaml", ""))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static LintResult lint() {
        return new Helm(DIRECTORY).lint().strict().call();
    }

    /** What the example becomes, without what Helm says to the person who installs it. */
    static List<Manifest> rendered(String example) {
        return manifests(text(EXAMPLES.resolve(example + ".yaml")));
    }

    /** What the example becomes when further values are laid over it. */
    static List<Manifest> rendered(String example, Path further) {
        return manifests(text(EXAMPLES.resolve(example + ".yaml"), further));
    }

    /** The one object of this kind. */
    static Manifest only(List<Manifest> manifests, String kind) {
        List<Manifest> found =
                manifests.stream().filter(one -> one.kind().equals(kind)).toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " of the kind " + kind + " in " + manifests);
        }
        return found.getFirst();
    }

    private static List<Manifest> manifests(String text) {
        var manifests = new ArrayList<Manifest>();
        for (String document : text.split("(?m)^---$")) {
            JsonNode tree = YAML.readTree(document);
            if (tree != null && tree.isObject()) {
                manifests.add(new Manifest(tree));
            }
        }
        return manifests;
    }

    private static String text(Path... values) {
        var command = new Helm(DIRECTORY)
                .template()
                .withName(RELEASE)
                .withNamespace(NAMESPACE)
                .withKubeVersion(KUBERNETES);
        Arrays.stream(values).forEach(command::withValuesFile);
        return command.call();
    }

    static JsonNode yaml(String text) {
        return YAML.readTree(text);
    }
}
