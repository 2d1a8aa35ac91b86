package org.etcdmedic.practice;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.etcdmedic.inventory.Instance;
import org.etcdmedic.inventory.InstanceId;
import org.etcdmedic.inventory.Node;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.inventory.OsUser;
import org.etcdmedic.probe.ProbeCatalogue;

/** The running nodes of the practice instance. */
final class PracticeNodes implements AutoCloseable {
    private static final String LOGIN = "practice";
    private static final String USER = "Ruby";

    private final List<ReplayServer> servers;
    private final Recording recording;
    private final PracticeKeys keys;

    private PracticeNodes(List<ReplayServer> servers, Recording recording, PracticeKeys keys) {
        this.servers = servers;
        this.recording = recording;
        this.keys = keys;
    }

    /** Starts one server for each node of the recording and writes down the host keys. */
    static PracticeNodes start(
            LockedDirectory directory, Recording recording, Supplier<ProbeCatalogue> catalogue, InstantSource clock) {
        var servers = new ArrayList<ReplayServer>();
        try {
            PracticeKeys keys = PracticeKeys.in(directory);
            for (Recording.RecordedNode node : recording.scenario().instance().nodes()) {
                servers.add(ReplayServer.start(recording, node.nodeId(), keys, USER, catalogue, clock));
            }
            keys.writeKnownHosts(servers.stream().map(ReplayServer::port).toList());
            return new PracticeNodes(servers, recording, keys);
        } catch (IOException e) {
            servers.forEach(ReplayServer::close);
            throw new PracticeRefusal("The practice nodes cannot start: " + e, e);
        }
    }

    /** How the service logs in to them, as configuration. */
    Map<String, Object> properties() {
        String login = "medic.ssh.logins." + LOGIN;
        return Map.of(
                login + ".user",
                USER,
                login + ".private-key",
                keys.clientFile().toUri().toString(),
                login + ".sudo",
                "true",
                "medic.ssh.known-hosts",
                keys.knownHosts().toUri().toString(),
                // The recorded nodes were young: the lab's scaled window keeps their own start out of the evidence.
                "medic.evidence-window.before",
                "25s",
                "medic.evidence-window.after",
                "10s");
    }

    /** The instance {@code practice} with the nodes {@code practice-node-1} and so on, where they listen now. */
    Instance instance() {
        var nodes = new ArrayList<Node>();
        for (Recording.RecordedNode recorded : recording.scenario().instance().nodes()) {
            nodes.add(new Node(
                    new NodeId(practiceName(recorded.nodeId())),
                    null,
                    "127.0.0.1",
                    servers.get(nodes.size()).port(),
                    LOGIN,
                    null,
                    new OsUser(Objects.requireNonNullElse(recorded.dbUser(), USER)),
                    Objects.requireNonNullElse(recorded.etcd(), Node.StatedEtcd.NOTHING),
                    Objects.requireNonNullElse(recorded.paths(), Node.StatedPaths.NOTHING)));
        }
        return new Instance(new InstanceId("practice"), "Practice", nodes);
    }

    /** The node that the recorded alarm was about. */
    NodeId alarmed() {
        return new NodeId(practiceName(recording.scenario().alarm().nodeId()));
    }

    private String practiceName(String recordedId) {
        List<String> ids = recording.scenario().instance().nodes().stream()
                .map(Recording.RecordedNode::nodeId)
                .toList();
        return "practice-node-" + (ids.indexOf(recordedId) + 1);
    }

    @Override
    public void close() {
        servers.forEach(ReplayServer::close);
    }
}
