package org.etcdmedic.probe;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.etcdmedic.inventory.Node;
import org.etcdmedic.inventory.Node.StatedEtcd;
import org.etcdmedic.inventory.Node.StatedPaths;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.inventory.OsUser;
import org.jspecify.annotations.Nullable;

/** Probes and nodes with boring defaults. */
public final class ProbeFixtures {
    private ProbeFixtures() {}

    /** A probe that runs as the login, for at most a second, with 1000 bytes. */
    public static Probe probe(String script, String... arguments) {
        return probe(RunAs.LOGIN, script, Duration.ofSeconds(1), 1000, arguments);
    }

    /** A probe. */
    public static Probe probe(RunAs runAs, String script, Duration timeLimit, int byteLimit, String... arguments) {
        return new Probe(
                new ProbeId("made-up"),
                List.of("V1"),
                runAs,
                "sh",
                script,
                List.of(arguments),
                timeLimit,
                byteLimit,
                Map.of("en", "why"));
    }

    /** The question with these values in the probe's order. */
    public static Question question(Probe probe, String... values) {
        var arguments = new HashMap<String, String>();
        for (int i = 0; i < values.length; i++) {
            arguments.put(probe.arguments().get(i), values[i]);
        }
        return new Question(probe, arguments);
    }

    /** A node reached directly with login {@code ops}; its database account is {@code Ruby}. */
    public static Node node(String host, int port) {
        return node(host, port, "ops", null);
    }

    /** A node. */
    public static Node node(String host, int port, String login, @Nullable String bastion) {
        return new Node(
                new NodeId("n1"),
                null,
                host,
                port,
                login,
                bastion,
                new OsUser("Ruby"),
                StatedEtcd.NOTHING,
                StatedPaths.NOTHING);
    }
}
