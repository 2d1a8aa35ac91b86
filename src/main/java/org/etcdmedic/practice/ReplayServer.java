package org.etcdmedic.practice;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.session.ServerSession;
import org.etcdmedic.probe.ProbeCatalogue;

/** One practice node: a real SSH server on a free port of loopback that answers out of a recording. */
final class ReplayServer implements AutoCloseable {
    private static final AttributeKey<TimeShift> SHIFT = new AttributeKey<>();

    private final SshServer server;
    private final Recording recording;
    private final String nodeId;
    private final Supplier<ProbeCatalogue> catalogue;
    private final InstantSource clock;

    private ReplayServer(
            SshServer server,
            Recording recording,
            String nodeId,
            Supplier<ProbeCatalogue> catalogue,
            InstantSource clock) {
        this.server = server;
        this.recording = recording;
        this.nodeId = nodeId;
        this.catalogue = catalogue;
        this.clock = clock;
    }

    /**
     * Starts it.
     *
     * @param nodeId the node as the recording names it
     * @param user the only account that can log in
     * @param catalogue asked for when the first command comes
     */
    static ReplayServer start(
            Recording recording,
            String nodeId,
            PracticeKeys keys,
            String user,
            Supplier<ProbeCatalogue> catalogue,
            InstantSource clock)
            throws IOException {
        SshServer server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setNioWorkers(2);
        server.setKeyPairProvider(KeyPairProvider.wrap(keys.host()));
        server.setPublickeyAuthenticator((name, key, session) ->
                name.equals(user) && KeyUtils.compareKeys(key, keys.client().getPublic()));
        CoreModuleProperties.SERVER_IDENTIFICATION.set(server, "etcd-medic-practice");
        var node = new ReplayServer(server, recording, nodeId, catalogue, clock);
        server.setCommandFactory((channel, command) -> new ReplayedCommand(command, node));
        server.start();
        return node;
    }

    /** The TCP port on loopback. */
    int port() {
        return server.getPort();
    }

    Recording recording() {
        return recording;
    }

    String nodeId() {
        return nodeId;
    }

    ProbeCatalogue catalogue() {
        return catalogue.get();
    }

    /** One "now" for a whole connection, so that all its answers agree. */
    TimeShift shift(ServerSession session) {
        return session.computeAttributeIfAbsent(SHIFT, _ -> TimeShift.to(clock.instant(), recording.visitedAt(nodeId)));
    }

    @Override
    public void close() {
        try {
            server.stop(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
