package org.etcdmedic.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The section on Kubernetes in {@code docs/install.md}, word by word: its values are taken, and its Secrets are those that the pods ask for. */
class InstallGuideIT {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(sh|yaml)\n(.*?)^```$");
    private static final Pattern SECRET = Pattern.compile("(?m)^kubectl -n (\\S+) create secret generic (\\S+) (.*)$");
    private static final Pattern KEY = Pattern.compile("--from-(?:literal|file)=([^=\\s]+)");
    private static final Pattern INSTALL = Pattern.compile(
            "(?m)^helm -n (\\S+) install (\\S+) helm/etcd-medic((?: -f \\S+)+) --wait --timeout \\d+m\nhelm -n \\1 test \\2$");

    private static final Pattern FILE = Pattern.compile("-f (\\S+)");

    @TempDir
    Path directory;

    private String section = "";
    private List<String> commands = List.of();
    private String values = "";

    @BeforeEach
    void read() throws IOException {
        String guide = Files.readString(Path.of("docs", "install.md"));
        section = found("(?ms)^## Kubernetes\n(.*?)^## ", guide).group(1);
        commands = blocks("sh");
        values = String.join("", blocks("yaml"));
    }

    private List<String> blocks(String language) {
        return BLOCK.matcher(section)
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .toList();
    }

    private static MatchResult found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .findFirst()
                .orElseThrow(() -> new AssertionError("docs/install.md has no " + pattern));
    }

    /** What the guide installs. */
    private List<Manifest> installed() throws IOException {
        MatchResult install = found(INSTALL.pattern(), commands.getFirst());
        Path own = Files.writeString(directory.resolve("values.yaml"), values);
        List<Path> files = FILE.matcher(install.group(3))
                .results()
                .map(file -> file.group(1).equals("values.yaml") ? own : Path.of(file.group(1)))
                .toList();
        return Chart.rendered(install.group(2), install.group(1), files);
    }

    /** Keys of the Secrets that these commands create, by name. */
    private static Map<String, Map<String, String>> secrets(List<String> blocks) {
        var secrets = new HashMap<String, Map<String, String>>();
        blocks.forEach(block -> SECRET.matcher(block).results().forEach(created -> {
            var keys = new HashMap<String, String>();
            KEY.matcher(created.group(3)).results().forEach(key -> keys.put(key.group(1), "content"));
            secrets.put(created.group(2), keys);
        }));
        return secrets;
    }

    private void everyPodFindsItsFiles(List<Manifest> manifests, Map<String, Map<String, String>> secrets)
            throws IOException {
        var store = new HashMap<>(secrets);
        for (Manifest one : manifests) {
            if (one.kind().equals("ConfigMap")) {
                var content = new HashMap<String, String>();
                one.at("/data")
                        .properties()
                        .forEach(entry ->
                                content.put(entry.getKey(), entry.getValue().asString()));
                store.put(one.name(), content);
            }
        }
        for (JsonNode pod : pods(manifests)) {
            new Pod(pod, store, Files.createTempDirectory(directory, "pod")).prepared();
        }
    }

    private static List<JsonNode> pods(List<Manifest> manifests) {
        return List.of(
                Chart.only(manifests, "Deployment").at("/spec/template/spec"),
                Chart.only(manifests, "Pod").at("/spec"));
    }

    @Test
    void itsValuesAreTakenAndItsSecretsAreWhatThePodsAskFor() throws IOException {
        List<Manifest> manifests = installed();

        assertThat(manifests).isNotEmpty().allSatisfy(KubernetesSchemas::check);
        everyPodFindsItsFiles(manifests, secrets(commands.subList(0, 1)));
    }

    @Test
    void theSecretsOfBothListsAreWhatTheProductionExampleAsksFor() throws IOException {
        everyPodFindsItsFiles(Chart.rendered("production"), secrets(commands));
    }

    @Test
    void noSecretIsCreatedForNothing() throws IOException {
        Set<String> asked = new HashSet<>();
        List<Manifest> all = new ArrayList<>(installed());
        all.addAll(Chart.rendered("production"));
        all.forEach(one -> asked.addAll(one.texts()));

        assertThat(secrets(commands).keySet())
                .isNotEmpty()
                .allSatisfy(name -> assertThat(asked).contains(name));
    }

    @Test
    void imageNamespaceAndDeploymentAreCalledTheSameThroughout() throws IOException {
        List<Manifest> manifests = installed();
        String image = found("(?m)^IMAGE=(\\S+) ", commands.getFirst()).group(1);
        String namespace =
                found("kubectl create namespace (\\S+)", commands.getFirst()).group(1);

        assertThat(pods(manifests))
                .allSatisfy(pod ->
                        assertThat(pod.at("/containers/0/image").asString()).isEqualTo(image));
        assertThat(Pattern.compile(" -n (\\S+)").matcher(section).results().map(use -> use.group(1)))
                .isNotEmpty()
                .containsOnly(namespace);
        assertThat(found("rollout restart deployment/([a-z-]+)", section).group(1))
                .isEqualTo(Chart.only(manifests, "Deployment").name());
        assertThat(found("`([a-z-]+)\\." + namespace + "\\.svc`", section).group(1))
                .isEqualTo(Chart.only(manifests, "Service").name());
    }

    @Test
    void theUpgradeGuideIsAboutWhatThisOneInstalls() throws IOException {
        String upgrade = found("(?ms)^## Kubernetes\n(.*)", Files.readString(Path.of("docs", "upgrade.md")))
                .group(1);
        Manifest deployment = Chart.only(installed(), "Deployment");
        String install = found("(?m)^helm (-n \\S+) install (.*) --wait ", commands.getFirst())
                .group();

        assertThat(upgrade).contains(install.replace(" install ", " upgrade "));
        assertThat(all(" -n (\\S+)", upgrade)).containsOnly("dba");
        assertThat(all("deployment/(\\S+)", upgrade)).containsOnly(deployment.name());
        assertThat(all("[ ,](app[a-z./]+=[a-z]+)", upgrade))
                .isNotEmpty()
                .allSatisfy(label -> assertThat(deployment
                                .at("/spec/template/metadata/labels")
                                .path(label.substring(0, label.indexOf('=')))
                                .asString())
                        .isEqualTo(label.substring(label.indexOf('=') + 1)));
    }

    private static List<String> all(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(use -> use.group(1))
                .toList();
    }
}
