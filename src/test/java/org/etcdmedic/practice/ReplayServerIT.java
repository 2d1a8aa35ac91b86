package org.etcdmedic.practice;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.etcdmedic.inventory.Instance;
import org.etcdmedic.inventory.Node;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.practice.Recording.Answer;
import org.etcdmedic.practice.Recording.RecordedNode;
import org.etcdmedic.probe.Probe;
import org.etcdmedic.probe.ProbeCatalogue;
import org.etcdmedic.probe.ProbeId;
import org.etcdmedic.probe.RunAs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client is JSch with strict host keys, as in the service. */
class ReplayServerIT {
    private static final Instant VISITED = Instant.parse("2026-11-22T10:40:03Z");
    private static final Probe IDENTITY = probe("identity", List.of());
    private static final Probe TAIL = probe("log-window", List.of("file", "bytes"));

    private static final Recording RECORDING = new Recording(
            new Recording.Scenario(
                    VISITED,
                    new Recording.Alarm("lab-b"),
                    new Recording.RecordedInstance(List.of(node("lab-a"), node("lab-b")))),
            List.of(
                    new Answer("lab-a", "identity", Map.of(), VISITED, 0, "now 1795344003\n", null),
                    new Answer("lab-b", "identity", Map.of(), VISITED, 3, "", "no such user\n"),
                    new Answer(
                            "lab-a",
                            "log-window",
                            Map.of("file", "/log/日志", "bytes", "99"),
                            VISITED,
                            0,
                            "2026-11-22 18:40:03 磁盘\n",
                            null)));

    @TempDir
    Path temporary;

    private final AtomicReference<Instant> now = new AtomicReference<>(VISITED.plus(Duration.ofDays(1)));
    private LockedDirectory directory;
    private PracticeNodes nodes;

    @BeforeEach
    void start() {
        directory = LockedDirectory.take(temporary);
        nodes = PracticeNodes.start(directory, RECORDING, () -> new ProbeCatalogue(List.of(IDENTITY, TAIL)), now::get);
    }

    @AfterEach
    void stop() {
        nodes.close();
        directory.close();
    }

    @Test
    void answersAProbeWithTheTimeOfNow() throws Exception {
        try (var visit = visit(1)) {
            assertThat(visit.run("exec " + IDENTITY.command(), "")).isEqualTo(new Said(0, "now 1795430403\n", ""));
        }
    }

    @Test
    void answersTheSameThroughSudo() throws Exception {
        try (var visit = visit(1)) {
            for (String become : List.of("sudo -n -u Ruby -- ", "env LC_ALL=C sudo -n -- ", "runuser -u Ruby -- ")) {
                assertThat(visit.run("exec " + become + IDENTITY.command(), "").status())
                        .isZero();
            }
            assertThat(visit.run("exec env LC_ALL=C sudo -n -- " + IDENTITY.sudoCommand(), "")
                            .status())
                    .isZero();
        }
    }

    @Test
    void readsArgumentsFromStandardInput() throws Exception {
        try (var visit = visit(1)) {
            assertThat(visit.run("exec " + TAIL.command(), "/log/日志\n99\n"))
                    .isEqualTo(new Said(0, "2026-11-23 18:40:03 磁盘\n", ""));
            assertThat(visit.run("exec " + TAIL.command(), "/etc/passwd\n99\n"))
                    .isEqualTo(new Said(127, "", "not in the recording: log-window {file=/etc/passwd, bytes=99}\n"));
        }
    }

    @Test
    void givesStatusAndErrorTextAsRecorded() throws Exception {
        try (var visit = visit(2)) {
            assertThat(visit.run("exec " + IDENTITY.command(), "")).isEqualTo(new Said(3, "", "no such user\n"));
        }
    }

    @Test
    void runsNothing() throws Exception {
        try (var visit = visit(1)) {
            for (String command :
                    List.of("id", "id; exec " + IDENTITY.command(), "exec " + IDENTITY.command() + "; id")) {
                Said said = visit.run(command, "");
                assertThat(said.status()).isEqualTo(127);
                assertThat(said.out()).isEmpty();
                assertThat(said.error()).contains("runs nothing but the probes");
            }
        }
    }

    @Test
    void keepsOneTimeForAWholeConnection() throws Exception {
        try (var visit = visit(1)) {
            String first = visit.run("exec " + IDENTITY.command(), "").out();
            now.updateAndGet(time -> time.plusSeconds(60));
            assertThat(visit.run("exec " + IDENTITY.command(), "").out()).isEqualTo(first);
        }
        try (var later = visit(1)) {
            assertThat(later.run("exec " + IDENTITY.command(), "").out()).isEqualTo("now 1795430463\n");
        }
    }

    @Test
    void letsInOnlyTheGeneratedKeyOfItsOneAccount() throws Exception {
        assertThatThrownBy(() -> new Visit(port(1), "root", temporary).close())
                .isInstanceOf(JSchException.class)
                .hasMessageContaining("Auth");
        Path stranger = Files.createDirectory(temporary.resolve("stranger"));
        try (var other = LockedDirectory.take(stranger)) {
            PracticeKeys.in(other).writeKnownHosts(List.of());
        }
        Files.copy(
                temporary.resolve("known_hosts"), stranger.resolve("known_hosts"), StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> new Visit(port(1), "Ruby", stranger).close())
                .isInstanceOf(JSchException.class)
                .hasMessageContaining("Auth");
    }

    @Test
    void keepsItsKeysBetweenStarts() throws IOException {
        String before = Files.readString(temporary.resolve("host_key"));
        nodes.close();
        nodes = PracticeNodes.start(
                directory, RECORDING, () -> new ProbeCatalogue(List.of(IDENTITY)), InstantSource.system());
        assertThat(Files.readString(temporary.resolve("host_key"))).isEqualTo(before);
    }

    @Test
    void standsInTheInventoryUnderItsPracticeNames() {
        Instance instance = nodes.instance();
        assertThat(instance.id().value()).isEqualTo("practice");
        assertThat(instance.nodes())
                .extracting(node -> node.id().value())
                .containsExactly("practice-node-1", "practice-node-2");
        assertThat(instance.nodes()).extracting(Node::host).containsOnly("127.0.0.1");
        assertThat(nodes.alarmed()).isEqualTo(new NodeId("practice-node-2"));
        assertThat(nodes.properties()).containsEntry("medic.ssh.logins.practice.user", "Ruby");
    }

    private int port(int number) {
        return nodes.instance().nodes().get(number - 1).sshPort();
    }

    private Visit visit(int number) throws JSchException {
        return new Visit(port(number), "Ruby", temporary);
    }

    private static RecordedNode node(String id) {
        return new RecordedNode(id, null, null, null);
    }

    private static Probe probe(String id, List<String> arguments) {
        return new Probe(
                new ProbeId(id),
                List.of("V1"),
                RunAs.LOGIN,
                "sh",
                "echo " + id,
                arguments,
                Duration.ofSeconds(5),
                4096,
                Map.of());
    }

    private record Said(int status, String out, String error) {}

    private static final class Visit implements AutoCloseable {
        private final Session session;

        Visit(int port, String user, Path keys) throws JSchException {
            var jsch = new JSch();
            jsch.addIdentity(keys.resolve("client_key").toString());
            jsch.setKnownHosts(keys.resolve("known_hosts").toString());
            session = jsch.getSession(user, "127.0.0.1", port);
            session.setConfig("StrictHostKeyChecking", "yes");
            session.connect(10_000);
        }

        Said run(String command, String input) throws JSchException, IOException, InterruptedException {
            ChannelExec channel = (ChannelExec) session.openChannel("exec");
            channel.setCommand(command.getBytes(UTF_8));
            channel.setInputStream(new ByteArrayInputStream(input.getBytes(UTF_8)));
            var error = new ByteArrayOutputStream();
            channel.setErrStream(error);
            InputStream out = channel.getInputStream();
            channel.connect(10_000);
            String text = new String(out.readAllBytes(), UTF_8);
            for (int i = 0; !channel.isClosed() && i < 500; i++) {
                Thread.sleep(10); // JSch has no event for it
            }
            return new Said(channel.getExitStatus(), text, error.toString(UTF_8));
        }

        @Override
        public void close() {
            session.disconnect();
        }
    }
}
