package org.etcdmedic.probe.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.etcdmedic.probe.ProbeFixtures.node;
import static org.etcdmedic.probe.ProbeFixtures.probe;
import static org.etcdmedic.probe.ProbeFixtures.question;

import com.jcraft.jsch.KeyPair;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.etcdmedic.inventory.Node;
import org.etcdmedic.probe.Capture;
import org.etcdmedic.probe.Reach;
import org.etcdmedic.probe.Reach.Obstacle;
import org.etcdmedic.probe.RunAs;
import org.etcdmedic.probe.Visit;
import org.etcdmedic.probe.ssh.SshSettings.Bastion;
import org.etcdmedic.probe.ssh.SshSettings.HostKeyPolicy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JschProberIT {
    @TempDir
    Path folder;

    private Rig rig;

    @BeforeEach
    void keysAreNew() {
        rig = new Rig(folder);
    }

    @Test
    void logsIn() throws Exception {
        try (var sshd = new TestSshd().start();
                Visit visit = rig.trusting(sshd).visit(node("127.0.0.1", sshd.port()))) {
            assertThat(visit.reach()).isInstanceOfSatisfying(Reach.LoggedIn.class, it -> {
                assertThat(it.serverVersion()).startsWith("SSH-2.0-");
                assertThat(it.hostKey()).startsWith("SHA256:");
            });
        }
    }

    @Test
    void logsInWithAnEd25519Key() throws Exception {
        Rig.write(rig.key, Rig.newKey(KeyPair.ED25519));
        try (var sshd = new TestSshd().start();
                Visit visit = rig.trusting(sshd).visit(node("127.0.0.1", sshd.port()))) {
            assertThat(visit.reach()).isInstanceOf(Reach.LoggedIn.class);
        }
    }

    @Test
    void tellsAPortOnWhichNobodyListens() throws Exception {
        assertObstacle(Obstacle.CONNECT_REFUSED, node("127.0.0.1", TestPort.closed()));
    }

    @Test
    void tellsASilentPortAndWhetherItsHostAnswersOtherwise() throws Exception {
        try (var port = TestPort.silent()) {
            var reach = assertObstacle(Obstacle.CONNECT_TIMED_OUT, node("127.0.0.1", port.port()));

            assertThat(reach.hostAnswers()).contains(true);
        }
    }

    @Test
    void tellsAnAddressToWhichThereIsNoWay() {
        assertObstacle(Obstacle.NO_ROUTE, node("255.255.255.255", 22));
    }

    @Test
    void tellsANameThatCannotBeResolved() {
        assertObstacle(Obstacle.NAME_UNRESOLVED, node("no-such-host.invalid", 22));
    }

    @Test
    void triesAgainTwiceWhenClosedBeforeTheBanner() throws Exception {
        try (var port = new TestPort((socket, _) -> {
            socket.getOutputStream().write("Exceeded MaxStartups\r\n".getBytes(StandardCharsets.UTF_8));
            socket.close();
        })) {
            var reach = assertObstacle(Obstacle.CLOSED_BEFORE_BANNER, node("127.0.0.1", port.port()));

            assertThat(reach.detail()).contains("Exceeded MaxStartups");
            assertThat(port.connections).hasValue(3);
        }
    }

    @RepeatedTest(value = 5, name = "where the reset meets us is a matter of luck, {currentRepetition}")
    void getsThroughAThrottlingServer() throws Exception {
        try (var sshd = new TestSshd().start();
                var port = new TestPort((socket, n) -> {
                    if (n == 1) {
                        socket.setSoLinger(true, 0);
                        socket.close();
                    } else {
                        TestPort.relay(socket, sshd.port());
                    }
                });
                Visit visit = rig.trusting(sshd.knownHost().replace(":" + sshd.port(), ":" + port.port()))
                        .visit(node("127.0.0.1", port.port()))) {
            assertThat(visit.reach()).isInstanceOf(Reach.LoggedIn.class);
        }
    }

    @Test
    void tellsASilentServer() throws Exception {
        try (var port = new TestPort((socket, _) -> socket.getInputStream().skipNBytes(Long.MAX_VALUE))) {
            assertObstacle(Obstacle.BANNER_MISSING, node("127.0.0.1", port.port()));
        }
    }

    @Test
    void isNotHeldByAServerThatDrips() throws Exception {
        try (var port = new TestPort((socket, _) -> drip(socket, ""))) {
            assertObstacle(Obstacle.BANNER_MISSING, node("127.0.0.1", port.port()));
        }
    }

    @Test
    void isNotHeldByAServerThatDripsItsKeyExchange() throws Exception {
        try (var port = new TestPort((socket, _) -> drip(socket, "SSH-2.0-drip\r\n\0\0\1\0"))) {
            assertObstacle(Obstacle.KEY_EXCHANGE_FAILED, node("127.0.0.1", port.port()));
        }
    }

    @Test
    void tellsAServerThatFallsSilentAfterItsBanner() throws Exception {
        try (var port = new TestPort((socket, _) -> {
            socket.getOutputStream().write("SSH-2.0-hung\r\n".getBytes(StandardCharsets.UTF_8));
            socket.getInputStream().skipNBytes(Long.MAX_VALUE);
        })) {
            assertObstacle(Obstacle.KEY_EXCHANGE_FAILED, node("127.0.0.1", port.port()));
        }
    }

    @Test
    void tellsAServerThatClosesAfterItsBanner() throws Exception {
        try (var port = new TestPort((socket, _) -> {
            socket.getOutputStream().write("SSH-2.0-dying\r\n".getBytes(StandardCharsets.UTF_8));
            socket.close();
        })) {
            assertObstacle(Obstacle.KEY_EXCHANGE_FAILED, node("127.0.0.1", port.port()));
            assertThat(port.connections).hasValue(1);
        }
    }

    @Test
    void tellsAServerWithOtherAlgorithms() throws Exception {
        var sshd = new TestSshd();
        sshd.server.setCipherFactories(List.of(BuiltinCiphers.aes128cbc));
        try (sshd) {
            sshd.start();
            assertObstacle(Obstacle.ALGORITHMS, node("127.0.0.1", sshd.port()));
        }
    }

    @Test
    void tellsAnUnknownFromAChangedAndARevokedHostKey() throws Exception {
        try (var sshd = new TestSshd().start();
                var other = new TestSshd().start()) {
            Node node = node("127.0.0.1", sshd.port());
            var unknown = assertObstacle(Obstacle.HOST_KEY_UNKNOWN, node);
            assertThat(unknown.detail()).contains("it shows SHA256:");

            rig.trusting(other.knownHost().replace(":" + other.port(), ":" + sshd.port()));
            assertObstacle(Obstacle.HOST_KEY_CHANGED, node);

            rig.trusting(sshd);
            assertThat(rig.visit(node).reach()).isInstanceOf(Reach.LoggedIn.class);

            rig.trusting("@revoked " + sshd.knownHost().replaceFirst("^\\S+", "*"));
            assertObstacle(Obstacle.HOST_KEY_REVOKED, node);
        }
    }

    @Test
    void takesAKeyOfAnotherTypeForAChangedOne() throws Exception {
        try (var sshd = new TestSshd().start()) {
            rig.trusting("[127.0.0.1]:" + sshd.port()
                    + " ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl\n");

            assertObstacle(Obstacle.HOST_KEY_CHANGED, node("127.0.0.1", sshd.port()));
        }
    }

    @Test
    void doesNotTakeAnEntryWithoutPortForAnotherPort() throws Exception {
        try (var sshd = new TestSshd().start()) {
            rig.trusting(sshd.knownHost().replaceFirst("^\\S+", "127.0.0.1"));

            assertObstacle(Obstacle.HOST_KEY_UNKNOWN, node("127.0.0.1", sshd.port()));
        }
    }

    @Test
    void trustsOnFirstUseAndNotOnSecond() throws Exception {
        rig.policy = HostKeyPolicy.TRUST_ON_FIRST_USE;
        rig.trusting("# a comment without an end of line");
        try (var sshd = new TestSshd().start()) {
            Node node = node("127.0.0.1", sshd.port());
            assertThat(rig.visit(node).reach()).isInstanceOf(Reach.LoggedIn.class);
            assertThat(rig.visit(node).reach()).isInstanceOf(Reach.LoggedIn.class);
            assertThat(Files.readString(rig.knownHosts))
                    .isEqualTo("# a comment without an end of line\n" + sshd.knownHost());

            try (var other = new TestSshd()) {
                Rig.write(
                        rig.knownHosts,
                        other.start()
                                .knownHost()
                                .replace(":" + other.port(), ":" + sshd.port())
                                .getBytes(StandardCharsets.UTF_8));
            }
            assertObstacle(Obstacle.HOST_KEY_CHANGED, node);
        }
    }

    @Test
    void remembersANewHostOnceWhenManyComeTogether() throws Exception {
        rig.policy = HostKeyPolicy.TRUST_ON_FIRST_USE;
        rig.loginTimeout = Duration.ofSeconds(20); // eight handshakes at once on a busy machine
        try (var sshd = new TestSshd().start()) {
            JschProber prober = rig.prober();
            Node node = node("127.0.0.1", sshd.port());
            Callable<Reach> visit = () -> {
                try (Visit it = prober.visit(node, Instant.now().plusSeconds(20))) {
                    return it.reach();
                }
            };
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                assertThat(threads.invokeAll(Collections.nCopies(8, visit)))
                        .extracting(Future::get)
                        .hasOnlyElementsOfType(Reach.LoggedIn.class);
            }

            assertThat(Files.readString(rig.knownHosts)).isEqualTo(sshd.knownHost());
        }
    }

    @Test
    void doesNotTrustWhatItCannotRemember() throws Exception {
        rig.policy = HostKeyPolicy.TRUST_ON_FIRST_USE;
        Files.delete(rig.knownHosts);
        Files.createDirectory(rig.knownHosts);
        try (var sshd = new TestSshd().start()) {
            var reach = assertObstacle(Obstacle.HOST_KEY_UNKNOWN, node("127.0.0.1", sshd.port()));

            assertThat(reach.detail()).contains("cannot be written");
        }
    }

    @Test
    void tellsARejectedKey() throws Exception {
        var sshd = new TestSshd();
        sshd.server.setPublickeyAuthenticator((_, _, _) -> false);
        try (sshd) {
            rig.trusting(sshd.start());
            assertObstacle(Obstacle.KEY_REJECTED, node("127.0.0.1", sshd.port()));
        }
    }

    @Test
    void readsARotatedKeyAtTheNextVisit() throws Exception {
        Files.delete(rig.key);
        try (var sshd = new TestSshd().start()) {
            JschProber prober = rig.trusting(sshd).prober();
            Node node = node("127.0.0.1", sshd.port());
            try (Visit visit = prober.visit(node, Instant.now().plusSeconds(5))) {
                assertThat(obstacle(visit)).isEqualTo(Obstacle.LOGIN_NOT_CONFIGURED);
            }
            Rig.write(rig.key, Rig.newKey(KeyPair.ECDSA));
            try (Visit visit = prober.visit(node, Instant.now().plusSeconds(5))) {
                assertThat(visit.reach()).isInstanceOf(Reach.LoggedIn.class);
            }
        }
    }

    @Test
    void tellsAStalledAuthentication() throws Exception {
        var released = new CountDownLatch(1);
        var sshd = new TestSshd();
        sshd.server.setPublickeyAuthenticator((_, _, _) -> {
            try {
                released.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            return false;
        });
        try (sshd) {
            rig.trusting(sshd.start());
            assertObstacle(Obstacle.AUTHENTICATION_STALLED, node("127.0.0.1", sshd.port()));
        } finally {
            released.countDown();
        }
    }

    @Test
    void tellsALineThatBreaksDuringAuthentication() throws Exception {
        var sshd = new TestSshd();
        sshd.server.setPublickeyAuthenticator((_, _, session) -> {
            session.close(true);
            return false;
        });
        try (sshd) {
            rig.trusting(sshd.start());
            assertObstacle(Obstacle.CONNECTION_LOST, node("127.0.0.1", sshd.port()));
        }
    }

    @Test
    void tellsALoginThatIsNotConfiguredOrHasNoKey() {
        assertObstacle(Obstacle.LOGIN_NOT_CONFIGURED, node("127.0.0.1", 22, "nobody", null));
        assertObstacle(Obstacle.LOGIN_NOT_CONFIGURED, node("127.0.0.1", 22, "keyless", null));
        Rig.write(rig.key, "not a key".getBytes(StandardCharsets.UTF_8));
        var reach = assertObstacle(Obstacle.LOGIN_NOT_CONFIGURED, node("127.0.0.1", 22));
        assertThat(reach.detail()).doesNotContain("not a key");
    }

    @Test
    void goesThroughABastion() throws Exception {
        var bastion = new TestSshd();
        bastion.server.setForwardingFilter(AcceptAllForwardingFilter.INSTANCE);
        try (bastion;
                var sshd = new TestSshd().doing(running -> {
                    running.say("hello ".repeat(50_000));
                    return 0;
                })) {
            rig.bastions =
                    Map.of("door", new Bastion("127.0.0.1", bastion.start().port(), "ops"));
            rig.trusting(bastion, sshd.start());
            try (Visit visit = rig.visit(node("127.0.0.1", sshd.port(), "ops", "door"))) {
                assertThat(visit.reach()).isInstanceOf(Reach.LoggedIn.class);
                var probe = probe(RunAs.LOGIN, "long", Duration.ofSeconds(5), 1_000_000);
                assertThat(visit.ask(List.of(question(probe))))
                        .singleElement()
                        .isInstanceOfSatisfying(
                                Capture.Answer.class,
                                it -> assertThat(it.bytes()).isEqualTo(300_000));
            }
        }
    }

    @Test
    void tellsTheBastionsFaultsFromTheNodes() throws Exception {
        var open = new TestSshd();
        open.server.setForwardingFilter(AcceptAllForwardingFilter.INSTANCE);
        var forbidding = new TestSshd();
        forbidding.server.setForwardingFilter(RejectAllForwardingFilter.INSTANCE);
        try (open;
                forbidding;
                var sshd = new TestSshd().start()) {
            rig.bastions = Map.of(
                    "open", new Bastion("127.0.0.1", open.start().port(), "ops"),
                    "forbidding", new Bastion("127.0.0.1", forbidding.start().port(), "ops"),
                    "down", new Bastion("127.0.0.1", TestPort.closed(), "ops"),
                    "keyless", new Bastion("127.0.0.1", open.port(), "keyless"));
            rig.trusting(open, forbidding);
            int port = sshd.port();

            assertObstacle(Obstacle.HOST_KEY_UNKNOWN, node("127.0.0.1", port, "ops", "open"));
            assertObstacle(Obstacle.BASTION_TO_NODE_FAILED, node("127.0.0.1", TestPort.closed(), "ops", "open"));
            assertObstacle(Obstacle.BASTION_FAILED, node("127.0.0.1", port, "ops", "forbidding"));
            assertObstacle(Obstacle.BASTION_FAILED, node("127.0.0.1", port, "ops", "keyless"));
            assertObstacle(Obstacle.BASTION_FAILED, node("127.0.0.1", port, "ops", "no-such"));
            var down = assertObstacle(Obstacle.BASTION_FAILED, node("127.0.0.1", port, "ops", "down"));
            assertThat(down.detail()).startsWith("down: CONNECT_REFUSED");
        }
    }

    @Test
    void waitsForAFreeConnectionUntilTheDeadline() throws Exception {
        rig.maxConnections = 1;
        try (var sshd = new TestSshd().start()) {
            JschProber prober = rig.trusting(sshd).prober();
            Node node = node("127.0.0.1", sshd.port());
            try (Visit first = prober.visit(node, Instant.now().plusSeconds(9));
                    Visit second = prober.visit(node, Instant.now().plusMillis(900))) {
                assertThat(first.reach()).isInstanceOf(Reach.LoggedIn.class);
                assertThat(obstacle(second)).isEqualTo(Obstacle.NOT_TRIED);
            }
            try (Visit third = prober.visit(node, Instant.now().plusSeconds(5))) {
                assertThat(third.reach()).isInstanceOf(Reach.LoggedIn.class);
            }
        }
    }

    @Test
    void givesItsConnectionBackAtTheDeadlineWhenNobodyClosesIt() throws Exception {
        rig.maxConnections = 1;
        rig.loginTimeout = Duration.ofSeconds(10);
        try (var sshd = new TestSshd().start()) {
            JschProber prober = rig.trusting(sshd).prober();
            Node node = node("127.0.0.1", sshd.port());
            Visit forgotten = prober.visit(node, Instant.now().plusSeconds(4));
            assertThat(forgotten.reach()).isInstanceOf(Reach.LoggedIn.class);
            try (Visit next = prober.visit(node, Instant.now().plusSeconds(15))) {
                assertThat(next.reach()).isInstanceOf(Reach.LoggedIn.class);
            }
        }
    }

    private Reach.NotIn assertObstacle(Obstacle expected, Node node) {
        Instant began = Instant.now();
        try (Visit visit = rig.visit(node)) {
            assertThat(visit.reach()).isInstanceOf(Reach.NotIn.class);
            var reach = (Reach.NotIn) visit.reach();
            assertThat(reach.obstacle()).as(reach.detail()).isEqualTo(expected);
            assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(8));
            if (expected != Obstacle.CONNECT_TIMED_OUT) {
                assertThat(reach.hostAnswers()).isEqualTo(Optional.empty());
            }
            assertThat(visit.ask(List.of(question(probe("id")))))
                    .singleElement()
                    .isInstanceOfSatisfying(Capture.NoAnswer.class, it -> {
                        assertThat(it.reason()).isEqualTo(Capture.Reason.CONNECTION_LOST);
                        assertThat(it.command()).isEmpty();
                    });
            return reach;
        }
    }

    private static Obstacle obstacle(Visit visit) {
        return ((Reach.NotIn) visit.reach()).obstacle();
    }

    private static void drip(Socket socket, String first) throws Exception {
        var out = socket.getOutputStream();
        out.write(first.getBytes(StandardCharsets.ISO_8859_1));
        while (true) {
            out.write('x');
            Thread.sleep(300); // the slowness is the behaviour under test
        }
    }
}
