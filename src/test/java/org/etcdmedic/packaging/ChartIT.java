package org.etcdmedic.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the chart makes of every example: facts about the rendered objects, and what it refuses. */
class ChartIT {
    @TempDir
    Path directory;

    static List<String> examples() {
        return Chart.examples();
    }

    private static Manifest deployment(String example) {
        return Chart.only(Chart.rendered(example), "Deployment");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void strictLintFindsNothing(String example) {
        var result = Chart.lint(example, directory);
        assertThat(result.isFailed()).as(result.getMessages().toString()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyObjectIsOneThatKubernetesTakes(String example) {
        List<Manifest> manifests = Chart.rendered(example);
        assertThat(manifests).isNotEmpty().allSatisfy(KubernetesSchemas::check);
        assertThat(manifests).allSatisfy(one -> assertThat(one.name()).matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?"));
        assertThat(manifests.stream().map(Manifest::toString)).doesNotHaveDuplicates();
    }

    @Test
    void anUnknownFieldAndAMissingOneAreNoticedAtAnyDepth() {
        Manifest good = deployment("minimal");
        ObjectNode strange = (ObjectNode) good.tree().deepCopy();
        ((ObjectNode) strange.at("/spec/template/spec/containers/0/livenessProbe/httpGet")).put("prot", 1);
        assertThatThrownBy(() -> KubernetesSchemas.check(new Manifest(strange))).hasMessageContaining("prot");
        ObjectNode poor = (ObjectNode) good.tree().deepCopy();
        ((ObjectNode) poor.at("/spec/template/spec/containers/0")).remove("name");
        assertThatThrownBy(() -> KubernetesSchemas.check(new Manifest(poor))).hasMessageContaining("name");
        ObjectNode monitor = (ObjectNode) Chart.only(Chart.rendered("production"), "ServiceMonitor")
                .tree()
                .deepCopy();
        ((ObjectNode) monitor.at("/spec/endpoints/0")).put("intervall", "15s");
        assertThatThrownBy(() -> KubernetesSchemas.check(new Manifest(monitor))).hasMessageContaining("intervall");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void noObjectHoldsASecret(String example) {
        List<Manifest> manifests = Chart.rendered(example);
        assertThat(manifests).noneMatch(one -> one.kind().equals("Secret"));
        JsonNode container = Chart.only(manifests, "Deployment").at("/spec/template/spec/containers/0");
        assertThat(Chart.each(container.path("env")).map(v -> v.path("name").asString()))
                .containsExactly("SPRING_CONFIG_ADDITIONAL_LOCATION", "JDK_JAVA_OPTIONS");
        JsonNode settings = Chart.yaml(Chart.only(manifests, "ConfigMap", "ops-etcd-medic")
                .at("/data/application.yaml")
                .asString());
        assertThat(settings.at("/spring/datasource").propertyNames()).containsExactly("url");
        assertThat(settings.at("/spring/datasource/url").asString()).doesNotContainIgnoringCase("password");
        assertThat(Chart.each(settings.at("/medic/ssh/logins"))).noneMatch(login -> login.has("passphrase"));
        assertThat(Chart.each(settings.at("/medic/access/tokens"))).noneMatch(token -> token.has("sha256"));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everySelectorChoosesTheServicesPodsAndNoOther(String example) {
        List<Manifest> manifests = Chart.rendered(example);
        Manifest deployment = Chart.only(manifests, "Deployment");
        JsonNode labels = deployment.at("/spec/template/metadata/labels");
        JsonNode test = manifests.stream()
                .filter(one -> one.kind().equals("Pod"))
                .map(one -> one.at("/metadata/labels"))
                .findFirst()
                .orElse(deployment.at("/nowhere"));
        manifests.forEach(one -> {
            JsonNode selector = switch (one.kind()) {
                case "Service" -> one.at("/spec/selector");
                case "Deployment", "PodDisruptionBudget" -> one.at("/spec/selector/matchLabels");
                case "NetworkPolicy" -> one.at("/spec/podSelector/matchLabels");
                default -> one.at("/nowhere");
            };
            selector.properties()
                    .forEach(label -> assertThat(labels.path(label.getKey()))
                            .as(one + " " + label.getKey())
                            .isEqualTo(label.getValue()));
            if (selector.isObject()) {
                assertThat(selector.size()).as(one.toString()).isEqualTo(3);
                assertThat(test.path("app.kubernetes.io/component"))
                        .isNotEqualTo(selector.path("app.kubernetes.io/component"));
                assertThat(selector.toString()).doesNotContain("version");
            }
        });
        Manifest service = Chart.only(manifests, "Service");
        assertThat(service.at("/spec/ports/0/targetPort").asString())
                .isEqualTo(deployment
                        .at("/spec/template/spec/containers/0/ports/0/name")
                        .asString());
        manifests.stream().filter(one -> one.kind().equals("ServiceMonitor")).forEach(monitor -> {
            JsonNode serviceLabels = service.at("/metadata/labels");
            monitor.at("/spec/selector/matchLabels")
                    .properties()
                    .forEach(label ->
                            assertThat(serviceLabels.path(label.getKey())).isEqualTo(label.getValue()));
            assertThat(monitor.at("/spec/endpoints/0/port")).isEqualTo(service.at("/spec/ports/0/name"));
        });
    }

    @ParameterizedTest
    @MethodSource("examples")
    void aDisruptionBudgetIsThereOnlyWithSeveralReplicas(String example) {
        List<Manifest> manifests = Chart.rendered(example);
        boolean several =
                Chart.only(manifests, "Deployment").at("/spec/replicas").asInt() > 1;
        assertThat(manifests.stream().anyMatch(one -> one.kind().equals("PodDisruptionBudget")))
                .isEqualTo(several);
    }

    @Test
    void onlySshNamesTheDatabaseAndTheConfiguredTargetsAreLetOut() {
        Manifest policy = Chart.only(Chart.rendered("production"), "NetworkPolicy");
        assertThat(policy.at("/spec/policyTypes").toString()).isEqualTo("[\"Ingress\",\"Egress\"]");
        assertThat(Chart.each(policy.at("/spec/egress")).map(rule -> ports(rule) + " " + rule.path("to")))
                .containsExactly(
                        "2222 [{\"ipBlock\":{\"cidr\":\"192.0.2.1/32\"}}]",
                        "5432 [{\"ipBlock\":{\"cidr\":\"198.51.100.5/32\"}}]",
                        "53,53 [{\"namespaceSelector\":{\"matchLabels\":{\"kubernetes.io/metadata.name\":\"kube-system\"}}}]",
                        "443,9090 [{\"ipBlock\":{\"cidr\":\"203.0.113.0/24\"}}]");
        // Nothing is let out without saying whereto: an empty "to" is everywhere.
        assertThat(Chart.examples())
                .allSatisfy(example -> Chart.rendered(example).stream()
                        .filter(one -> one.kind().equals("NetworkPolicy"))
                        .forEach(one -> assertThat(Chart.each(one.at("/spec/egress")))
                                .allSatisfy(rule -> {
                                    assertThat(rule.path("to").size()).isPositive();
                                    assertThat(rule.path("ports").size()).isPositive();
                                })));
        assertThat(Chart.each(policy.at("/spec/ingress/0/from")).map(JsonNode::toString))
                .last()
                .asString()
                .contains("\"app.kubernetes.io/component\":\"test\"");
    }

    @Test
    void namesAreLookedUpOnThePortsThatTheNameServersListenOn() {
        Manifest policy = Chart.only(Chart.rendered("openshift"), "NetworkPolicy");
        JsonNode names = Chart.each(policy.at("/spec/egress"))
                .filter(rule -> rule.path("to").toString().contains("openshift-dns"))
                .findFirst()
                .orElseThrow();
        assertThat(Chart.each(names.path("ports")).map(JsonNode::toString))
                .containsExactly(
                        "{\"port\":5353,\"protocol\":\"UDP\"}",
                        "{\"port\":5353,\"protocol\":\"TCP\"}",
                        "{\"port\":53,\"protocol\":\"UDP\"}",
                        "{\"port\":53,\"protocol\":\"TCP\"}");
    }

    @Test
    void nginxLetsThroughWhatTheServiceTakes() throws IOException {
        String settings = Files.readString(Path.of("src/main/resources/application.yaml"));
        String largest = settings.replaceAll("(?s).*max-request-size: \\$\\{[a-z.-]+:(\\d+)MB}.*", "$1m");
        assertThat(Chart.examples().stream()
                        .flatMap(example -> Chart.rendered(example).stream())
                        .filter(one ->
                                one.at("/spec/ingressClassName").asString("").equals("nginx"))
                        .map(one -> one.at("/metadata/annotations/nginx.ingress.kubernetes.io~1proxy-body-size")
                                .asString("")))
                .hasSize(2)
                .containsOnly(largest);
    }

    private static String ports(JsonNode rule) {
        return String.join(
                ",",
                Chart.each(rule.path("ports"))
                        .map(port -> port.path("port").asString())
                        .toList());
    }

    @Test
    void theAuthorityOfTheServicesCertificateMayBeInASecretOfItsOwn() throws IOException {
        String monitor = "/spec/endpoints/0/tlsConfig/ca/secret";
        assertThat(Chart.only(Chart.rendered("production"), "ServiceMonitor")
                        .at(monitor)
                        .toString())
                .isEqualTo("{\"name\":\"medic-certificate\",\"key\":\"ca.crt\"}");
        Path further = Files.writeString(
                directory.resolve("further.yaml"), "tls: {caSecret: public-authority, caKey: root.pem}");
        List<Manifest> manifests = Chart.rendered("production", further);
        assertThat(Chart.only(manifests, "ServiceMonitor").at(monitor).toString())
                .isEqualTo("{\"name\":\"public-authority\",\"key\":\"root.pem\"}");
        assertThat(Chart.each(Chart.only(manifests, "Pod").at("/spec/volumes"))
                        .filter(volume -> volume.path("name").asString().equals("authority"))
                        .map(volume -> volume.path("secret").toString()))
                .singleElement()
                .asString()
                .contains("\"public-authority\"", "{\"key\":\"root.pem\",\"path\":\"ca.crt\"}");
    }

    @Test
    void rulesAndDashboardAreTheFilesAsTheyStand() throws IOException {
        List<Manifest> manifests = Chart.rendered("production");
        assertThat(Chart.only(manifests, "PrometheusRule").at("/spec"))
                .isEqualTo(Chart.yaml(Files.readString(Chart.DIRECTORY.resolve("files/alerts.yaml"))));
        JsonNode dashboard = Chart.yaml(Chart.only(manifests, "ConfigMap", "ops-etcd-medic-dashboard")
                .at("/data/etcd-medic.json")
                .asString());
        assertThat(dashboard).isEqualTo(Chart.yaml(Files.readString(Chart.DIRECTORY.resolve("files/dashboard.json"))));
    }

    @Test
    void otherSettingsAreOtherPods() throws IOException {
        Path further =
                Files.writeString(directory.resolve("further.yaml"), "config: {medic: {queue: {most-waiting: 7}}}");
        String path = "/spec/template/metadata/annotations/checksum~1config";
        assertThat(Chart.only(Chart.rendered("minimal", further), "Deployment").at(path))
                .isNotEqualTo(deployment("minimal").at(path));
        assertThat(deployment("minimal").at(path))
                .isEqualTo(deployment("minimal").at(path));
    }

    @Test
    void aSecretMayBeSeveralFilesWhileItIsBeingChanged() throws IOException {
        Path further = Files.writeString(
                directory.resolve("further.yaml"),
                "config: {medic: {tickets: {targets: {desk: {secret: ['file:/etc/medic/secrets/desk/new', 'file:/etc/medic/secrets/desk/old']}}}}}");
        JsonNode settings = Chart.yaml(Chart.only(Chart.rendered("minimal", further), "ConfigMap")
                .at("/data/application.yaml")
                .asString());
        assertThat(Chart.each(settings.at("/medic/tickets/targets/desk/secret")).map(JsonNode::asString))
                .containsExactly("file:/etc/medic/secrets/desk/new", "file:/etc/medic/secrets/desk/old");
    }

    @Test
    void theChartIsOfThisRelease() throws IOException {
        JsonNode chart = Chart.yaml(Files.readString(Chart.DIRECTORY.resolve("Chart.yaml")));
        String version = Chart.yaml(Files.readString(Chart.DIRECTORY.resolve("Chart.yaml")))
                .path("appVersion")
                .asString();
        assertThat(Files.readString(Path.of("pom.xml")))
                .containsPattern("<version>" + version + "(-SNAPSHOT)?</version>");
        assertThat(chart.path("version").asString()).isEqualTo(version);
    }
}
