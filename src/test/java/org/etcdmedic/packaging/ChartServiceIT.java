package org.etcdmedic.packaging;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.etcdmedic.testing.Certificate;
import org.etcdmedic.testing.Database;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.io.ByteArrayResource;
import tools.jackson.databind.JsonNode;

/** The service as the chart configures it: every setting is one that it knows, and the whole production example runs. */
class ChartServiceIT {
    private static final String MONITORING = "token-of-the-monitoring-0123456789abcdef";
    private static final String VIEWER = "token-of-helm-test-0123456789abcdef01234567";
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @TempDir
    Path directory;

    static List<String> examples() {
        return Chart.examples();
    }

    private static String settings(List<Manifest> manifests) {
        return manifests.stream()
                .filter(one -> one.at("/data").has("application.yaml"))
                .map(one -> one.at("/data/application.yaml").asString())
                .findFirst()
                .orElseThrow();
    }

    static MapConfigurationPropertySource properties(String yaml) throws IOException {
        var source = new MapConfigurationPropertySource();
        for (var loaded : new YamlPropertySourceLoader()
                .load("chart", new ByteArrayResource(yaml.getBytes(java.nio.charset.StandardCharsets.UTF_8)))) {
            ((MapPropertySource) loaded).getSource().forEach((name, value) -> source.put(name, String.valueOf(value)));
        }
        return source;
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everySettingIsOneThatTheServiceReads(String example) throws IOException, ReflectiveOperationException {
        assertThat(KnownSettings.strangers(properties(settings(Chart.rendered(example)))))
                .isEmpty();
    }

    @Test
    void aSettingThatNobodyReadsIsNoticed() throws IOException, ReflectiveOperationException {
        assertThat(KnownSettings.strangers(properties("""
                        medic: {access: {requests-per-secnd: 5, requests-per-second: 5}, ssh: {max-connections: 3}}
                        db-scheduler: {shutdown-max-wai: 3s, threads: 4}
                        """)))
                .containsExactly("db-scheduler.shutdown-max-wai", "medic.access.requests-per-secnd");
    }

    /**
     * Files and environment as the pod has them, with knowledge of the site; only the port is one that is free here, and the
     * database is without TLS, which the tests' own does not speak.
     */
    @Test
    void theProductionExampleStartsAnswersItsProbesAndPassesItsOwnTest()
            throws IOException, GeneralSecurityException, InterruptedException {
        Certificate certificate = Certificate.in(directory.resolve("tls"));
        JdbcConnectionDetails database = Database.fresh();
        Path further = Files.writeString(
                directory.resolve("further.yaml"),
                "database: {url: '%s', tls: {mode: disable}}\nnetworkPolicy: {database: {ports: [%d]}}\nknowledge: {existingClaim: site-knowledge}"
                        .formatted(
                                database.getJdbcUrl(),
                                URI.create(database.getJdbcUrl().substring("jdbc:".length()))
                                        .getPort()));
        List<Manifest> manifests = Chart.rendered("production", further);
        JsonNode deployment = Chart.only(manifests, "Deployment").at("/spec/template/spec");
        Map<String, Map<String, String>> store = store(database, settings(manifests), manifests, certificate);
        var pod = new Pod(deployment, store, directory.resolve("pod")).prepared();
        int port = freePort();
        Process service = java(directory.resolve("service.log"), pod.environment(), List.of(), port);
        try {
            JsonNode container = deployment.at("/containers/0");
            assertThat(container.at("/ports/0/containerPort").asInt()).isEqualTo(8080);
            assertThat(Chart.yaml(settings(manifests)).at("/server/port").asInt())
                    .isEqualTo(8080);
            HttpClient client = certificate.client();
            for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
                JsonNode get = container.at("/" + probe + "/httpGet");
                assertThat(get.path("scheme").asString()).isEqualTo("HTTPS");
                await(client, "https://localhost:" + port + get.path("path").asString(), service);
            }
            assertThat(answer(client, "https://localhost:" + port + "/instances/orders-in14", VIEWER))
                    .as("the inventory of the chart, for the token of the chart")
                    .isEqualTo(200);
            assertThat(scraped(client, port, Chart.only(manifests, "ServiceMonitor"), store))
                    .isEqualTo(200);
            assertThat(answer(client, "https://localhost:" + port + "/instances/orders-in14", MONITORING))
                    .as("Prometheus reads nothing else")
                    .isEqualTo(403);
            assertThat(Files.readString(directory.resolve("service.log")))
                    .contains("judging by the knowledge in " + pod.here("/etc/medic/knowledge/knowledge"));
            var test = new Pod(Chart.only(manifests, "Pod").at("/spec"), store, directory.resolve("test")).prepared();
            Process asked = java(
                    directory.resolve("test.log"),
                    Map.of(),
                    test.arguments().stream()
                            .map(word -> word.replaceFirst("//ops-etcd-medic\\.dba\\.svc:8443", "//localhost:" + port))
                            .toList(),
                    0);
            assertThat(asked.waitFor(2, TimeUnit.MINUTES)).isTrue();
            assertThat(asked.exitValue())
                    .as(Files.readString(directory.resolve("test.log")))
                    .isZero();
        } finally {
            service.destroy();
            assertThat(service.waitFor(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    private Map<String, Map<String, String>> store(
            JdbcConnectionDetails database, String settings, List<Manifest> manifests, Certificate certificate)
            throws IOException, GeneralSecurityException {
        String inventory = manifests.stream()
                .filter(one -> one.at("/data").has("inventory.yaml"))
                .map(one -> one.at("/data/inventory.yaml").asString())
                .findFirst()
                .orElseThrow();
        var login = Map.of("ssh-privatekey", "a key", "passphrase", "a passphrase\n");
        return Map.ofEntries(
                Map.entry("ops-etcd-medic", Map.of("application.yaml", settings, "inventory.yaml", inventory)),
                Map.entry(
                        "medic-database",
                        Map.of(
                                "username",
                                String.valueOf(database.getUsername()),
                                "password",
                                String.valueOf(database.getPassword()))),
                Map.entry("gauss-known-hosts", Map.of("known_hosts", "")),
                Map.entry("gauss-ops-key", login),
                Map.entry("jump-key", login),
                Map.entry("management-plane-token", Map.of("sha256", "0".repeat(64))),
                Map.entry("duty-token", Map.of("sha256", "1".repeat(64))),
                Map.entry("monitoring-token", Map.of("sha256", hash(MONITORING) + "  -\n")),
                Map.entry("medic-monitoring-token", Map.of("token", MONITORING + "\n")),
                Map.entry("helm-test-token", Map.of("sha256", hash(VIEWER) + "  -\n")),
                Map.entry("medic-helm-test-token", Map.of("token", VIEWER + "\n")),
                Map.entry("prometheus-token", Map.of("token", "t")),
                Map.entry("site-knowledge", shippedKnowledge()),
                Map.entry("compute-credential", Map.of("secret", "s")),
                Map.entry(
                        "medic-certificate",
                        Map.of(
                                "tls.crt",
                                certificate.pem(),
                                "tls.key",
                                certificate.keyPem(),
                                "ca.crt",
                                certificate.pem())));
    }

    /** What the release brings, as a site's own. */
    private static Map<String, String> shippedKnowledge() throws IOException {
        Path resources = Path.of("src/main/resources");
        var files = new HashMap<String, String>();
        try (Stream<Path> all = Files.walk(resources.resolve("knowledge"))) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(resources.relativize(file).toString(), Files.readString(file));
            }
        }
        return files;
    }

    private static String hash(String token) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(US_ASCII)));
    }

    /** What Prometheus is answered when it does as the ServiceMonitor says. */
    private static int scraped(HttpClient client, int port, Manifest monitor, Map<String, Map<String, String>> store)
            throws IOException, InterruptedException {
        JsonNode endpoint = monitor.at("/spec/endpoints/0");
        JsonNode credentials = endpoint.at("/authorization/credentials");
        String token = store.getOrDefault(credentials.path("name").asString(), Map.of())
                .getOrDefault(credentials.path("key").asString(), "");
        return answer(
                client,
                endpoint.path("scheme").asString() + "://localhost:" + port
                        + endpoint.path("path").asString(),
                token.strip());
    }

    private static int answer(HttpClient client, String address, String token)
            throws IOException, InterruptedException {
        return client.send(
                        HttpRequest.newBuilder(URI.create(address))
                                .header("Authorization", "Bearer " + token)
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private void await(HttpClient client, String address, Process service) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (service.isAlive() && System.nanoTime() < end) {
            try {
                if (answer(client, address, VIEWER) == 200) {
                    return;
                }
            } catch (java.net.ConnectException notYet) {
                // It is still starting.
            }
            Thread.sleep(100); // HTTP has no event for a start, as the probes of a pod have none
        }
        throw new AssertionError(address + " does not answer\n" + Files.readString(directory.resolve("service.log")));
    }

    private static Process java(Path log, Map<String, String> environment, List<String> arguments, int port)
            throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "org.etcdmedic.EtcdMedic"));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("SERVER_PORT", Integer.toString(port));
        return builder.start();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
