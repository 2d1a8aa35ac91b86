package org.etcdmedic.probe.ssh;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.client.future.DefaultOpenFuture;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.future.CloseFuture;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.channel.ChannelSession;

/**
 * A node that misbehaves in one way.
 *
 * @param port where it listens
 * @param knownHosts what our known hosts say of it
 * @param end stops it
 */
record HostileNode(int port, String knownHosts, Closeable end) implements Closeable {
    /** Steers a terminal, turns text around, breaks out of lines: what must reach nobody's eyes as it is. */
    static final String STEERING =
            "\u001b[2J\u001b]0;owned\u0007\u001b[31mred \u202Egnp.exe\u202C \u2066x\u2069 \u009b31m \u2028 \u200b \b\r\f end";

    /** How it is made. */
    interface Maker {
        HostileNode make() throws Exception;
    }

    @Override
    public void close() throws IOException {
        end.close();
    }

    static Maker port(TestPort.Behaviour behaviour) {
        return () -> listening(new TestPort(behaviour));
    }

    static Maker silentPort() {
        return () -> listening(TestPort.silent());
    }

    private static HostileNode listening(TestPort port) {
        return new HostileNode(port.port(), "", port);
    }

    static TestPort.Behaviour saying(String first) {
        return (socket, _) -> {
            say(socket, first);
            socket.getInputStream().skipNBytes(Long.MAX_VALUE);
        };
    }

    static TestPort.Behaviour dripping(String first) {
        return (socket, _) -> {
            say(socket, first);
            while (true) {
                say(socket, "x");
                TimeUnit.SECONDS.sleep(1); // the slowness is the behaviour under test
            }
        };
    }

    static TestPort.Behaviour flooding(String first, String block) {
        byte[] much = block.repeat(Math.max(1, 8192 / block.length())).getBytes(StandardCharsets.ISO_8859_1);
        return (socket, _) -> {
            say(socket, first);
            while (true) {
                socket.getOutputStream().write(much);
            }
        };
    }

    static TestPort.Behaviour closingAfter(String first) {
        return (socket, _) -> {
            say(socket, first);
            socket.close();
        };
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** What is changed in an SSH server before it starts. */
    interface Change {
        void make(TestSshd sshd) throws Exception;
    }

    static Maker sshd(Change change) {
        return () -> {
            var sshd = new TestSshd();
            change.make(sshd);
            sshd.start();
            return new HostileNode(sshd.port(), sshd.knownHost(), sshd);
        };
    }

    static Maker doing(TestSshd.Behaviour behaviour) {
        return sshd(sshd -> sshd.doing(behaviour));
    }

    static Maker unknown() {
        return () -> {
            var sshd = new TestSshd().start();
            return new HostileNode(sshd.port(), "", sshd);
        };
    }

    static Maker changedKey() {
        return () -> {
            var sshd = new TestSshd().start();
            try (var other = new TestSshd().start()) {
                return new HostileNode(
                        sshd.port(), other.knownHost().replace(":" + other.port(), ":" + sshd.port()), sshd);
            }
        };
    }

    static void oldAlgorithms(TestSshd sshd) {
        sshd.server.setCipherFactories(List.of(BuiltinCiphers.aes128cbc));
    }

    static void refusingTheKey(TestSshd sshd) {
        sshd.server.setPublickeyAuthenticator((_, _, _) -> false);
    }

    static void silentAtAuthentication(TestSshd sshd) {
        sshd.server.setPublickeyAuthenticator((_, _, session) -> {
            try {
                // Until the client has gone.
                session.addCloseFutureListener(
                        (CloseFuture _) -> Thread.currentThread().interrupt());
                TimeUnit.MINUTES.sleep(2);
            } catch (InterruptedException gone) {
                return false;
            }
            return false;
        });
    }

    static void closingDuringAuthentication(TestSshd sshd) {
        sshd.server.setPublickeyAuthenticator((_, _, session) -> {
            session.close(true);
            return false;
        });
    }

    /** Closes with words of its own, as RFC 4253 (11.1) allows. */
    static void partingWithSteeringWords(TestSshd sshd) {
        sshd.server.setPublickeyAuthenticator((_, _, session) -> {
            try {
                session.disconnect(2, STEERING);
            } catch (IOException gone) {
                return false;
            }
            return false;
        });
    }

    static void hugeBanner(TestSshd sshd) {
        CoreModuleProperties.WELCOME_BANNER.set(sshd.server, (STEERING + "\n").repeat(3000));
    }

    static void steeringVersion(TestSshd sshd) {
        // The identification may hold no line end, and MINA takes it as it comes.
        CoreModuleProperties.SERVER_IDENTIFICATION.set(sshd.server, "x\u001b[31m\u009b7m");
    }

    /** Takes the request for a session and never answers it. */
    static void silentAtChannelOpen(TestSshd sshd) {
        sshd.server.setChannelFactories(List.of(new org.apache.sshd.server.channel.ChannelSessionFactory() {
            @Override
            public Channel createChannel(Session session) {
                return new ChannelSession() {
                    @Override
                    public OpenFuture open(long recipient, long window, long packet, Buffer buffer) {
                        return new DefaultOpenFuture(this, this);
                    }
                };
            }
        }));
    }

    static void refusingCommands(TestSshd sshd) {
        sshd.server.setCommandFactory((_, _) -> {
            throw new IOException("fork failed: Resource temporarily unavailable");
        });
    }

    static TestSshd.Behaviour flood() {
        return running -> flood(running, running.out, 8192, "x");
    }

    static TestSshd.Behaviour errors() {
        return running -> flood(running, running.err, 32_768, "error \u001b[31m ");
    }

    private static int flood(TestSshd.Running running, OutputStream to, int block, String text) throws IOException {
        byte[] much = text.repeat(block / text.length()).getBytes(StandardCharsets.UTF_8);
        while (running.destroyed.getCount() > 0) {
            to.write(much);
            to.flush();
        }
        return 0;
    }

    static TestSshd.Behaviour line(int megabytes) {
        var much = new byte[1 << 20];
        Arrays.fill(much, (byte) 'x');
        return running -> {
            for (int i = 0; i < megabytes && running.destroyed.getCount() > 0; i++) {
                running.out.write(much);
            }
            running.say("\n");
            return 0;
        };
    }

    static TestSshd.Behaviour bytes(long seed) {
        return running -> {
            var noise = new byte[20_000];
            new Random(seed).nextBytes(noise);
            running.out.write(noise);
            running.out.flush();
            running.err.write(noise, 0, 3000);
            running.err.flush();
            return 0;
        };
    }

    static TestSshd.Behaviour brokenUtf8() {
        byte[] broken = {
            'u',
            's',
            'e',
            'r',
            ' ',
            (byte) 0xc3,
            '(',
            (byte) 0xe2,
            (byte) 0x82,
            (byte) 0xf0,
            (byte) 0x9f,
            (byte) 0xed,
            (byte) 0xa0,
            (byte) 0x80,
            (byte) 0xff,
            (byte) 0xfe,
            0,
            '\n',
            (byte) 0xc0,
            (byte) 0xaf,
            '\n'
        };
        return running -> {
            running.out.write(broken);
            running.err.write(broken);
            running.out.flush();
            return 0;
        };
    }

    static TestSshd.Behaviour steering() {
        return running -> {
            running.complain("Permission denied " + STEERING + "\n");
            running.say("user " + STEERING + "\n" + STEERING + "\n");
            return 1;
        };
    }

    static TestSshd.Behaviour dripping() {
        return running -> {
            while (running.destroyed.getCount() > 0) {
                running.say("x");
                running.destroyed.await(1, TimeUnit.SECONDS);
            }
            return 0;
        };
    }

    static TestSshd.Behaviour breaking() {
        return running -> {
            running.say("user ops\nnow ");
            TimeUnit.MILLISECONDS.sleep(200); // so that something was under way
            return running.cutTheLine();
        };
    }

    /** Says nothing, and each time that it ended in another way. */
    static Maker statuses(int... statuses) {
        return sshd(sshd -> sshd.doing(_ -> statuses[sshd.commands.size() % statuses.length]));
    }

    /** What bash says and how it ends when it may start no process. */
    static TestSshd.Behaviour fullProcessTable() {
        return running -> {
            running.complain("bash: fork: retry: Resource temporarily unavailable\n".repeat(4)
                    + "bash: fork: Resource temporarily unavailable\n");
            return 254;
        };
    }

    /** Everything well, as far as it is asked, except for what time it is. */
    static Maker clock(long years) {
        return sshd(sshd -> sshd.doing(running -> {
            Instant now = Instant.now().plus(years * 365, ChronoUnit.DAYS);
            if (running.command.contains("boot-id")) {
                running.say(
                        "user ops\nuid 1000\nnow " + now.getEpochSecond() + ".123456789\nzone +0000\nzone-name UTC\n"
                                + "uptime 86400.00 86400.00\nbtime "
                                + now.minusSeconds(86_400).getEpochSecond()
                                + "\nboot-id 4f6c1c9e-0000-4000-8000-000000000001\nhostname n\nkernel Linux 5.10\nticks 100\n");
            }
            return 0;
        }));
    }
}
