package org.etcdmedic.page;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;

/** A node whose SSH server lets everybody in and whose every command hangs, as on a machine whose disk has gone. */
final class SilentNode implements AutoCloseable {
    private final SshServer server = SshServer.setUpDefaultServer();

    private SilentNode() {
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(KeyPairProvider.wrap(hostKey()));
        server.setPublickeyAuthenticator((_, _, _) -> true);
        server.setCommandFactory((_, _) -> new Hanging());
    }

    private static java.security.KeyPair hostKey() {
        try {
            return java.security.KeyPairGenerator.getInstance("EC").generateKeyPair();
        } catch (java.security.GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static SilentNode start() {
        var node = new SilentNode();
        try {
            node.server.start();
            return node;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return server.getPort();
    }

    /** A key that the service can log in with. */
    static Path key(Path file) {
        try {
            KeyPair.genKeyPair(new JSch(), KeyPair.ECDSA, 256).writePrivateKey(file.toString());
            return file;
        } catch (JSchException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }

    private static final class Hanging implements Command {
        @Override
        public void setInputStream(InputStream in) {}

        @Override
        public void setOutputStream(OutputStream out) {}

        @Override
        public void setErrorStream(OutputStream err) {}

        @Override
        public void setExitCallback(ExitCallback callback) {}

        @Override
        public void start(ChannelSession channel, Environment environment) {}

        @Override
        public void destroy(ChannelSession channel) {}
    }
}
