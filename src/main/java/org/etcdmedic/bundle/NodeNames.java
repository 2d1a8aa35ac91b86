package org.etcdmedic.bundle;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.etcdmedic.inventory.NodeId;

/**
 * Which node each file of a bundle is from. Files of one node lie in one folder, or one folder holds a file of each node and
 * their names tell them apart: {@code node-1/cm/etcd/etcd-current.log}, {@code node-1-etcd.log}.
 */
final class NodeNames {
    /** Folders as they are on every node; what stands before them is the node's. */
    private static final Set<String> PLACES = Set.of(
            "cm",
            "etcd",
            "etcdlog",
            "om_monitor",
            "cm_agent",
            "om",
            "var",
            "log",
            "logs",
            "gaussdb",
            "gausslog",
            "home",
            "root",
            "tmp");

    /** How the files of one program on one node are called, rotated ones included. */
    private static final Pattern OWN = Pattern.compile(
            "(?i)(?:etcd|om_monitor|cm_agent|gs_om)(?:[-_.](?:current|\\d[\\d_.:-]*|local))*(?:\\.(?:log|txt|out|json|\\d{1,3}))*"
                    + "|messages.*|syslog.*|kern.*|dmesg.*|journal.*|cm_ctl.*|cluster.*");

    private static final Pattern PROGRAM = Pattern.compile(
            "(?i)[-_.]?(?:etcd|om_monitor|cm_agent|gs_om|messages|syslog|cm_ctl)(?:[-_.]?(?:current|log))?[-_.]?");

    /** Of one node, and nothing tells which. */
    private static final NodeId UNNAMED = new NodeId("unnamed");

    private NodeNames() {}

    /** The node of each path; one node where nothing tells several apart. */
    static Map<String, NodeId> of(List<String> paths, Optional<NodeId> stated) {
        var keys = new LinkedHashMap<String, String>();
        paths.forEach(path -> keys.put(path, key(path)));
        var names = new LinkedHashMap<String, NodeId>();
        if (new HashSet<>(keys.values()).size() <= 1) {
            NodeId only = stated.orElseGet(() -> keys.values().stream()
                    .findFirst()
                    .map(NodeNames::lastStep)
                    .filter(name -> !name.isEmpty())
                    .map(name -> named(name, names))
                    .orElse(UNNAMED));
            paths.forEach(path -> names.put(path, only));
            return names;
        }
        var byKey = new LinkedHashMap<String, NodeId>();
        boolean ambiguous = keys.values().stream()
                        .distinct()
                        .map(NodeNames::lastStep)
                        .distinct()
                        .count()
                < new HashSet<>(keys.values()).size();
        keys.values()
                .forEach(key ->
                        byKey.computeIfAbsent(key, k -> named(ambiguous ? k.replace('/', '.') : lastStep(k), byKey)));
        keys.forEach((path, key) -> names.put(path, byKey.getOrDefault(key, UNNAMED)));
        return names;
    }

    /** What a path has that those of other nodes have not. */
    private static String key(String path) {
        String[] steps = path.split("/", -1);
        int end = steps.length - 1;
        String file = steps[end];
        while (end > 0 && PLACES.contains(steps[end - 1].toLowerCase(java.util.Locale.ROOT))) {
            end--;
        }
        String folder = String.join("/", List.of(steps).subList(0, end));
        if (OWN.matcher(file).matches()) {
            return folder;
        }
        String rest = PROGRAM.matcher(file.replaceFirst("(?i)(\\.(log|txt|out|json|\\d{1,3}))+$", ""))
                .replaceAll("");
        return rest.isEmpty() || !PROGRAM.matcher(file).find() ? folder : folder.isEmpty() ? rest : folder + "/" + rest;
    }

    private static String lastStep(String key) {
        return key.substring(key.lastIndexOf('/') + 1);
    }

    /** An identifier of this name that nobody has yet. */
    private static NodeId named(String name, Map<String, NodeId> taken) {
        String plain = name.replaceAll("[^A-Za-z0-9_.:-]", "_");
        String id = plain.isEmpty() ? UNNAMED.value() : plain.substring(0, Math.min(60, plain.length()));
        String candidate = id;
        for (int n = 2; taken.containsValue(new NodeId(candidate)); n++) {
            candidate = id + "." + n;
        }
        return new NodeId(candidate);
    }
}
