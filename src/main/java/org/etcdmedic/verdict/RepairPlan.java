package org.etcdmedic.verdict;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.etcdmedic.evidence.DataDirectory;
import org.etcdmedic.evidence.EtcdAddresses;
import org.etcdmedic.evidence.EtcdCommand;
import org.etcdmedic.evidence.Installation;
import org.etcdmedic.knowledge.Cause;
import org.etcdmedic.knowledge.Knowledge;
import org.etcdmedic.knowledge.Remediation;
import org.etcdmedic.knowledge.Text;
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

    /**
     * A cause to be repaired on a node.
     *
     * @param sure whether it is confirmed and not only likely
     */
    record Repair(Cause cause, NodeCase node, boolean sure) {
        Repair(Cause cause, NodeCase node) {
            this(cause, node, true);
        }
    }

    /**
     * The steps of these repairs, in their order. A step that several repairs of one node need stands once: with the first
     * of them, unless it closes a repair, for then it verifies and stands with the last.
     */
    List<Step> steps(List<Repair> repairs, List<Finding> findings) {
        var planned = new LinkedHashMap<String, Repair>();
        for (Repair repair : repairs) {
            Set<String> seen = findings.stream()
                    .filter(finding ->
                            finding.node().equals(repair.node().node().id()))
                    .filter(finding -> finding.state() != Finding.State.NOT_EVALUATED)
                    .map(Finding::kind)
                    .collect(Collectors.toSet());
            Set<String> known = values(repair.node(), findings).keySet();
            List<String> ids = repair.cause().remediation().stream()
                    .filter(id -> knowledge.remediation(id).fits(seen, known))
                    .toList();
            for (String id : ids) {
                String place = repair.node().node().id().value() + " " + id;
                if (id.equals(ids.getLast())) {
                    planned.remove(place);
                }
                planned.putIfAbsent(place, repair);
            }
        }
        var steps = new ArrayList<Step>();
        planned.forEach((place, repair) -> steps.add(step(
                place.substring(place.indexOf(' ') + 1), steps.size() + 1, repair.cause(), repair.node(), findings)));
        return steps;
    }

    /** Where no cause holds: what shows more of each suspicion and changes nothing, then what is to be done anyway. */
    List<Step> steps(List<Repair> suspected, Repair anyway, List<Finding> findings) {
        var looks = suspected.stream()
                .map(repair -> new Repair(looking(repair.cause()), repair.node(), repair.sure()))
                .toList();
        return steps(Stream.concat(looks.stream(), Stream.of(anyway)).toList(), findings);
    }

    /** The cause with those of its steps that only look; the last one verifies a repair that nobody makes. */
    private Cause looking(Cause cause) {
        List<String> ids = cause.remediation();
        return cause.withRemediation(ids.stream()
                .filter(id -> !id.equals(ids.getLast()))
                .filter(id -> knowledge.remediation(id).risk() == Remediation.Risk.READ_ONLY)
                .toList());
    }

    /** One step, bound to the node. */
    Step step(String id, int order, Cause cause, NodeCase node, List<Finding> findings) {
        Remediation remediation = knowledge.remediation(id);
        Map<String, String> values = values(node, findings);
        var told = new HashMap<>(BY_NAME);
        told.putAll(values);
        return new Step(
                id,
                order,
                filled(remediation.action(), told),
                remediation.command().flatMap(command -> command(command, remediation, values, node, findings)),
                remediation.actor(),
                remediation.risk(),
                filled(remediation.verify(), told),
                Optional.of(cause.code()),
                Optional.of(node.node().id()));
    }

    private static Text filled(Text text, Map<String, String> told) {
        return new Text(TextTemplate.fill(text.en(), told), TextTemplate.fill(text.zhCn(), ChineseLists.in(told)));
    }

    /**
     * The command; where it is about a rule of the firewall, once for each that was found, from the highest number down,
     * for a rule that is gone moves up those behind it.
     */
    private static Optional<String> command(
            String command,
            Remediation remediation,
            Map<String, String> values,
            NodeCase node,
            List<Finding> findings) {
        Set<String> own = remediation.onlyIfKnown();
        String each = fromTheLastRuleOn(node, findings)
                .filter(finding ->
                        !own.isEmpty() && finding.variables().keySet().containsAll(own))
                .flatMap(finding -> {
                    var bound = new HashMap<>(values);
                    bound.putAll(finding.variables());
                    return TextTemplate.command(command, bound).stream();
                })
                .distinct()
                .collect(Collectors.joining("; "));
        return each.isEmpty() ? TextTemplate.command(command, values) : Optional.of(each);
    }

    /** What was observed on the node; rules of the firewall from the highest number down. */
    private static Stream<Finding> fromTheLastRuleOn(NodeCase node, List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.node().equals(node.node().id()) && finding.state() == Finding.State.OBSERVED)
                .sorted(Comparator.comparingInt((Finding finding) ->
                                Integer.parseInt(finding.variables().getOrDefault("iptablesNumber", "0")))
                        .reversed());
    }

    private static Map<String, String> values(NodeCase node, List<Finding> findings) {
        var values = new HashMap<String, String>();
        for (Finding finding : findings) {
            if (finding.node().equals(node.node().id()) && finding.state() == Finding.State.OBSERVED) {
                finding.variables().forEach(values::putIfAbsent);
            }
        }
        // Whoever removes a rule by its number has its text before their eyes, in the order of the commands.
        String rules = fromTheLastRuleOn(node, findings)
                .filter(finding -> finding.variables().containsKey("iptablesNumber"))
                .flatMap(finding -> Stream.ofNullable(finding.variables().get("rule")))
                .distinct()
                .collect(Collectors.joining("; "));
        if (!rules.isEmpty()) {
            values.put("guiltyRules", rules);
        }
        values.put("node", Wording.name(node));
        values.put("host", node.node().host());
        values.put("user", node.node().dbUser().name());
        Installation installation = Installation.of(node.node(), node.evidence());
        node.evidence().processes().known().stream()
                .flatMap(table -> table.etcd().stream())
                .findFirst()
                .ifPresent(etcd -> values.put("etcdPid", String.valueOf(etcd.pid())));
        Optional<String> own = EtcdAddresses.of(node.node(), node.evidence()).map(EtcdAddresses::address);
        String peers = EtcdAddresses.members(node.node(), node.evidence()).stream()
                .map(EtcdAddresses::address)
                .distinct()
                .filter(address -> own.filter(address::equals).isEmpty())
                .collect(Collectors.joining(", "));
        if (!peers.isEmpty()) {
            values.put("peerAddresses", peers);
        }
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
