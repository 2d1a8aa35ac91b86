package org.etcdmedic.verdict;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.knowledge.Cause;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.knowledge.Knowledge;

/** All that holds on all nodes: the roots, each on its node, what each of them explains, and what is to be repaired. */
final class Faults {
    private final Knowledge knowledge;
    private final List<NodeCase> nodes;
    private final Map<NodeId, List<Classification>> classified;
    private final Comparator<Classification> bestFirst;

    /** Nodes come with the named one first. */
    Faults(
            Knowledge knowledge,
            List<NodeCase> nodes,
            Map<NodeId, List<Classification>> classified,
            Comparator<Classification> bestFirst) {
        this.knowledge = knowledge;
        this.nodes = nodes;
        this.classified = classified;
        this.bestFirst = bestFirst;
    }

    /** What this root explains: on its own node, then on peers that have no such cause themselves. */
    List<RepairPlan.Repair> effectsOf(Classification root) {
        return Stream.concat(
                        explainedBy(root.cause(), root.node()),
                        nodes.stream()
                                .map(node -> node.node().id())
                                .filter(id -> !id.equals(root.node()))
                                .filter(id ->
                                        rootsOn(id).noneMatch(own -> own.cause().equals(root.cause())))
                                .flatMap(id -> explainedBy(root.cause(), id)))
                .map(this::repair)
                .toList();
    }

    /**
     * A root and what it explains.
     *
     * @param fault the root, on its node
     * @param effects what it explains
     */
    record Root(RepairPlan.Repair fault, List<RepairPlan.Repair> effects) {}

    /**
     * What is as true and not explained by this root, each cause on each node: what is confirmed first; of that, and of
     * what is likely, its own node first.
     */
    List<Root> besides(Classification root) {
        return Stream.concat(
                        rootsOn(root.node()),
                        nodes.stream()
                                .map(node -> node.node().id())
                                .filter(id -> !id.equals(root.node()))
                                .flatMap(this::rootsOn))
                .filter(one -> !one.equals(root))
                .map(one -> new Root(repair(one), effectsOf(one)))
                .sorted(Comparator.comparing((Root other) -> !other.fault().sure()))
                .toList();
    }

    /**
     * The root first, then what is confirmed, then what is likely, each by rank: effects that stay broken when their cause is repaired, and what is independent of it.
     * What one repair mends on all nodes stands once.
     */
    List<RepairPlan.Repair> toRepair(Classification root, List<Finding> findings) {
        List<Classification> roots = nodes.stream()
                .flatMap(node -> rootsOn(node.node().id()))
                .filter(one -> !one.equals(root))
                .toList();
        List<RepairPlan.Repair> rest = Stream.concat(
                        roots.stream().map(this::repair),
                        Stream.concat(Stream.of(root), roots.stream())
                                .flatMap(one -> effectsOf(one).stream())
                                .filter(effect -> effect.cause().repairedAsEffect()))
                .distinct()
                .sorted(Comparator.comparing((RepairPlan.Repair repair) -> !repair.sure())
                        .thenComparingInt(repair -> repair.cause().rank()))
                .toList();
        var all = new ArrayList<RepairPlan.Repair>();
        Stream.concat(Stream.of(repair(root)), rest.stream())
                .filter(one -> all.stream().noneMatch(other -> isMendedBy(one, other, findings)))
                .forEach(all::add);
        return all;
    }

    private static boolean isMendedBy(RepairPlan.Repair one, RepairPlan.Repair other, List<Finding> findings) {
        return one.cause().equals(other.cause()) && shows(one, findings) && shows(other, findings);
    }

    private static boolean shows(RepairPlan.Repair repair, List<Finding> findings) {
        return findings.stream()
                .anyMatch(finding -> finding.node().equals(repair.node().node().id())
                        && finding.state() == Finding.State.OBSERVED
                        && repair.cause().sharedIfSeen().contains(finding.kind()));
    }

    private Stream<Classification> rootsOn(NodeId id) {
        return classified.getOrDefault(id, List.of()).stream()
                .filter(c -> c.holds() && c.explainedBy().isEmpty())
                .sorted(bestFirst);
    }

    private Stream<Classification> explainedBy(CauseCode root, NodeId id) {
        return classified.getOrDefault(id, List.of()).stream()
                .filter(c -> c.holds() && c.explainedBy().filter(root::equals).isPresent())
                .sorted(bestFirst);
    }

    private RepairPlan.Repair repair(Classification holding) {
        Cause cause = knowledge.cause(holding.cause());
        NodeCase node = nodes.stream()
                .filter(one -> one.node().id().equals(holding.node()))
                .findFirst()
                .orElseThrow();
        return new RepairPlan.Repair(cause, node, holding.state() == Classification.State.CONFIRMED);
    }
}
