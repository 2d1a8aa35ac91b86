package org.etcdmedic.packaging;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The chart, by Helm itself. Its examples are the value sets that every fact is tried with. */
final class Chart {
    static final Path DIRECTORY = Path.of("helm", "etcd-medic");
    static final String RELEASE = "ops";
    static final String NAMESPACE = "dba";
    private static final Path EXAMPLES = Path.of("helm", "examples");
    private static final String KUBERNETES = "1.34.0";
    private static final ObjectMapper YAML = YAMLMapper.builder().build();

    private static final class Shown {
        static final Path CHART = make();

        private static Path make() {
            try {
                return withoutHooks();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

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

    /** What Helm's strict lint says of the chart with the example's values laid over its own. */
    static LintResult lint(String example, Path scratch) {
        try {
            Path copy = copied(scratch.resolve(example));
            ObjectNode values = (ObjectNode) yaml(Files.readString(DIRECTORY.resolve("values.yaml")));
            lay(yaml(Files.readString(EXAMPLES.resolve(example + ".yaml"))), values);
            Files.writeString(copy.resolve("values.yaml"), YAML.writeValueAsString(values));
            return new Helm(copy).lint().strict().call();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path copied(Path below) throws IOException {
        Path copy = Files.createDirectories(below).resolve(DIRECTORY.getFileName());
        FileSystemUtils.deleteRecursively(copy);
        try (Stream<Path> files = Files.walk(DIRECTORY)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(DIRECTORY.relativize(file)), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return copy;
    }

    /** Helm keeps hooks to itself when it renders: in a copy the pod of {@code helm test} is an object like any other. */
    private static Path withoutHooks() throws IOException {
        Path copy = copied(Path.of("target", "chart"));
        Path test = copy.resolve("templates/tests/reads.yaml");
        String text = Files.readString(test);
        if (!text.contains("    helm.sh/hook: test\n")) {
            throw new AssertionError("no hook in " + test);
        }
        Files.writeString(test, text.replace("    helm.sh/hook", "    shown.helm.sh/hook"));
        return copy;
    }

    private static void lay(JsonNode upper, ObjectNode lower) {
        upper.properties().forEach(entry -> {
            if (entry.getValue().isObject() && lower.path(entry.getKey()) instanceof ObjectNode deeper) {
                lay(entry.getValue(), deeper);
            } else {
                lower.set(entry.getKey(), entry.getValue());
            }
        });
    }

    /** What the example becomes when further values are laid over it, one after the other; without what Helm says to the person who installs it. */
    static List<Manifest> rendered(String example, Path... further) {
        var values = new ArrayList<>(List.of(EXAMPLES.resolve(example + ".yaml")));
        values.addAll(List.of(further));
        return manifests(text(RELEASE, NAMESPACE, values));
    }

    /** What a release of this name becomes in this namespace, of files of values laid over each other. */
    static List<Manifest> rendered(String release, String namespace, List<Path> values) {
        return manifests(text(release, namespace, values));
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

    /** The one object of this kind and name. */
    static Manifest only(List<Manifest> manifests, String kind, String name) {
        return only(manifests.stream().filter(one -> one.name().equals(name)).toList(), kind);
    }

    /** The elements of a list. */
    static Stream<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
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

    private static String text(String release, String namespace, List<Path> values) {
        var command = new Helm(Shown.CHART)
                .template()
                .withName(release)
                .withNamespace(namespace)
                .withKubeVersion(KUBERNETES);
        values.forEach(command::withValuesFile);
        return command.call();
    }

    static JsonNode yaml(String text) {
        return YAML.readTree(text);
    }
}
