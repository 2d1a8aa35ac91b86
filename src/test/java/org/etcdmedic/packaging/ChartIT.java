package org.etcdmedic.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.etcdmedic.packaging.Chart.only;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.convert.DurationStyle;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the chart makes of every example: facts about the rendered objects, and what it refuses. */
class ChartIT {
    private static final Set<String> ALLOWED_VOLUMES = Set.of(
            "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret");

    @TempDir
    Path directory;

    static List<String> examples() {
        return Chart.examples();
    }

    private static Stream<JsonNode> podSpecs(List<Manifest> manifests) {
        return manifests.stream()
                .map(one -> one.kind().equals("Pod") ? one.at("/spec") : one.at("/spec/template/spec"))
                .filter(JsonNode::isObject);
    }

    private static Stream<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static Manifest deployment(String example) {
        return only(Chart.rendered(example), "Deployment");
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
        ObjectNode monitor = (ObjectNode)
                only(Chart.rendered("production"), "ServiceMonitor").tree().deepCopy();
        ((ObjectNode) monitor.at("/spec/endpoints/0")).put("intervall", "15s");
        assertThatThrownBy(() -> KubernetesSchemas.check(new Manifest(monitor))).hasMessageContaining("intervall");
    }

    /** https://kubernetes.io/docs/concepts/security/pod-security-standards/, profile Restricted, control by control. */
    @ParameterizedTest
    @MethodSource("examples")
    void everyPodIsAllowedUnderPodSecurityRestricted(String example) {
        assertThat(podSpecs(Chart.rendered(example))).isNotEmpty().allSatisfy(pod -> {
            for (String host : List.of("hostNetwork", "hostPID", "hostIPC")) {
                assertThat(pod.path(host).asBoolean(false)).as(host).isFalse();
            }
            assertThat(pod.path("securityContext").has("sysctls")).isFalse();
            assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
            assertThat(pod.at("/securityContext/runAsUser").asInt(10001)).isNotZero();
            assertThat(pod.at("/securityContext/seccompProfile/type").asString())
                    .isEqualTo("RuntimeDefault");
            assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
            assertThat(each(pod.path("volumes")))
                    .allSatisfy(volume -> assertThat(volume.propertyNames())
                            .filteredOn(name -> !name.equals("name"))
                            .singleElement()
                            .isIn(ALLOWED_VOLUMES));
            assertThat(each(pod.path("containers"))).isNotEmpty().allSatisfy(container -> {
                JsonNode security = container.path("securityContext");
                assertThat(security.path("allowPrivilegeEscalation").asBoolean(true))
                        .isFalse();
                assertThat(security.path("privileged").asBoolean(false)).isFalse();
                assertThat(security.path("readOnlyRootFilesystem").asBoolean(false))
                        .isTrue();
                assertThat(security.path("runAsNonRoot").asBoolean(false)).isTrue();
                assertThat(security.at("/capabilities/drop").toString()).isEqualTo("[\"ALL\"]");
                assertThat(security.at("/capabilities").has("add")).isFalse();
                assertThat(security.has("procMount")).isFalse();
                assertThat(each(container.path("ports"))).noneMatch(port -> port.has("hostPort"));
                assertThat(container.at("/resources/limits/memory").isMissingNode())
                        .isFalse();
            });
        });
    }

    @ParameterizedTest
    @MethodSource("examples")
    void whatIsMountedIsThereAndWhatIsThereIsMounted(String example) {
        assertThat(podSpecs(Chart.rendered(example))).allSatisfy(pod -> {
            List<String> volumes = each(pod.path("volumes"))
                    .map(v -> v.path("name").asString())
                    .toList();
            List<String> mounts = each(pod.at("/containers/0/volumeMounts"))
                    .map(m -> m.path("name").asString())
                    .toList();
            assertThat(mounts).containsExactlyInAnyOrderElementsOf(volumes).doesNotHaveDuplicates();
            // Nothing of a secret can be written, and of the rest only /tmp.
            assertThat(each(pod.at("/containers/0/volumeMounts"))
                            .filter(m -> !m.path("readOnly").asBoolean(false))
                            .map(m -> m.path("mountPath").asString()))
                    .containsExactly("/tmp");
        });
    }

    @ParameterizedTest
    @MethodSource("examples")
    void noObjectHoldsASecret(String example) {
        List<Manifest> manifests = Chart.rendered(example);
        assertThat(manifests).noneMatch(one -> one.kind().equals("Secret"));
        JsonNode container = only(manifests, "Deployment").at("/spec/template/spec/containers/0");
        assertThat(each(container.path("env")).map(v -> v.path("name").asString()))
                .containsExactly("SPRING_CONFIG_ADDITIONAL_LOCATION", "JDK_JAVA_OPTIONS");
        JsonNode settings = Chart.yaml(only(manifests, "ConfigMap", "ops-etcd-medic")
                .at("/data/application.yaml")
                .asString());
        assertThat(settings.at("/spring/datasource").propertyNames()).containsExactly("url");
        assertThat(settings.at("/spring/datasource/url").asString()).doesNotContainIgnoringCase("password");
        assertThat(each(settings.at("/medic/ssh/logins"))).noneMatch(login -> login.has("passphrase"));
        assertThat(each(settings.at("/medic/access/tokens"))).noneMatch(token -> token.has("sha256"));
    }

    private static Manifest only(List<Manifest> manifests, String kind, String name) {
        return Chart.only(
                manifests.stream().filter(one -> one.name().equals(name)).toList(), kind);
    }

    private static Manifest only(List<Manifest> manifests, String kind) {
        return Chart.only(manifests, kind);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everySelectorChoosesTheServicesPodsAndNoOther(String example) {
        List<Manifest> manifests = Chart.rendered(example);
        Manifest deployment = only(manifests, "Deployment");
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
        Manifest service = only(manifests, "Service");
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
        boolean several = only(manifests, "Deployment").at("/spec/replicas").asInt() > 1;
        assertThat(manifests.stream().anyMatch(one -> one.kind().equals("PodDisruptionBudget")))
                .isEqualTo(several);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void aPodHasMoreTimeToStopThanTheServiceTakes(String example) {
        List<Manifest> manifests = Chart.rendered(example);
        JsonNode pod = only(manifests, "Deployment").at("/spec/template/spec");
        JsonNode settings = Chart.yaml(only(manifests, "ConfigMap", "ops-etcd-medic")
                .at("/data/application.yaml")
                .asString());
        Duration answers = duration(settings.at("/spring/lifecycle/timeout-per-shutdown-phase"));
        Duration jobs = duration(settings.at("/db-scheduler/shutdown-max-wait"));
        Duration diagnosis = duration(settings.at("/medic/diagnosis/deadline"));
        long before = pod.at("/containers/0/lifecycle/preStop/sleep/seconds").asLong();
        assertThat(before).isPositive();
        assertThat(jobs).isGreaterThan(diagnosis);
        assertThat(pod.path("terminationGracePeriodSeconds").asLong())
                .isGreaterThanOrEqualTo(before + answers.toSeconds() + jobs.toSeconds() + 10);
    }

    private static Duration duration(JsonNode text) {
        return DurationStyle.detectAndParse(text.asString());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void aStartMayWaitForItsDatabaseBeforeItIsGivenUp(String example) {
        JsonNode probe = deployment(example).at("/spec/template/spec/containers/0/startupProbe");
        assertThat(probe.path("periodSeconds").asLong()
                        * probe.path("failureThreshold").asLong())
                .isGreaterThan(Duration.ofMinutes(2).plusSeconds(60).toSeconds());
    }

    @Test
    void onlySshNamesTheDatabaseAndTheConfiguredTargetsAreLetOut() {
        Manifest policy = only(Chart.rendered("production"), "NetworkPolicy");
        assertThat(policy.at("/spec/policyTypes").toString()).isEqualTo("[\"Ingress\",\"Egress\"]");
        assertThat(each(policy.at("/spec/egress")).map(rule -> ports(rule) + " " + rule.path("to")))
                .containsExactly(
                        "2222 [{\"ipBlock\":{\"cidr\":\"192.0.2.1/32\"}}]",
                        "5432 [{\"ipBlock\":{\"cidr\":\"198.51.100.5/32\"}}]",
                        "53,53 [{\"namespaceSelector\":{\"matchLabels\":{\"kubernetes.io/metadata.name\":\"kube-system\"}}}]",
                        "443,9090 [{\"ipBlock\":{\"cidr\":\"203.0.113.0/24\"}}]");
        // Nothing is let out without saying whereto: an empty "to" is everywhere.
        assertThat(Chart.examples())
                .allSatisfy(example -> Chart.rendered(example).stream()
                        .filter(one -> one.kind().equals("NetworkPolicy"))
                        .forEach(one -> assertThat(each(one.at("/spec/egress"))).allSatisfy(rule -> {
                            assertThat(rule.path("to").size()).isPositive();
                            assertThat(rule.path("ports").size()).isPositive();
                        })));
        assertThat(each(policy.at("/spec/ingress/0/from")).map(JsonNode::toString))
                .last()
                .asString()
                .contains("\"app.kubernetes.io/component\":\"test\"");
    }

    private static String ports(JsonNode rule) {
        return String.join(
                ",",
                each(rule.path("ports"))
                        .map(port -> port.path("port").asString())
                        .toList());
    }

    @Test
    void rulesAndDashboardAreTheFilesAsTheyStand() throws IOException {
        List<Manifest> manifests = Chart.rendered("production");
        assertThat(only(manifests, "PrometheusRule").at("/spec"))
                .isEqualTo(Chart.yaml(Files.readString(Chart.DIRECTORY.resolve("files/alerts.yaml"))));
        JsonNode dashboard = Chart.yaml(only(manifests, "ConfigMap", "ops-etcd-medic-dashboard")
                .at("/data/etcd-medic.json")
                .asString());
        assertThat(dashboard).isEqualTo(Chart.yaml(Files.readString(Chart.DIRECTORY.resolve("files/dashboard.json"))));
    }

    @Test
    void otherSettingsAreOtherPods() throws IOException {
        Path further =
                Files.writeString(directory.resolve("further.yaml"), "config: {medic: {queue: {most-waiting: 7}}}");
        String path = "/spec/template/metadata/annotations/checksum~1config";
        assertThat(only(Chart.rendered("minimal", further), "Deployment").at(path))
                .isNotEqualTo(deployment("minimal").at(path));
        assertThat(deployment("minimal").at(path))
                .isEqualTo(deployment("minimal").at(path));
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

    /** The value, and a part of what is said of it: each name is found in the message. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            image: {repository: ''}                                              | image.repository
            image: {tag: latest}                                                 | image.tag
            image: {digest: 'sha256:12'}                                         | image.digest
            imgae: {tag: '1'}                                                    | imgae
            replicas: 0                                                          | replicas
            replicas: two                                                        | replicas
            database: {url: 'postgres://db/medic'}                               | database.url
            database: {url: 'jdbc:postgresql://me:secret@db/medic'}              | database.url
            database: {url: 'jdbc:postgresql://db/medic?password=x'}             | database.url
            database: {existingSecret: ''}                                       | database.existingSecret
            database: {password: hunter2}                                        | password
            database: {parameters: {password: hunter2}}                          | password
            database: {parameters: {sslmode: disable}}                           | sslmode
            database: {tls: {mode: prefer}}                                      | database.tls.mode
            database: {tls: {mode: verify-full, existingSecret: ''}}             | database.tls.existingSecret
            ssh: {logins: {ops: {user: ops}}}                                    | existingSecret
            ssh: {logins: {ops: {user: 'o p s', existingSecret: x}}}             | user
            ssh: {logins: {ops: {user: ops, existingSecret: x, privateKey: y}}}  | privateKey
            ssh: {logins: {Ops_1: {user: ops, existingSecret: x}}}               | Ops_1
            ssh: {knownHosts: {existingSecret: ''}}                              | ssh.knownHosts.existingSecret
            ssh: {bastions: {b: {host: 192.0.2.1, login: nobody}}}               | ssh.bastions.b.login
            inventory: {instances: {a: {nodes: []}}}                             | nodes
            inventory: {instances: {a: {nodes: [{nodeId: n}]}}}                  | host
            inventory: {existingConfigMap: x, instances: {a: {nodes: [{nodeId: n, host: h}]}}} | inventory.existingConfigMap
            access: {tokens: null}                                               | access.tokens
            access: {tokens: {duty: {roles: [root], existingSecret: x}}}         | roles
            access: {tokens: {duty: {roles: [], existingSecret: x}}}             | roles
            access: {tokens: {duty: {roles: [admin], sha256: abc}}}              | sha256
            access: {oidc: {issuerUri: 'https://login.example'}}                 | access.oidc.audiences
            access: {oidc: {issuerUri: 'http://login.example'}}                  | access.oidc.issuerUri
            diagnosis: {deadlineSeconds: 2}                                      | diagnosis.deadlineSeconds
            config: {medic.queue.most-waiting: 7}                                | medic.queue.most-waiting
            config: {server: {port: 9}}                                          | config.server.port
            config: {medic: {ssh: {knownHosts: x}}}                              | config.medic.ssh.knownHosts
            config: {medic: {diagnosis: 5}}                                      | config.medic.diagnosis
            config: {spring: {datasource: {password: hunter2}}}                  | config.spring.datasource.password
            config: {medic: {compute: {user: {password: hunter2}}}}              | config.medic.compute.user.password
            secretFiles: {prometheus: token}                                     | secretFiles.prometheus
            service: {type: HostPort}                                            | service.type
            service: {port: 70000}                                               | service.port
            ingress: {enabled: true}                                             | ingress.host
            ingress: {enabled: true, host: medic.example}                        | ingress.tlsSecret
            ingress: {host: 'https://medic.example'}                             | ingress.host
            networkPolicy: {enabled: true}                                       | networkPolicy.ssh.cidrs
            networkPolicy: {enabled: true, ssh: {cidrs: [192.0.2.0/24]}}         | networkPolicy.database.to
            networkPolicy: {ssh: {cidrs: [192.0.2.1]}}                           | networkPolicy.ssh.cidrs
            networkPolicy: {ssh: {cidrs: [10.0.0.0/33]}}                         | networkPolicy.ssh.cidrs
            networkPolicy: {ssh: {ports: []}}                                    | networkPolicy.ssh.ports
            networkPolicy: {targets: [{ports: [443]}]}                           | to
            networkPolicy: {database: {to: [{}]}}                                | networkPolicy.database.to
            monitoring: {serviceMonitor: {enabled: true}}                        | monitoring.serviceMonitor.existingSecret
            monitoring: {serviceMonitor: {interval: often}}                      | monitoring.serviceMonitor.interval
            tests: {token: abc}                                                  | token
            resources: {limits: {memory: lots}}                                  | resources.limits.memory
            runAsUser: 0                                                         | runAsUser
            podLabels: {app.kubernetes.io/name: other}                           | podLabels
            """)
    void aWrongValueIsRefusedByName(String values, String name) throws IOException {
        Path further = Files.writeString(directory.resolve("wrong.yaml"), values);
        assertThatThrownBy(() -> Chart.rendered("minimal", further))
                .satisfies(refusal -> assertThat(
                                String.valueOf(refusal.getMessage()).replaceAll("[/.]", "."))
                        .contains(name));
    }
}
