package org.etcdmedic.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.etcdmedic.evidence.EvidenceFixtures.NODE;
import static org.etcdmedic.evidence.EvidenceFixtures.aCapture;
import static org.etcdmedic.evidence.EvidenceFixtures.loggedIn;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.etcdmedic.evidence.EtcdHealth.Word;
import org.etcdmedic.inventory.Node;
import org.etcdmedic.inventory.OsUser;
import org.etcdmedic.probe.Capture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The probe {@code etcd-health} as it is, against a real etcd of one member, plain and with TLS, well and hanging. */
@EnabledOnOs(OS.LINUX)
class EtcdHealthIT {
    private static final Path ETCD = Path.of("/usr/bin/etcd");
    private static final Path ETCDCTL = Path.of("/usr/bin/etcdctl");
    private static final String NOBODY = "http://127.0.0.1:1";

    @TempDir
    Path home;

    private final List<Process> started = new ArrayList<>();
    private List<String> flags = List.of();

    @BeforeEach
    void needsEtcd() {
        assumeTrue(Files.isExecutable(ETCD) && Files.isExecutable(ETCDCTL), "etcd and etcdctl are not installed");
    }

    @AfterEach
    void endsWhatItStarted() throws InterruptedException {
        for (Process process : started) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void hearsAPlainMemberAndThatNobodyListensElsewhere() throws Exception {
        String own = etcd("http");
        EtcdHealth health = ask(own, NOBODY, "", "", "", ETCDCTL);

        assertThat(health.ownAnswer().orElseThrow().word()).isEqualTo(Word.HEALTHY);
        assertThat(health.answers().stream().filter(answer -> answer.endpoint().equals(NOBODY)))
                .singleElement()
                .satisfies(answer -> assertThat(answer.word()).isEqualTo(Word.REFUSED));
        EtcdHealth.Status status = health.ownStatus().orElseThrow();
        assertThat(status.leader()).isEqualTo(status.member());
        assertThat(status.size().orElse(0)).isPositive();
        assertThat(health.members()).singleElement().satisfies(member -> {
            assertThat(member.id()).isEqualTo(status.member());
            assertThat(member.name()).isEqualTo("a");
            assertThat(member.clientUrls()).containsExactly(own);
        });
        assertThat(health.alarms()).isEmpty();
    }

    @Test
    void hearsAMemberBehindTlsWithTheClientsCertificate() throws Exception {
        certificates();
        String own = etcd("https");

        EtcdHealth health = ask(own, "", file("etcdca.crt"), file("client.crt"), file("client.key"), ETCDCTL);

        assertThat(health.ownAnswer().orElseThrow().word()).isEqualTo(Word.HEALTHY);
        assertThat(health.ownStatus()).isPresent();
    }

    @Test
    void doesNotAccuseEtcdWhenOurCertificateIsNotTrusted() throws Exception {
        certificates();
        String own = etcd("https");

        EtcdHealth health = ask(own, "", file("etcdca.crt"), file("none.crt"), file("none.key"), ETCDCTL);

        assertThat(health.ownAnswer().orElseThrow().word()).isEqualTo(Word.NOT_TRUSTED);
    }

    @Test
    void findsTheFilesByEtcdsOwnCommandLine() throws Exception {
        certificates();
        String own = etcd("https");
        String processes =
                "uid 1001\nprocess 4711\ncomm etcd\nstat 4711 (etcd) S 1 4711 4711 0 -1 4194560 1 0 0 0 1 1 0"
                        + " 0 20 0 9 0 100 1 1 1\nUid:\t1001\t1001\t1001\t1001\nexe /usr/bin/etcd\nargs "
                        + String.join("\t", flags) + "\n";
        NodeEvidence evidence = EvidenceReader.read(
                NODE,
                loggedIn(),
                List.of(
                        aCapture("identity")
                                .text(EvidenceFixtures.identityText())
                                .build(),
                        aCapture("processes")
                                .text(processes.replace("127.0.0.1", "198.51.100.1"))
                                .build()),
                EvidenceFixtures.WINDOW);
        var node = new Node(
                NODE,
                null,
                "192.0.2.1",
                22,
                "ops",
                null,
                new OsUser("Ruby"),
                Node.StatedEtcd.NOTHING,
                Node.StatedPaths.NOTHING);

        EtcdAccess access = EtcdAccess.of(node, evidence).orElseThrow();

        assertThat(access.tool()).isEqualTo("/usr/bin/etcdctl");
        assertThat(access.own()).isEqualTo(own.replace("127.0.0.1", "198.51.100.1"));
        assertThat(access.trusted()).isEqualTo(file("etcdca.crt"));
        assertThat(access.client()).isEqualTo(new EtcdAccess.KeyPair(file("client.crt"), file("client.key")));
        assertThat(access.server()).isEqualTo(new EtcdAccess.KeyPair(file("server.crt"), file("server.key")));
    }

    @Test
    void seesTheAlarmOfAFullQuota() throws Exception {
        String own = etcd("http", "--quota-backend-bytes", "16777216");
        String value = "x".repeat(1_000_000);
        for (int i = 0; i < 25; i++) {
            var put = new ProcessBuilder(ETCDCTL.toString(), "--endpoints", own, "put", "key" + i)
                    .redirectErrorStream(true);
            put.environment().put("ETCDCTL_API", "3");
            Process process =
                    put.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            try (var stdin = process.getOutputStream()) {
                stdin.write(value.getBytes(StandardCharsets.UTF_8));
            }
            process.waitFor();
        }

        EtcdHealth health = ask(own, "", "", "", "", ETCDCTL);

        assertThat(health.alarms()).singleElement().satisfies(alarm -> {
            assertThat(alarm.kind()).isEqualTo("NOSPACE");
            assertThat(alarm.member())
                    .isEqualTo(health.ownStatus().orElseThrow().member());
        });
    }

    @Test
    void endsInTimeWhenEtcdIsSuspended() throws Exception {
        String own = etcd("http");
        signal("STOP");
        Instant begin = Instant.now();

        EtcdHealth health = ask(own, "", "", "", "", ETCDCTL);

        signal("CONT");
        assertThat(health.ownAnswer().orElseThrow().word()).isEqualTo(Word.SILENT);
        assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void asksThePlainPortWhereTheToolIsMissing() throws Exception {
        String own = etcd("http");

        assertThat(ask(own, "", "", "", "", home.resolve("etcdctl"))
                        .ownAnswer()
                        .orElseThrow()
                        .word())
                .isEqualTo(Word.HEALTHY);
        signal("STOP");
        assertThat(ask(own, "", "", "", "", home.resolve("etcdctl"))
                        .ownAnswer()
                        .orElseThrow()
                        .word())
                .isEqualTo(Word.SILENT);
        signal("CONT");
    }

    private String file(String name) {
        return home.resolve(name).toString();
    }

    private void signal(String name) throws Exception {
        run("kill", "-" + name, String.valueOf(started.getFirst().pid()));
    }

    private void certificates() throws Exception {
        run(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=etcdca",
                "-keyout",
                file("ca.key"),
                "-out",
                file("etcdca.crt"));
        for (String name : List.of("server", "client")) {
            run(
                    "openssl",
                    "req",
                    "-newkey",
                    "ec",
                    "-pkeyopt",
                    "ec_paramgen_curve:prime256v1",
                    "-nodes",
                    "-subj",
                    "/CN=" + name,
                    "-addext",
                    "subjectAltName=IP:127.0.0.1",
                    "-keyout",
                    file(name + ".key"),
                    "-out",
                    file(name + ".csr"));
            run(
                    "openssl",
                    "x509",
                    "-req",
                    "-in",
                    file(name + ".csr"),
                    "-CA",
                    file("etcdca.crt"),
                    "-CAkey",
                    file("ca.key"),
                    "-CAcreateserial",
                    "-days",
                    "2",
                    "-copy_extensions",
                    "copy",
                    "-out",
                    file(name + ".crt"));
        }
    }

    /** A member of its own cluster; returns its client URL once that answers. */
    private String etcd(String scheme, String... more) throws Exception {
        String client = scheme + "://127.0.0.1:" + freePort();
        String peer = "http://127.0.0.1:" + freePort();
        var command = new ArrayList<String>(List.of(
                ETCD.toString(),
                "--name",
                "a",
                "--data-dir",
                file("data"),
                "--listen-client-urls",
                client,
                "--advertise-client-urls",
                client,
                "--listen-peer-urls",
                peer,
                "--initial-advertise-peer-urls",
                peer,
                "--initial-cluster",
                "a=" + peer));
        if (scheme.equals("https")) {
            command.addAll(List.of(
                    "--client-cert-auth",
                    "--trusted-ca-file",
                    file("etcdca.crt"),
                    "--cert-file",
                    file("server.crt"),
                    "--key-file",
                    file("server.key")));
        }
        command.addAll(List.of(more));
        flags = List.copyOf(command);
        Path log = home.resolve("etcd.log");
        started.add(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start());
        Instant deadline = Instant.now().plusSeconds(60);
        while (!Files.readString(log, StandardCharsets.ISO_8859_1).contains("ready to serve client requests")) {
            assertThat(started.getLast().isAlive() && Instant.now().isBefore(deadline))
                    .as(() -> "etcd serves: " + command)
                    .isTrue();
            started.getLast().waitFor(50, TimeUnit.MILLISECONDS);
        }
        return client;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    /** Runs the shipped script as it is. */
    private EtcdHealth ask(String own, String others, String trusted, String certificate, String key, Path tool)
            throws Exception {
        JsonNode file = YAMLMapper.builder()
                .build()
                .readTree(Path.of("src/main/resources/probes/etcd-health.yaml").toFile());
        Process process = new ProcessBuilder(
                        file.get("shell").stringValue(),
                        "-c",
                        file.get("script").stringValue())
                .redirectError(home.resolve("errors").toFile())
                .start();
        try (var stdin = process.getOutputStream()) {
            String lines = String.join("\n", tool.toString(), own, others, trusted, certificate, key, "", "") + "\n";
            stdin.write(lines.getBytes(StandardCharsets.UTF_8));
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Capture capture =
                aCapture("etcd-health").text(said).exit(process.waitFor()).build();
        return EvidenceReader.read(NODE, loggedIn(), List.of(capture), EvidenceFixtures.WINDOW)
                .etcdHealth()
                .known()
                .orElseThrow(() -> new AssertionError(said));
    }
}
