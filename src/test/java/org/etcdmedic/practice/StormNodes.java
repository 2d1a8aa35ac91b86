package org.etcdmedic.practice;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.command.AbstractCommandSupport;
import org.apache.sshd.server.session.ServerSession;
import org.etcdmedic.probe.ProbeCatalogue;
import org.etcdmedic.probe.yaml.YamlProbes;

/**
 * Hundreds of nodes in one process: real SSH connections to addresses of their own on loopback, answered out of the practice
 * recording (somebody's file has filled etcd's disk). Counts who is connected to what, and how often.
 */
public final class StormNodes implements AutoCloseable {
    private static final AttributeKey<TimeShift> SHIFT = new AttributeKey<>();
    private static final String USER = "Ruby";

    private final SshServer server = SshServer.setUpDefaultServer();
    private final Recording recording = Recording.shipped();
    private final ProbeCatalogue catalogue = YamlProbes.shipped();
    private final List<Recording.RecordedNode> recorded =
            recording.scenario().instance().nodes();
    private final PracticeKeys keys;
    private final int count;

    private final Map<String, AtomicInteger> open = new ConcurrentHashMap<>();
    private final AtomicInteger openOverAll = new AtomicInteger();
    private final AtomicInteger mostPerNode = new AtomicInteger();
    private final AtomicInteger mostOverAll = new AtomicInteger();
    private final AtomicLong sessions = new AtomicLong();

    private StormNodes(int count, PracticeKeys keys) {
        this.count = count;
        this.keys = keys;
    }

    /** Starts so many; they belong together by threes, the last ones by what is left. */
    public static StormNodes start(LockedDirectory directory, int count) throws IOException {
        var nodes = new StormNodes(count, PracticeKeys.in(directory));
        nodes.listen();
        return nodes;
    }

    private void listen() throws IOException {
        server.setHost("0.0.0.0");
        server.setNioWorkers(4);
        server.setKeyPairProvider(KeyPairProvider.wrap(keys.host()));
        server.setPublickeyAuthenticator((name, key, session) ->
                name.equals(USER) && KeyUtils.compareKeys(key, keys.client().getPublic()));
        server.setCommandFactory((channel, command) -> new Replay(command));
        server.addSessionListener(new SessionListener() {
            @Override
            public void sessionCreated(Session session) {
                sessions.incrementAndGet();
                int here = open.computeIfAbsent(address(session), _ -> new AtomicInteger())
                        .incrementAndGet();
                mostPerNode.accumulateAndGet(here, Math::max);
                mostOverAll.accumulateAndGet(openOverAll.incrementAndGet(), Math::max);
            }

            @Override
            public void sessionClosed(Session session) {
                Objects.requireNonNull(open.get(address(session))).decrementAndGet();
                openOverAll.decrementAndGet();
            }
        });
        server.start();
        String key = PublicKeyEntry.toString(keys.host().getPublic());
        Files.writeString(
                keys.knownHosts(),
                IntStream.range(0, count)
                        .mapToObj(node -> "[" + host(node) + "]:" + server.getPort() + " " + key + "\n")
                        .collect(Collectors.joining()));
    }

    private static String address(Session session) {
        return ((InetSocketAddress) session.getIoSession().getLocalAddress())
                .getAddress()
                .getHostAddress();
    }

    private static String host(int node) {
        return "127.1." + node / 250 + "." + (node % 250 + 1);
    }

    private int number(ServerSession session) {
        String[] parts = address(session).split("\\.");
        return Integer.parseInt(parts[2]) * 250 + Integer.parseInt(parts[3]) - 1;
    }

    /** How many instances there are. */
    public int instances() {
        return (count + 2) / 3;
    }

    /** The instance as it is put into the inventory. */
    public String document(int instance) {
        return IntStream.range(3 * instance, Math.min(count, 3 * instance + 3))
                .mapToObj(node -> """
                        {"nodeId": "%s", "host": "%s", "sshPort": %d, "login": "storm", "dbUser": "%s"}
                        """.formatted(nodeId(node), host(node), server.getPort(), USER))
                .collect(Collectors.joining(",", "{\"nodes\": [", "]}"));
    }

    /** The node of the instance that hurts: the recorded one where the instance is whole. */
    public String named(int instance) {
        return nodeId(Math.min(count - 1, 3 * instance + 2));
    }

    private static String nodeId(int node) {
        return "node-" + node;
    }

    /** How the service logs in. */
    public List<String> settings() {
        Path known = keys.knownHosts();
        return List.of(
                "medic.ssh.logins.storm.user=" + USER,
                "medic.ssh.logins.storm.private-key=" + keys.clientFile().toUri(),
                "medic.ssh.logins.storm.sudo=true",
                "medic.ssh.known-hosts=" + known.toUri(),
                // The recorded nodes were young: the lab's scaled window keeps their own start out of the evidence.
                "medic.evidence-window.before=25s",
                "medic.evidence-window.after=10s");
    }

    /** Connections that were made until now. */
    public long sessions() {
        return sessions.get();
    }

    /** So many were open to one node at the same time, at most. */
    public int mostPerNode() {
        return mostPerNode.get();
    }

    /** So many were open to all nodes at the same time, at most. */
    public int mostOverAll() {
        return mostOverAll.get();
    }

    @Override
    public void close() {
        try {
            server.stop(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Replay extends AbstractCommandSupport {
        Replay(String command) {
            super(command, null);
        }

        @Override
        public void run() {
            try {
                var probe = ReplayedCommand.probe(getCommand(), catalogue);
                if (probe.isEmpty()) {
                    onExit(127);
                    return;
                }
                var in = new BufferedReader(new InputStreamReader(getInputStream(), UTF_8));
                var arguments = new LinkedHashMap<String, String>();
                for (String name : probe.get().arguments()) {
                    arguments.put(name, Objects.requireNonNullElse(in.readLine(), ""));
                }
                String as = recorded.get(number(getServerSession()) % 3).nodeId();
                Instant now = InstantSource.system().instant();
                TimeShift shift = getServerSession()
                        .computeAttributeIfAbsent(SHIFT, _ -> TimeShift.to(now, recording.visitedAt(as)));
                Optional<Recording.Answer> answer =
                        recording.answer(as, probe.get().id().value(), arguments, shift);
                if (answer.isEmpty()) {
                    onExit(127);
                    return;
                }
                getOutputStream().write(answer.get().text().getBytes(UTF_8));
                getOutputStream().flush();
                getErrorStream()
                        .write(Objects.requireNonNullElse(answer.get().errorText(), "")
                                .getBytes(UTF_8));
                getErrorStream().flush();
                onExit(Objects.requireNonNullElse(answer.get().exitStatus(), 0));
            } catch (IOException e) {
                onExit(1); // the client has gone; nobody hears it
            }
        }
    }
}
