package org.etcdmedic.probe.ssh;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.client.future.DefaultOpenFuture;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.channel.ChannelSessionFactory;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.forward.DirectTcpipFactory;

/** An SSH server in this process that can be told how to behave. */
final class TestSshd implements Closeable {
    /** What a command does with its streams; the result is its exit status. */
    interface Behaviour {
        int run(Running running) throws Exception;
    }

    final SshServer server = SshServer.setUpDefaultServer();
    final KeyPair hostKey;
    final List<String> commands = new CopyOnWriteArrayList<>();
    final AtomicInteger mostSessions = new AtomicInteger();
    private final AtomicInteger sessions = new AtomicInteger();
    private volatile int sessionLimit = Integer.MAX_VALUE;
    private volatile Behaviour behaviour = _ -> 0;

    TestSshd() {
        try {
            var keys = KeyPairGenerator.getInstance("EC");
            keys.initialize(new ECGenParameterSpec("secp256r1"));
            hostKey = keys.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
        server.setPublickeyAuthenticator((_, _, _) -> true);
        server.setChannelFactories(List.of(new Sessions(), DirectTcpipFactory.INSTANCE));
        server.setCommandFactory((_, command) -> {
            commands.add(command);
            return new Running(command);
        });
    }

    TestSshd start() {
        try {
            server.start();
            return this;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    TestSshd doing(Behaviour told) {
        behaviour = told;
        return this;
    }

    TestSshd allowingSessions(int limit) {
        sessionLimit = limit;
        return this;
    }

    int port() {
        return server.getPort();
    }

    /** The line that trusts this server. */
    String knownHost() {
        return "[127.0.0.1]:" + port() + " " + PublicKeyEntry.toString(hostKey.getPublic()) + "\n";
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }

    /** Counts sessions and refuses those above the limit, as sshd does with MaxSessions. */
    private final class Sessions extends ChannelSessionFactory {
        @Override
        public Channel createChannel(Session session) {
            return new ChannelSession() {
                private boolean counted;

                @Override
                public OpenFuture open(long recipient, long window, long packet, Buffer buffer) {
                    int open = sessions.incrementAndGet();
                    if (open > sessionLimit) {
                        sessions.decrementAndGet();
                        var refused = new DefaultOpenFuture(this, this);
                        refused.setException(new SshChannelOpenException(
                                recipient, SshConstants.SSH_OPEN_CONNECT_FAILED, "open failed"));
                        return refused;
                    }
                    counted = true;
                    mostSessions.accumulateAndGet(open, Math::max);
                    return super.open(recipient, window, packet, buffer);
                }

                @Override
                protected void preClose() {
                    if (counted) {
                        counted = false;
                        sessions.decrementAndGet();
                    }
                    super.preClose();
                }
            };
        }
    }

    /** A command that runs. */
    final class Running implements Command {
        final CountDownLatch destroyed = new CountDownLatch(1);
        InputStream in = InputStream.nullInputStream();
        OutputStream out = OutputStream.nullOutputStream();
        OutputStream err = OutputStream.nullOutputStream();
        private ExitCallback exit = (_, _, _) -> {};
        private Session session;

        final String command;

        @SuppressWarnings("NullAway.Init")
        Running(String command) {
            this.command = command;
        }

        void say(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }

        void complain(String text) throws IOException {
            err.write(text.getBytes(StandardCharsets.UTF_8));
            err.flush();
        }

        String input() throws IOException {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }

        /** Breaks the whole connection. */
        int cutTheLine() {
            session.close(true);
            return 0;
        }

        /** Runs until somebody ends it. */
        int never() throws InterruptedException {
            destroyed.await();
            return 0;
        }

        @Override
        public void start(ChannelSession channel, Environment environment) {
            session = channel.getSession();
            Thread.ofVirtual().start(() -> {
                int status;
                try {
                    status = behaviour.run(this);
                } catch (Exception ended) {
                    status = 255;
                }
                exit.onExit(status);
            });
        }

        @Override
        public void destroy(ChannelSession channel) {
            destroyed.countDown();
        }

        @Override
        public void setInputStream(InputStream stream) {
            in = stream;
        }

        @Override
        public void setOutputStream(OutputStream stream) {
            out = stream;
        }

        @Override
        public void setErrorStream(OutputStream stream) {
            err = stream;
        }

        @Override
        public void setExitCallback(ExitCallback callback) {
            exit = callback;
        }
    }
}
