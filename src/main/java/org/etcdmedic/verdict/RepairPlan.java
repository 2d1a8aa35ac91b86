package org.etcdmedic.verdict;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.etcdmedic.evidence.DataDirectory;
import org.etcdmedic.evidence.EtcdCommand;
import org.etcdmedic.evidence.Installation;
import org.etcdmedic.knowledge.Cause;
import org.etcdmedic.knowledge.Knowledge;
import org.etcdmedic.knowledge.Remediation;
import org.etcdmedic.knowledge.TextTemplate;

/** Binds the remediation of the causes that hold to the paths, devices and processes of the node at fault. */
final class RepairPlan {
    /** How people call a place on a node that nobody could ask for its paths. A command is never made of these. */
    private static final Map<String, String> BY_NAME = Map.of(
            "gaussHome", "$GAUSSHOME",
            "gaussLog", "$GAUSSLOG",
            "dataDir", "$ETCD_DATA_DIR",
            "mountPoint", "$ETCD_DATA_DIR");

    private final Knowledge knowledge;

    RepairPlan(Knowledge knowledge) {
        this.knowledge = knowledge;
    }

    /** The steps for these causes, in the order of the causes; a step that several of them need stands once. */
    List<Step> steps(List<Cause> causes, Optional<NodeCase> node, List<Finding> findings) {
        var ids = new LinkedHashSet<String>();
        causes.forEach(cause -> ids.addAll(cause.remediation()));
        Map<String, String> values = node.map(n -> values(n, findings)).orElseGet(Map::of);
        var told = new HashMap<>(BY_NAME);
        told.putAll(values);
        var steps = new ArrayList<Step>();
        for (String id : ids) {
            Remediation remediation = knowledge.remediation(id);
            steps.add(new Step(
                    id,
                    steps.size() + 1,
                    TextTemplate.fill(remediation.action(), told),
                    remediation.command().flatMap(command -> TextTemplate.command(command, values)),
                    remediation.actor(),
                    remediation.risk(),
                    TextTemplate.fill(remediation.verify(), told)));
        }
        return steps;
    }

    private static Map<String, String> values(NodeCase node, List<Finding> findings) {
        var values = new HashMap<String, String>();
        for (Finding finding : findings) {
            if (finding.node().equals(node.node().id()) && finding.state() == Finding.State.OBSERVED) {
                finding.variables().forEach(values::putIfAbsent);
            }
        }
        values.put("node", Wording.name(node));
        values.put("host", node.node().host());
        values.put("user", node.node().dbUser().name());
        Installation installation = Installation.of(node.node(), node.evidence());
        node.evidence().processes().known().stream()
                .flatMap(table -> table.etcd().stream())
                .findFirst()
                .ifPresent(etcd -> values.put("etcdPid", String.valueOf(etcd.pid())));
        installation.gaussHome().ifPresent(path -> values.put("gaussHome", path));
        installation.gaussLog().ifPresent(path -> values.put("gaussLog", path));
        installation.dataDirectory().ifPresent(path -> values.put("dataDir", path));
        EtcdCommand.of(node.evidence()).ifPresent(command -> {
            command.flag("cert-file")
                    .ifPresent(path -> values.putIfAbsent("certificate", Installation.outside(path, node.evidence())));
            command.flag("key-file")
                    .ifPresent(path -> values.putIfAbsent("keyFile", Installation.outside(path, node.evidence())));
            command.flag("trusted-ca-file")
                    .ifPresent(path -> values.putIfAbsent("authority", Installation.outside(path, node.evidence())));
        });
        node.evidence().dataDirectory().known().ifPresent(directory -> {
            directory.mountPoint().ifPresent(place -> values.put("mountPoint", place));
            directory.mount().map(DataDirectory.Mount::device).ifPresent(device -> values.put("device", device));
        });
        return values;
    }
}
