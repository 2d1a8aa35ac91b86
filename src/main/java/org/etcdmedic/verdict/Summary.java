package org.etcdmedic.verdict;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.knowledge.Cause;
import org.etcdmedic.knowledge.Knowledge;
import org.etcdmedic.knowledge.Text;

/**
 * The verdict in a few sentences: the root and the observation that shows it best, what it explains, what is independent
 * of it, and whether etcd has its majority.
 */
final class Summary {
    /** So many suspicions are named where no cause holds. */
    static final int NAMED = 3;

    /** Values of findings that name who uses a resource, and the sentences that tell it. */
    private static final Map<String, String> USERS = Map.of(
            "movableWriters", "summary-writers",
            "movableCpuUsers", "summary-cpu-users",
            "movableMemoryUsers", "summary-memory-users");

    private final Knowledge knowledge;
    private final Wording wording;
    private final Phrases phrases;
    private final Rows rows;

    Summary(Knowledge knowledge, Wording wording) {
        this.knowledge = knowledge;
        this.wording = wording;
        this.phrases = new Phrases(knowledge);
        this.rows = new Rows(knowledge.phrases());
    }

    /** The node that the alarm names need not be the one at fault. */
    Text of(
            NodeCase named,
            NodeCase node,
            Cause cause,
            Classification root,
            List<Finding> findings,
            List<RepairPlan.Repair> effects,
            List<Faults.Root> others,
            Optional<Quorum> quorum) {
        var sentences = new ArrayList<Text>();
        sentences.add(root(node, cause, root, findings));
        users(cause, root, findings).ifPresent(sentences::add);
        if (!named.equals(node)) {
            sentences.add(onAPeer(named.node().id(), node.node().id(), findings, others));
        }
        if (!effects.isEmpty()) {
            boolean there = effects.stream().allMatch(effect -> effect.node().equals(node));
            sentences.add(phrases.say(
                    there ? "summary-effects" : "summary-effects-on",
                    Map.of(
                            "effects",
                            Phrases.list(
                                    there
                                            ? effects.stream()
                                                    .map(effect ->
                                                            effect.cause().title())
                                                    .toList()
                                            : onNodes(effects)))));
        }
        List<Faults.Root> same = others.stream()
                .filter(other -> other.fault().cause().equals(cause))
                .toList();
        if (!same.isEmpty()) {
            sentences.add(phrases.say(
                    "summary-same",
                    Map.of(
                            "nodes",
                            Phrases.enumeration(same.stream().map(this::sameOn).toList()))));
        }
        List<Faults.Root> independent =
                others.stream().filter(other -> !same.contains(other)).toList();
        if (!independent.isEmpty()) {
            sentences.add(phrases.say(
                    "summary-others",
                    Map.of(
                            "others",
                            Phrases.list(independent.stream().map(this::ofNode).toList()))));
        }
        sentences.add(quorum(quorum));
        return Phrases.together(sentences);
    }

    /** The cause by its name, shown by the finding that supports it most. */
    private Text root(NodeCase node, Cause cause, Classification root, List<Finding> findings) {
        return findings.stream()
                .filter(f -> root.findings().contains(f.id()) && f.state() == Finding.State.OBSERVED)
                .max(Comparator.comparingDouble(f -> wording.support(f, cause.code())))
                .map(best -> phrases.say(
                        "summary-root",
                        Map.of(
                                "title", cause.title(),
                                "node", Phrases.word(Wording.name(node)),
                                "statement", best.statement())))
                .orElseGet(() -> wording.about(node, cause.summary()));
    }

    /** Who uses most of what is short, and may be stopped or moved; not where the statement before has named them. */
    private Optional<Text> users(Cause cause, Classification root, List<Finding> findings) {
        List<Finding> speaking = findings.stream()
                .filter(f -> root.findings().contains(f.id()) && f.state() == Finding.State.OBSERVED)
                .filter(f -> wording.support(f, cause.code()) > 0)
                .sorted(Comparator.comparingDouble((Finding f) -> wording.support(f, cause.code()))
                        .reversed())
                .toList();
        for (Finding finding : speaking) {
            for (Map.Entry<String, String> used : USERS.entrySet()) {
                String who = finding.variables().getOrDefault(used.getKey(), "");
                if (!who.isEmpty()) {
                    return finding.equals(speaking.getFirst())
                            ? Optional.empty()
                            : Optional.of(phrases.say(
                                    used.getValue(), Map.of("users", new Text(who, ChineseLists.processes(who)))));
                }
            }
        }
        return Optional.empty();
    }

    /** Each effect once, with the nodes that show it. */
    private List<Text> onNodes(List<RepairPlan.Repair> effects) {
        var nodes = new LinkedHashMap<Cause, List<Text>>();
        for (RepairPlan.Repair effect : effects) {
            nodes.computeIfAbsent(effect.cause(), cause -> new ArrayList<>())
                    .add(Phrases.word(effect.node().node().id().value()));
        }
        return nodes.entrySet().stream()
                .map(effect -> phrases.say(
                        effect.getValue().size() == 1 ? "of-node" : "of-nodes",
                        Map.of("what", effect.getKey().title(), "node", Phrases.enumeration(effect.getValue()))))
                .toList();
    }

    /** The named node is well only when all of it was looked at and nothing holds there. */
    private Text onAPeer(NodeId named, NodeId node, List<Finding> findings, List<Faults.Root> others) {
        boolean well = others.stream()
                        .noneMatch(other -> other.fault().node().node().id().equals(named))
                && findings.stream().noneMatch(f -> f.node().equals(named) && f.state() == Finding.State.NOT_EVALUATED);
        return phrases.say(
                well ? "summary-peer" : "summary-peer-first",
                Map.of("named", Phrases.word(named.value()), "node", Phrases.word(node.value())));
    }

    /** Where no cause is named: what could not be looked at, and what there is of suspicion. */
    Text without(
            NodeCase named,
            Cause cause,
            Map<NodeId, List<Classification>> classified,
            List<Finding> findings,
            Optional<Quorum> quorum) {
        var sentences = new ArrayList<Text>();
        sentences.add(wording.about(named, cause.summary()));
        List<Text> suspicions = classified.values().stream()
                .flatMap(List::stream)
                .filter(c -> c.confidence() > 0)
                .sorted(Comparator.comparingDouble(Classification::confidence)
                        .reversed()
                        .thenComparing(Classification::cause)
                        .thenComparing(c -> c.node().value()))
                .limit(NAMED)
                .map(c -> ofNode(knowledge.cause(c.cause()), c.node()))
                .toList();
        if (!suspicions.isEmpty()) {
            sentences.add(phrases.say("summary-suspicions", Map.of("suspicions", Phrases.list(suspicions))));
        }
        List<Text> missing = missing(findings);
        if (!missing.isEmpty()) {
            sentences.add(phrases.say("summary-missing", Map.of("rows", Phrases.list(missing))));
        }
        sentences.add(quorum(quorum));
        return Phrases.together(sentences);
    }

    /** The rows of each node that could not be looked at. */
    private List<Text> missing(List<Finding> findings) {
        List<Finding> gaps = findings.stream()
                .filter(f -> f.state() == Finding.State.NOT_EVALUATED)
                .toList();
        return gaps.stream()
                .map(Finding::node)
                .distinct()
                .map(node -> ofNode(
                        rows.names(gaps.stream()
                                .filter(f -> f.node().equals(node))
                                .map(Finding::check)
                                .toList()),
                        node))
                .toList();
    }

    private Text sameOn(Faults.Root other) {
        Text node = Phrases.word(other.fault().node().node().id().value());
        return other.fault().sure() ? node : phrases.say("likely", Map.of("what", node));
    }

    /** An independent fault, with what it explains in its turn. */
    private Text ofNode(Faults.Root other) {
        RepairPlan.Repair fault = other.fault();
        Text told = phrases.say(
                fault.sure() ? "of-node" : "of-node-likely",
                Map.of(
                        "what",
                        fault.cause().title(),
                        "node",
                        Phrases.word(fault.node().node().id().value())));
        List<Text> effects = other.effects().stream()
                .map(effect -> effect.node().equals(fault.node())
                        ? effect.cause().title()
                        : ofNode(effect.cause(), effect.node().node().id()))
                .toList();
        return effects.isEmpty()
                ? told
                : phrases.say("which-explains", Map.of("what", told, "effects", Phrases.enumeration(effects)));
    }

    private Text ofNode(Cause cause, NodeId node) {
        return ofNode(cause.title(), node);
    }

    private Text ofNode(Text what, NodeId node) {
        return phrases.say("of-node", Map.of("what", what, "node", Phrases.word(node.value())));
    }

    private Text quorum(Optional<Quorum> known) {
        return known.map(quorum -> phrases.say(
                        quorum.held()
                                ? "summary-quorum-held"
                                : quorum.healthy() == 0 ? "summary-quorum-none" : "summary-quorum-lost",
                        Map.of(
                                "healthy", Phrases.word(String.valueOf(quorum.healthy())),
                                "members", Phrases.word(String.valueOf(quorum.members())))))
                .orElseGet(() -> phrases.say("summary-quorum-unknown", Map.of()));
    }
}
