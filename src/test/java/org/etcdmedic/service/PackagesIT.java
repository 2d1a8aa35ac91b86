package org.etcdmedic.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.etcdmedic.bundle.Bundles;
import org.etcdmedic.testing.Api;
import org.etcdmedic.testing.GuardedService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A diagnosis is packed for another team, handed in again, and judged alike; who its pseudonyms are only its own service tells. */
class PackagesIT {
    private static final Path CAPTURES = Path.of("src", "test", "resources", "captures");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** A firewall on a peer, a node that is cut off, a certificate, a full disk, and what monitoring measured. */
    private static final List<String> RECORDINGS =
            List.of("firewall-on-peer", "isolation", "certificate-expired", "disk-full-others", "metrics-slow-disk");

    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    Path directory;

    @Test
    void packsWhatIsJudgedAlikeWhenItIsHandedInAgain() throws Exception {
        try (GuardedService service = GuardedService.start(directory.resolve("service.log"))) {
            for (String recording : RECORDINGS) {
                judgedAlike(service, recording);
            }
            Api.Answer nothing =
                    service.api().get("/diagnoses/00000000-0000-7000-8000-000000000000/bundle", service.as("viewer"));
            assertThat(nothing.status()).isEqualTo(404);
            refusesMoreNamesThanItCanReplace(service);
        }
    }

    private static void refusesMoreNamesThanItCanReplace(GuardedService service) throws Exception {
        Path recording = CAPTURES.resolve("isolation");
        JsonNode captures = JSON.readTree(Files.readString(recording.resolve("captures.json")));
        String names = IntStream.rangeClosed(0, 20_000)
                .mapToObj("lookup pay%05d\n"::formatted)
                .collect(Collectors.joining());
        captures.valueStream()
                .filter(capture -> capture.path("probe").stringValue().equals("system-log"))
                .map(ObjectNode.class::cast)
                .forEach(answer -> answer.put("text", answer.path("text").stringValue() + names));
        JsonNode diagnosis = judged(
                service,
                "names.zip",
                Bundles.zip(Map.of(
                        "bundle.yaml",
                        Files.readAllBytes(recording.resolve("scenario.yaml")),
                        "captures.json",
                        Bundles.bytes(JSON.writeValueAsString(captures)))));
        String at = "/diagnoses/" + diagnosis.path("id").stringValue() + "/bundle";
        for (String path : List.of(at, at + "/map")) {
            Api.Answer refused = service.api().get(path, service.as("operator"));
            assertThat(refused.status()).isEqualTo(404);
            assertThat(refused.json().path("type").stringValue()).isEqualTo("urn:etcd-medic:problem:not-found");
            assertThat(refused.json().at("/errors/0/detail").stringValue()).contains("nothing is packed");
            assertThat(refused.text()).doesNotContain("pay0");
        }
    }

    private static void judgedAlike(GuardedService service, String recording) throws Exception {
        JsonNode first = judged(service, recording + ".zip", zip(recording));
        String at = "/diagnoses/" + first.path("id").stringValue() + "/bundle";
        HttpResponse<byte[]> made = get(service, at);
        assertThat(made.statusCode()).as(recording).isEqualTo(200);
        assertThat(made.headers().firstValue("Content-Type")).contains("application/gzip");
        assertThat(made.headers().firstValue("Content-Disposition"))
                .contains(
                        "attachment; filename=\"etcd-medic-" + first.path("id").stringValue() + ".tar.gz\"");
        assertThat(get(service, at).body()).as("the same bytes").isEqualTo(made.body());
        String tag = made.headers().firstValue("ETag").orElseThrow();
        assertThat(service.api()
                        .get(at, service.as("viewer", "If-None-Match", tag))
                        .status())
                .isEqualTo(304);

        Map<String, String> files = unpacked(made.body());
        whole(files);
        JsonNode map = map(service, at);
        for (JsonNode name : map.path("items")) {
            String original = name.path("original").stringValue();
            if (original.length() > 6) {
                assertThat(String.join("\n", files.values()).contains("\"" + original + "\""))
                        .as(original)
                        .isFalse();
            }
        }
        assertThat(files.get("report.md")).doesNotContain("lab 2", "gauss-ops", "gaussdb-node");

        JsonNode again = judged(service, "package.tar.gz", made.body());
        assertThat(again.path("bundle").path("packaged").path("diagnosisId")).isEqualTo(first.path("id"));
        assertThat(again.path("bundle").path("packaged").path("pseudonyms").booleanValue())
                .isTrue();
        assertThat(again.path("bundle").path("skipped").size()).isZero();
        assertThat(gist(again, map)).isEqualTo(gist(first, null));
    }

    /** What a diagnosis says, with the real names in the place of the pseudonyms. */
    private static List<String> gist(JsonNode diagnosis, @Nullable JsonNode map) {
        var gist = new ArrayList<String>();
        JsonNode verdict = diagnosis.path("verdict");
        gist.add(verdict.path("outcome") + " " + verdict.path("cause") + " " + verdict.path("effects") + " "
                + named(verdict, map));
        diagnosis
                .path("classifications")
                .forEach(c -> gist.add(c.path("cause") + " " + c.path("state") + " " + c.path("confidence") + " "
                        + c.path("explainedBy") + " " + named(c, map)));
        diagnosis
                .path("findings")
                .forEach(f -> gist.add(f.path("id") + " " + f.path("kind") + " " + f.path("check") + " "
                        + f.path("state") + " " + named(f, map)));
        diagnosis
                .path("reachability")
                .forEach(row -> gist.add(row.path("ping") + " " + row.path("peerPort") + " " + row.path("clientPort")));
        return gist;
    }

    private static String named(JsonNode said, @Nullable JsonNode map) {
        String node = said.path("nodeId").stringValue("");
        return map == null || node.isEmpty()
                ? node
                : map.path("items")
                        .valueStream()
                        .filter(name -> name.path("pseudonym").stringValue().equals(node))
                        .map(name -> name.path("original").stringValue())
                        .findFirst()
                        .orElseThrow();
    }

    private static JsonNode map(GuardedService service, String at) {
        assertThat(service.api().get(at + "/map").status()).isEqualTo(401);
        assertThat(service.api().get(at + "/map", service.as("viewer")).status())
                .isEqualTo(403);
        Api.Answer map = service.api().get(at + "/map", service.as("operator"));
        assertThat(map.status()).isEqualTo(200);
        return map.json();
    }

    private static void whole(Map<String, String> files) throws Exception {
        assertThat(files.keySet())
                .containsExactly(
                        "README.txt",
                        "report.html",
                        "report.md",
                        "verdict.json",
                        "findings.json",
                        "timeline.json",
                        "bundle.yaml",
                        "captures.json",
                        "SHA256SUMS");
        for (String line : files.get("SHA256SUMS").lines().toList()) {
            byte[] content = files.get(line.substring(66)).getBytes(StandardCharsets.UTF_8);
            assertThat(line)
                    .startsWith(HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(content)));
        }
    }

    private static HttpResponse<byte[]> get(GuardedService service, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(service.api().base() + path))
                .headers(service.as("viewer", "Accept", "application/gzip"))
                .build();
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    private static Map<String, String> unpacked(byte[] archive) throws IOException {
        var files = new LinkedHashMap<String, String>();
        try (var tar = new TarArchiveInputStream(new GZIPInputStream(new ByteArrayInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                String name = entry.getName();
                files.put(
                        name.substring(name.indexOf('/') + 1), new String(tar.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }

    private static byte[] zip(String recording) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("bundle.yaml", Files.readAllBytes(CAPTURES.resolve(recording).resolve("scenario.yaml")));
        files.put(
                "captures.json", Files.readAllBytes(CAPTURES.resolve(recording).resolve("captures.json")));
        return Bundles.zip(files);
    }

    private static JsonNode judged(GuardedService service, String name, byte[] file) {
        var form = new ByteArrayOutputStream();
        form.writeBytes(Bundles.bytes(
                "--b\r\nContent-Disposition: form-data; name=\"bundle\"; filename=\"" + name + "\"\r\n\r\n"));
        form.writeBytes(file);
        form.writeBytes(Bundles.bytes("\r\n--b--\r\n"));
        Api.Answer taken = service.api().form("/diagnoses", form.toByteArray(), "b", service.as("operator"));
        assertThat(taken.status()).as(taken.text()).isEqualTo(202);
        return service.await(
                taken.json().path("diagnosisId").stringValue(),
                diagnosis -> diagnosis.path("status").stringValue("").equals("COMPLETED"),
                PATIENCE);
    }
}
