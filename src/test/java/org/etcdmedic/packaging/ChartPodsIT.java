package org.etcdmedic.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.convert.DurationStyle;
import tools.jackson.databind.JsonNode;

/** The pods that the chart makes of every example: what they may do, what they see, and the time that they have. */
class ChartPodsIT {
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
            assertThat(Chart.each(pod.path("volumes")))
                    .allSatisfy(volume -> assertThat(volume.propertyNames())
                            .filteredOn(name -> !name.equals("name"))
                            .singleElement()
                            .isIn(ALLOWED_VOLUMES));
            assertThat(Chart.each(pod.path("containers"))).isNotEmpty().allSatisfy(container -> {
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
                assertThat(Chart.each(container.path("ports"))).noneMatch(port -> port.has("hostPort"));
                assertThat(container.at("/resources/limits/memory").isMissingNode())
                        .isFalse();
            });
        });
    }

    @ParameterizedTest
    @MethodSource("examples")
    void whatIsMountedIsThereAndWhatIsThereIsMounted(String example) {
        assertThat(podSpecs(Chart.rendered(example))).allSatisfy(pod -> {
            List<String> volumes = Chart.each(pod.path("volumes"))
                    .map(v -> v.path("name").asString())
                    .toList();
            List<String> mounts = Chart.each(pod.at("/containers/0/volumeMounts"))
                    .map(m -> m.path("name").asString())
                    .toList();
            assertThat(mounts).containsExactlyInAnyOrderElementsOf(volumes).doesNotHaveDuplicates();
            // Nothing of a secret can be written, and of the rest only /tmp.
            assertThat(Chart.each(pod.at("/containers/0/volumeMounts"))
                            .filter(m -> !m.path("readOnly").asBoolean(false))
                            .map(m -> m.path("mountPath").asString()))
                    .containsExactly("/tmp");
        });
    }

    @ParameterizedTest
    @MethodSource("examples")
    void aPodHasMoreTimeToStopThanTheServiceTakes(String example) {
        List<Manifest> manifests = Chart.rendered(example);
        JsonNode pod = Chart.only(manifests, "Deployment").at("/spec/template/spec");
        JsonNode settings = Chart.yaml(Chart.only(manifests, "ConfigMap", "ops-etcd-medic")
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

    @ParameterizedTest
    @CsvSource({
        "minimal, '', 600",
        "production, '', 600",
        "production, 'startup: {limitSeconds: 180}', 180",
        "production, 'startup: {limitSeconds: 1801}', 1803"
    })
    void aStartMayTakeAsLongAsItsDatabaseAndAMigrationDo(String example, String values, long seconds)
            throws IOException {
        Path further = Files.writeString(directory.resolve("further.yaml"), values);
        Manifest deployment = Chart.only(Chart.rendered(example, further), "Deployment");
        JsonNode probe = deployment.at("/spec/template/spec/containers/0/startupProbe");
        assertThat(probe.path("periodSeconds").asLong()
                        * probe.path("failureThreshold").asLong())
                .isEqualTo(seconds)
                .isGreaterThan(Duration.ofMinutes(2).plusSeconds(30).toSeconds());
        assertThat(deployment.at("/spec/progressDeadlineSeconds").asLong()).isGreaterThan(seconds + 120);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void noPodStartsBeforeThoseOfTheVersionBeforeHaveEnded(String example) {
        assertThat(Chart.only(Chart.rendered(example), "Deployment")
                        .at("/spec/strategy")
                        .toString())
                .isEqualTo("{\"type\":\"Recreate\"}");
    }

    @Test
    void otherSettingsOfTheSameVersionMayComeOnePodAfterTheOther() throws IOException {
        Path further = Files.writeString(directory.resolve("further.yaml"), "strategy: {type: RollingUpdate}");
        assertThat(Chart.only(Chart.rendered("production", further), "Deployment")
                        .at("/spec/strategy")
                        .toString())
                .isEqualTo("{\"type\":\"RollingUpdate\",\"rollingUpdate\":{\"maxUnavailable\":0,\"maxSurge\":1}}");
    }

    @Test
    void knowledgeOfTheSiteIsSeenReadOnlyWhereTheServiceLooks() throws IOException {
        Path further = Files.writeString(
                directory.resolve("further.yaml"), "knowledge: {existingClaim: site-knowledge, directory: 2026-11}");
        List<Manifest> manifests = Chart.rendered("production", further);
        assertThat(manifests).allSatisfy(KubernetesSchemas::check);
        JsonNode pod = Chart.only(manifests, "Deployment").at("/spec/template/spec");
        JsonNode volume = named("knowledge", pod.path("volumes"));
        assertThat(volume.path("persistentVolumeClaim").toString())
                .isEqualTo("{\"claimName\":\"site-knowledge\",\"readOnly\":true}");
        JsonNode mount = named("knowledge", pod.at("/containers/0/volumeMounts"));
        assertThat(mount.path("readOnly").asBoolean()).isTrue();
        assertThat(Chart.yaml(Chart.only(manifests, "ConfigMap", "ops-etcd-medic")
                                .at("/data/application.yaml")
                                .asString())
                        .at("/medic/knowledge/location")
                        .asString())
                .isEqualTo("file:" + mount.path("mountPath").asString() + "/2026-11");
    }

    private static JsonNode named(String name, JsonNode list) {
        return Chart.each(list)
                .filter(one -> one.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Duration duration(JsonNode text) {
        return DurationStyle.detectAndParse(text.asString());
    }
}
