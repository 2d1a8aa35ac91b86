package org.etcdmedic.verdict;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.etcdmedic.evidence.Log;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.knowledge.Cause;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.knowledge.Family;
import org.etcdmedic.knowledge.Knowledge;
import org.etcdmedic.knowledge.Signature;

/** Chooses the one cause that the verdict names, and says so. */
final class VerdictChoice {
    private static final CauseCode NO_FAULT = new CauseCode("NO_FAULT_FOUND");
    private static final CauseCode UNDETERMINED = new CauseCode("UNDETERMINED");

    /** From this confidence on a mere possibility keeps us from saying that all is well. */
    private static final double DANGER = 0.4;

    /** Row O2: single slow requests belong to normal life, see etcd's FAQ. */
    private static final String SLOW_REQUESTS = "O2";

    private final Knowledge knowledge;
    private final Explanation explanation;
    private final Summary summary;
    private final RepairPlan repair;

    VerdictChoice(Knowledge knowledge, Explanation explanation, Wording wording) {
        this.knowledge = knowledge;
        this.explanation = explanation;
        this.summary = new Summary(knowledge, wording);
        this.repair = new RepairPlan(knowledge);
    }

    /** The verdict and what to do. */
    record Choice(Verdict verdict, List<Step> remediation) {}

    /** Nodes come with the named one first. */
    Choice choose(List<NodeCase> nodes, Map<NodeId, List<Classification>> classified, List<Finding> findings) {
        boolean nobodyReached = nodes.stream().noneMatch(VerdictChoice::reached);
        for (NodeCase node : surestFirst(nodes, classified)) {
            List<Classification> roots = roots(classified, node);
            if (!roots.isEmpty() && !(nobodyReached && nodes.size() > 1 && onlyUnreachable(roots))) {
                return named(node, roots, nodes, classified, findings);
            }
        }
        return allIsWell(nodes, classified, findings)
                ? without(NO_FAULT, Verdict.Outcome.NO_FAULT_FOUND, nodes, classified, findings)
                : without(UNDETERMINED, Verdict.Outcome.UNDETERMINED, nodes, classified, findings);
    }

    /**
     * Every row was looked at on every node, one etcd ran through the window there and is probed by a cm_agent, the
     * cluster manager vouches from each of them for all members, and neither a danger nor a sign of trouble was seen.
     */
    private static boolean allIsWell(
            List<NodeCase> nodes, Map<NodeId, List<Classification>> classified, List<Finding> findings) {
        return findings.stream()
                        .noneMatch(f -> f.state() == Finding.State.NOT_EVALUATED
                                || EtcdHealthExamination.COMPLAINTS.contains(f.kind()))
                && nodes.stream().allMatch(node -> vouchedFor(node, findings))
                && classified.values().stream().flatMap(List::stream).noneMatch(VerdictChoice::isDanger)
                && nodes.stream().noneMatch(VerdictChoice::showsTrouble);
    }

    private static boolean vouchedFor(NodeCase node, List<Finding> findings) {
        return node.etcd().ranThroughout()
                && node.evidence()
                        .processes()
                        .known()
                        .filter(table -> !table.own("cm_agent").isEmpty())
                        .isPresent()
                && findings.stream()
                        .anyMatch(f -> f.kind().equals(ClusterViewExamination.HEALTHY)
                                && f.node().equals(node.node().id()));
    }

    private static boolean isDanger(Classification classification) {
        return classification.confidence() >= DANGER;
    }

    /** etcd or the cluster manager itself complained in the window, of more than a slow request. */
    private static boolean showsTrouble(NodeCase node) {
        return node.known().stream()
                .filter(line -> line.at().filter(node.window()::contains).isPresent())
                .filter(line -> !ofAnotherDisk(node, line))
                .map(KnownLine::signature)
                .anyMatch(s -> s.kind() == Signature.Kind.SYMPTOM
                        && s.about() != Signature.About.CLIENT
                        && !s.check().equals(SLOW_REQUESTS)
                        && !warnsAhead(node, s));
    }

    /** cm_agent warns of a certificate 90 days before its end: no trouble while the files themselves are in order. */
    private static boolean warnsAhead(NodeCase node, Signature signature) {
        return signature.check().equals(CertificateExamination.COMPLAINTS)
                && signature.programs().equals(Set.of(Log.Program.CM_AGENT))
                && CertificateExamination.fine(node);
    }

    /** cm_agent's line of a disk that does not hold etcd's data is no complaint about etcd. */
    private static boolean ofAnotherDisk(NodeCase node, KnownLine line) {
        return line.signature().id().equals("cma-disk-utilisation")
                && DiskName.compare(node, line.captured().getOrDefault("device", "")) == DiskName.Match.OTHER;
    }

    /**
     * The named node first, unless what is wrong there is only likely and something is proven on a peer. That we may not
     * look into a peer proves nothing about the alarm.
     */
    private List<NodeCase> surestFirst(List<NodeCase> nodes, Map<NodeId, List<Classification>> classified) {
        return nodes.stream()
                .sorted(Comparator.comparing(node -> !proven(classified, node, node.equals(nodes.getFirst()))))
                .toList();
    }

    private boolean proven(Map<NodeId, List<Classification>> classified, NodeCase node, boolean named) {
        return roots(classified, node).stream()
                .anyMatch(c -> c.state() == Classification.State.CONFIRMED && (named || c.family() != Family.PROBE));
    }

    private List<Classification> roots(Map<NodeId, List<Classification>> classified, NodeCase node) {
        return classified.getOrDefault(node.node().id(), List.of()).stream()
                .filter(c -> c.holds() && c.explainedBy().isEmpty())
                .sorted(explanation.bestFirst())
                .toList();
    }

    /** No node of the instance answers: that says as much about our own network as about theirs. */
    private boolean onlyUnreachable(List<Classification> roots) {
        return roots.stream().allMatch(c -> c.family() == Family.VM);
    }

    private static boolean reached(NodeCase node) {
        return node.evidence().reach() instanceof org.etcdmedic.probe.Reach.LoggedIn;
    }

    private Choice named(
            NodeCase node,
            List<Classification> roots,
            List<NodeCase> nodes,
            Map<NodeId, List<Classification>> classified,
            List<Finding> findings) {
        Classification root = roots.getFirst();
        Cause cause = knowledge.cause(root.cause());
        var faults = new Faults(knowledge, nodes, classified, explanation.bestFirst());
        List<RepairPlan.Repair> effects = faults.effectsOf(root);
        List<Faults.Root> others = faults.besides(root);
        Optional<Quorum> quorum = Quorum.of(nodes);
        var verdict = new Verdict(
                root.state() == Classification.State.CONFIRMED ? Verdict.Outcome.CONFIRMED : Verdict.Outcome.LIKELY,
                root.family(),
                root.cause(),
                root.confidence(),
                summary.of(nodes.getFirst(), node, cause, root, findings, effects, others, quorum),
                Optional.of(node.node().id()),
                codes(effects),
                codes(others.stream().map(Faults.Root::fault).toList()).stream()
                        .filter(other -> !other.equals(root.cause()))
                        .toList());
        return new Choice(verdict, repair.steps(faults.toRepair(root, findings), findings));
    }

    private static List<CauseCode> codes(List<RepairPlan.Repair> told) {
        return told.stream().map(one -> one.cause().code()).distinct().toList();
    }

    /** What is only suspected, but strongly enough to look further: the strongest first. */
    private List<RepairPlan.Repair> suspected(List<NodeCase> nodes, Map<NodeId, List<Classification>> classified) {
        return nodes.stream()
                .flatMap(node -> classified.getOrDefault(node.node().id(), List.of()).stream()
                        .filter(VerdictChoice::isDanger)
                        .map(c -> Map.entry(c, node)))
                .sorted(Map.Entry.comparingByKey(explanation.bestFirst()))
                .limit(Summary.NAMED)
                .map(one -> new RepairPlan.Repair(knowledge.cause(one.getKey().cause()), one.getValue(), false))
                .toList();
    }

    private Choice without(
            CauseCode code,
            Verdict.Outcome outcome,
            List<NodeCase> nodes,
            Map<NodeId, List<Classification>> classified,
            List<Finding> findings) {
        Cause cause = knowledge.cause(code);
        NodeCase named = nodes.getFirst();
        var verdict = new Verdict(
                outcome,
                cause.family(),
                code,
                0,
                summary.without(named, cause, classified, findings, Quorum.of(nodes)),
                Optional.empty(),
                List.of(),
                List.of());
        List<RepairPlan.Repair> suspected =
                outcome == Verdict.Outcome.UNDETERMINED ? suspected(nodes, classified) : List.of();
        return new Choice(verdict, repair.steps(suspected, new RepairPlan.Repair(cause, named), findings));
    }
}
