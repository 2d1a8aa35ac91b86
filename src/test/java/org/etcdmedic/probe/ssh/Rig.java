package org.etcdmedic.probe.ssh;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.etcdmedic.inventory.Node;
import org.etcdmedic.probe.Visit;
import org.etcdmedic.probe.ssh.SshSettings.Bastion;
import org.etcdmedic.probe.ssh.SshSettings.HostKeyPolicy;
import org.etcdmedic.probe.ssh.SshSettings.Login;

/** Our side: a key, a known_hosts file and settings with short limits. */
final class Rig {
    final Path key;
    final Path knownHosts;
    HostKeyPolicy policy = HostKeyPolicy.STRICT;
    String user = "ops";
    boolean sudo;
    Map<String, Bastion> bastions = Map.of();
    Duration loginTimeout = Duration.ofSeconds(2);
    int maxSessions = 4;
    int maxConnections = 8;

    Rig(Path folder) {
        key = folder.resolve("key");
        knownHosts = folder.resolve("known_hosts");
        write(key, newKey(KeyPair.ECDSA));
        write(knownHosts, new byte[0]);
    }

    static byte[] newKey(int type) {
        try {
            KeyPair pair = KeyPair.genKeyPair(new JSch(), type, 256);
            var out = new ByteArrayOutputStream();
            pair.writeOpenSSHv1PrivateKey(out, null);
            return out.toByteArray();
        } catch (JSchException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    Rig trusting(TestSshd... servers) {
        for (TestSshd server : servers) {
            trusting(server.knownHost());
        }
        return this;
    }

    Rig trusting(String line) {
        try {
            Files.writeString(knownHosts, line, StandardOpenOption.APPEND);
            return this;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    JschProber prober() {
        return new JschProber(
                new SshSettings(
                        Map.of(
                                "ops", new Login(user, key.toUri().toString(), null, sudo),
                                "keyless",
                                        new Login(
                                                "ops",
                                                key.resolveSibling("no-such-key")
                                                        .toUri()
                                                        .toString(),
                                                null,
                                                false)),
                        knownHosts.toUri().toString(),
                        policy,
                        bastions,
                        Duration.ofSeconds(1),
                        loginTimeout,
                        maxSessions,
                        maxConnections),
                InstantSource.system());
    }

    /** Visits with ten seconds' time. */
    Visit visit(Node node) {
        return visit(node, Duration.ofSeconds(10));
    }

    Visit visit(Node node, Duration time) {
        return prober().visit(node, Instant.now().plus(time));
    }

    static void write(Path file, byte[] bytes) {
        try {
            Files.write(file, bytes);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
