package org.etcdmedic.diagnosis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.etcdmedic.evidence.DataDirectory;
import org.etcdmedic.evidence.EtcdAccess;
import org.etcdmedic.evidence.EtcdAddresses;
import org.etcdmedic.evidence.EtcdCommand;
import org.etcdmedic.evidence.EvidenceWindow;
import org.etcdmedic.evidence.Installation;
import org.etcdmedic.evidence.LogChoice;
import org.etcdmedic.evidence.LogDirectory;
import org.etcdmedic.evidence.NodeEvidence;
import org.etcdmedic.evidence.NodeIdentity;
import org.etcdmedic.evidence.Reading;
import org.etcdmedic.inventory.Node;
import org.etcdmedic.probe.ProbeCatalogue;
import org.etcdmedic.probe.ProbeId;
import org.etcdmedic.probe.Question;

/**
 * Decides what a node is asked, round by round: what the last round told decides the next. Cheap questions come first, and
 * a heavy one is asked only when a finding calls for it. Pure.
 */
final class ProbePlanner {
    private static final List<String> LOG_DIRECTORIES = List.of("/cm/etcd", "/cm/om_monitor", "/cm/cm_agent", "/om");

    /** Arguments of the probe by the flags of etcd that fill them. */
    private static final Map<String, String> CERTIFICATE_FLAGS = Map.of(
            "authority", "trusted-ca-file",
            "server", "cert-file",
            "serverKey", "key-file",
            "peerAuthority", "peer-trusted-ca-file",
            "peer", "peer-cert-file",
            "peerKey", "peer-key-file");

    private final ProbeCatalogue catalogue;

    ProbePlanner(ProbeCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** What needs to know nothing. */
    List<Question> first() {
        return List.of(
                ask("identity"),
                ask("processes"),
                ask("gauss-environment"),
                ask("kernel-log"),
                ask("scheduler"),
                ask("firewall"),
                ask("addresses"),
                ask("load"),
                ask("etcd-limits"),
                ask("time-service"),
                ask("reboot-records"));
    }

    /** The cluster manager's view: alone, because it may take its time when the cluster is sick. */
    List<Question> clusterStatus(Node node, NodeEvidence evidence) {
        Installation at = Installation.of(node, evidence);
        return at.gaussHome()
                .map(home -> List.of(ask(
                        "cluster-status",
                        Map.of(
                                "gaussHome", home,
                                "gaussLog", at.gaussLog().orElse(""),
                                "pgHost", at.pgHost().orElse(""),
                                "cmHome", at.cmHome().orElse("")))))
                .orElse(List.of());
    }

    /** What needs to know where the database is installed. */
    List<Question> second(Node node, NodeEvidence evidence) {
        Installation at = Installation.of(node, evidence);
        var questions = new ArrayList<Question>();
        at.gaussHome().ifPresent(home -> {
            questions.add(ask(
                    "markers",
                    Map.of(
                            "gaussHome", home,
                            "cmHome", at.cmHome().orElse(""),
                            "gaussLog", at.gaussLog().orElse(""))));
            questions.add(ask("executable", Map.of("gaussHome", home)));
        });
        at.gaussLog()
                .ifPresent(log -> LOG_DIRECTORIES.forEach(
                        place -> questions.add(ask("log-directory", Map.of("directory", log + place)))));
        at.dataDirectory().ifPresent(path -> questions.addAll(aboutData(path, evidence)));
        return questions;
    }

    /** The system log, and the log files that cover the window, together within what a node may send. */
    List<Question> logs(NodeEvidence evidence, EvidenceWindow window, List<LogDirectory> directories) {
        Optional<NodeIdentity> identity = evidence.identity().known();
        return Stream.concat(
                        Stream.of(ask("system-log", LogChoice.systemLog(window, identity))),
                        LogChoice.covering(directories, window, identity).stream()
                                .map(file -> ask("log-window", file.arguments())))
                .toList();
    }

    /** The data directory, when it became known only through the cluster manager or its log. */
    List<Question> late(Node node, NodeEvidence evidence, List<Question> asked) {
        boolean done = asked.stream().anyMatch(q -> q.probe().id().value().equals("data-directory"));
        Optional<String> path = Installation.of(node, evidence).dataDirectory();
        return done || path.isEmpty() ? List.of() : aboutData(path.get(), evidence);
    }

    private List<Question> aboutData(String path, NodeEvidence evidence) {
        return List.of(
                ask("data-directory", Map.of("dataDir", path)),
                ask("data-device", Map.of("dataDir", path, "walDir", walDirectory(evidence))));
    }

    /** Where etcd writes its log, when its command line puts that elsewhere than below its data. */
    private static String walDirectory(NodeEvidence evidence) {
        return evidence.processes().known().stream()
                .flatMap(table -> table.etcd().stream())
                .flatMap(process -> process.flag("wal-dir").stream())
                .filter(path -> path.startsWith("/"))
                .findFirst()
                .orElse("");
    }

    /** Who fills the disk: only when it is full, for it reads every directory on it. */
    List<Question> last(NodeEvidence evidence) {
        return evidence.dataDirectory().known().filter(ProbePlanner::nearlyFull).stream()
                .flatMap(directory -> directory.mountPoint().stream())
                .map(place -> ask("disk-consumers", Map.of("mountPoint", place)))
                .toList();
    }

    /** What etcd itself says, once it is known where it listens; the other members are asked from here too. */
    List<Question> etcdHealth(Node node, NodeEvidence evidence) {
        boolean open =
                evidence.etcdHealth() instanceof Reading.Unknown<?> unknown && unknown.gap() == Reading.Gap.NOT_ASKED;
        return EtcdAccess.of(node, evidence)
                .filter(access -> open)
                .map(access -> List.of(ask("etcd-health", access.arguments())))
                .orElse(List.of());
    }

    /** Whom the node reaches, once it is known where the other members are: at most eight of them. */
    List<Question> reachPeers(Node node, List<Node> peers, NodeEvidence evidence) {
        if (!(evidence.peerReach() instanceof Reading.Unknown<?> unknown) || unknown.gap() != Reading.Gap.NOT_ASKED) {
            return List.of();
        }
        Optional<EtcdAddresses> own = EtcdAddresses.of(node, evidence);
        List<EtcdAddresses> members = EtcdAddresses.members(node, evidence);
        String list = (members.isEmpty() ? stated(peers) : members)
                .stream()
                        .filter(member -> own.filter(o -> o.address().equals(member.address()))
                                .isEmpty())
                        .limit(8)
                        .map(EtcdAddresses::words)
                        .collect(Collectors.joining(" "));
        return list.isEmpty() || own.isEmpty() ? List.of() : List.of(ask("reach-peers", Map.of("peers", list)));
    }

    /** etcd's certificates, once its command line tells where they lie; nothing where it speaks no TLS. */
    List<Question> certificates(Node node, NodeEvidence evidence) {
        if (!(evidence.certificates() instanceof Reading.Unknown<?> unknown)
                || unknown.gap() != Reading.Gap.NOT_ASKED) {
            return List.of();
        }
        return EtcdCommand.of(evidence)
                .filter(command -> CERTIFICATE_FLAGS.values().stream()
                        .anyMatch(flag -> command.flag(flag).isPresent()))
                .map(command -> {
                    var files = new HashMap<String, String>();
                    CERTIFICATE_FLAGS.forEach((argument, flag) -> files.put(
                            argument,
                            command.flag(flag)
                                    .filter(ProbePlanner::isPath)
                                    .map(path -> Installation.outside(path, evidence))
                                    .orElse("")));
                    files.put(
                            "clientDirectory",
                            Installation.of(node, evidence)
                                    .gaussHome()
                                    .map(home -> home + "/share/sslcert/etcd")
                                    .orElse(""));
                    return List.of(ask("certificates", files));
                })
                .orElse(List.of());
    }

    /** Whether the host names in etcd's URLs are known on the node; nothing where there are none. */
    List<Question> names(NodeEvidence evidence) {
        if (!(evidence.names() instanceof Reading.Unknown<?> unknown) || unknown.gap() != Reading.Gap.NOT_ASKED) {
            return List.of();
        }
        return EtcdCommand.of(evidence)
                .map(EtcdCommand::names)
                .filter(names -> !names.isEmpty())
                .map(names -> List.of(ask("resolve-names", Map.of("names", String.join(" ", names)))))
                .orElse(List.of());
    }

    private static boolean isPath(String path) {
        return path.startsWith("/");
    }

    private static List<EtcdAddresses> stated(List<Node> peers) {
        return peers.stream()
                .flatMap(peer -> EtcdAddresses.stated(peer).stream())
                .toList();
    }

    private static boolean nearlyFull(DataDirectory directory) {
        int threshold = 95;
        return directory.blocks().filter(use -> use.percent() >= threshold).isPresent()
                || directory.inodes().filter(use -> use.percent() >= threshold).isPresent();
    }

    private Question ask(String probe) {
        return ask(probe, Map.of());
    }

    private Question ask(String probe, Map<String, String> arguments) {
        return new Question(catalogue.get(new ProbeId(probe)), arguments);
    }
}
