package org.etcdmedic.evidence;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.etcdmedic.inventory.Node;

/**
 * Where the database and etcd live on a node: what the inventory states wins over what the node shows (row C11).
 *
 * @param gaussHome installation directory
 * @param gaussLog log directory
 * @param pgHost the tools' temporary directory
 * @param cmHome the cluster manager's own installation directory, where it has one
 * @param dataDirectory etcd's data directory
 */
public record Installation(
        Optional<String> gaussHome,
        Optional<String> gaussLog,
        Optional<String> pgHost,
        Optional<String> cmHome,
        Optional<String> dataDirectory) {

    private static final Pattern DATA_DIR = Pattern.compile("-data-dir[= ](\\S+)");

    /** As far as it is known from this evidence. */
    public static Installation of(Node node, NodeEvidence evidence) {
        Optional<GaussEnvironment> environment = evidence.environment().known();
        return new Installation(
                Optional.ofNullable(node.paths().gaussHome()).or(() -> environment.flatMap(e -> e.value("GAUSSHOME"))),
                Optional.ofNullable(node.paths().gaussLog()).or(() -> environment.flatMap(e -> e.value("GAUSSLOG"))),
                environment.flatMap(e -> e.value("PGHOST")),
                environment.flatMap(e -> e.value("CM_HOME")),
                Optional.ofNullable(node.paths().etcdDataDir())
                        .or(() -> fromProcess(evidence))
                        .or(() -> fromClusterManager(node, evidence))
                        .or(() -> fromStartCommand(evidence))
                        .map(path -> node.paths().etcdDataDir() == null ? outside(path, evidence) : path));
    }

    /**
     * A path as etcd or the cluster manager states it, as it is outside of the chroot that they may live in. GaussDB's own
     * tools name paths inside of it.
     */
    public static String outside(String path, NodeEvidence evidence) {
        String root = evidence.environment().known().map(GaussEnvironment::root).orElse("");
        return path.startsWith("/") && !path.startsWith(root + "/") ? root + path : path;
    }

    private static Optional<String> fromProcess(NodeEvidence evidence) {
        return evidence.processes().known().stream()
                .flatMap(table -> table.etcd().stream())
                .flatMap(process -> process.flag("data-dir").stream())
                .filter(path -> path.startsWith("/"))
                .findFirst();
    }

    /** The cluster manager's row of this node; where no row can be told to be its own, the one path that all rows share. */
    private static Optional<String> fromClusterManager(Node node, NodeEvidence evidence) {
        List<ClusterStatus.Member> members =
                evidence.clusterStatus().known().map(ClusterStatus::etcd).orElse(List.of());
        Stream<String> own = members.stream()
                .filter(member -> member.address().equals(node.etcd().address())
                        || member.address().equals(node.host())
                        || evidence.identity()
                                .known()
                                .filter(i -> i.hostName().equals(member.nodeName()))
                                .isPresent())
                .flatMap(member -> member.dataDirectory().stream());
        return own.findFirst().or(() -> {
            List<String> paths = members.stream()
                    .flatMap(member -> member.dataDirectory().stream())
                    .distinct()
                    .toList();
            return paths.size() == 1 ? Optional.of(paths.getFirst()) : Optional.empty();
        });
    }

    /** om_monitor writes the whole command with which it starts etcd into its log. */
    private static Optional<String> fromStartCommand(NodeEvidence evidence) {
        return evidence.omMonitorLog().known().stream()
                .flatMap(log -> log.lines().reversed().stream())
                .map(LogLine::message)
                .filter(message -> message.contains("run etcd command"))
                .map(DATA_DIR::matcher)
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1))
                .filter(path -> path.startsWith("/"))
                .findFirst();
    }
}
