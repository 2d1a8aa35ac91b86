package org.etcdmedic.probe.ssh;

import com.jcraft.jsch.ChannelDirectTCPIP;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** One host that we are logged in to, together with the jump host that the connection goes through. */
final class SshConnection implements AutoCloseable {
    /** Reason code of RFC 4254, section 5.1. */
    private static final int OPEN_CONNECT_FAILED = 2;

    private final Session session;
    private final Wire wire;
    private final String hostKey;
    private final Optional<SshConnection> through;
    private final AtomicBoolean closed = new AtomicBoolean();

    SshConnection(Session session, Wire wire, String hostKey, Optional<SshConnection> through) {
        this.session = session;
        this.wire = wire;
        this.hostKey = hostKey;
        this.through = through;
    }

    Session session() {
        return session;
    }

    /** The server's SSH identification, fit to be shown. */
    String serverVersion() {
        return Detail.of(session.getServerVersion());
    }

    /** Fingerprint of the host key, {@code SHA256:...}. */
    String hostKey() {
        return hostKey;
    }

    /** The other side closed or broke it. */
    boolean broken() {
        return wire.input().ended();
    }

    /** A connection onwards from this host, without a local port. */
    Wire onwards(String host, int port, Deadline deadline) throws Blocked {
        ChannelDirectTCPIP channel;
        try {
            channel = (ChannelDirectTCPIP) session.openChannel("direct-tcpip");
        } catch (JSchException gone) {
            throw new Blocked(Failure.at(Stage.BASTION, gone));
        }
        // A pipe of the operating system: Java's piped streams break when the thread at their other end has changed.
        Optional<Pipe> pipe = Optional.empty();
        try {
            pipe = Optional.of(Pipe.open());
            return onwards(channel, pipe.get(), host, port, deadline);
        } catch (JSchException | IOException failed) {
            pipe.ifPresent(SshConnection::close);
            throw new Blocked(Failure.at(stageOf(channel), failed), "the jump host could not connect to the node");
        }
    }

    private static Wire onwards(ChannelDirectTCPIP channel, Pipe pipe, String host, int port, Deadline deadline)
            throws JSchException, IOException {
        channel.setHost(host);
        channel.setPort(port);
        channel.setOutputStream(Channels.newOutputStream(pipe.sink()));
        var out = channel.getOutputStream();
        channel.connect(deadline.millis());
        if (!channel.isConnected()) {
            throw new JSchException("the jump host opened no connection");
        }
        return new Wire(Channels.newInputStream(pipe.source()), out, () -> {
            // First what our side reads from, so that it wakes up even if the farewell to the jump host hangs.
            close(pipe);
            channel.disconnect();
        });
    }

    private static void close(Pipe pipe) {
        try (var _ = pipe.source();
                var _ = pipe.sink()) {
            // Nothing but to close them.
        } catch (IOException alreadyBroken) {
            // They are closed all the same.
        }
    }

    /** A jump host that forbids forwarding is our problem, one that gets no connection tells of the node. */
    private Stage stageOf(ChannelDirectTCPIP channel) {
        boolean refused = channel.isClosed() && channel.getExitStatus() != OPEN_CONNECT_FAILED;
        return refused || !session.isConnected() ? Stage.BASTION : Stage.BEHIND_BASTION;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            // Outermost first and the socket before the session: then no farewell can block.
            through.ifPresent(bastion -> bastion.wire.close());
            wire.close();
            session.disconnect();
            through.ifPresent(SshConnection::close);
        }
    }
}
