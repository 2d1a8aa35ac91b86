package org.etcdmedic.verdict;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.etcdmedic.evidence.Reading;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.knowledge.Cause;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.knowledge.Decider;
import org.etcdmedic.knowledge.Knowledge;
import org.etcdmedic.knowledge.Text;
import org.etcdmedic.verdict.Classification.State;
import org.etcdmedic.verdict.Contribution.Effect;

/** Puts the reasons of a classification into words: why, why not, and which one answer decided or would decide. */
final class Telling {
    private final Knowledge knowledge;
    private final Phrases phrases;
    private final Rows rows;
    private final RepairPlan repair;
    private final List<NodeCase> nodes;
    private final List<Finding> findings;
    private final Map<String, Finding> byId = new HashMap<>();

    Telling(Knowledge knowledge, List<NodeCase> nodes, List<Finding> findings) {
        this.knowledge = knowledge;
        this.phrases = new Phrases(knowledge);
        this.rows = new Rows(knowledge.phrases());
        this.repair = new RepairPlan(knowledge);
        this.nodes = nodes;
        this.findings = findings;
        findings.forEach(finding -> byId.put(finding.id(), finding));
    }

    Classification tell(Classification c, Optional<Explanation.Late> late, List<String> open) {
        List<Contribution> contributions =
                c.reasons().map(Reasons::contributions).orElse(List.of());
        NodeCase node = nodes.stream()
                .filter(n -> n.node().id().equals(c.node()))
                .findFirst()
                .orElseThrow();
        return c.because(new Reasons(
                contributions,
                basis(c, contributions),
                why(contributions),
                Stream.of(
                                whyNot(c, contributions, node).stream(),
                                late.map(this::ownCause).stream(),
                                leftOpen(open).stream())
                        .flatMap(Function.identity())
                        .toList(),
                Optional.of(decidedBy(c, contributions, node))));
    }

    private List<Text> why(List<Contribution> contributions) {
        return contributions.stream()
                .filter(contribution -> contribution.effect() == Effect.FOR)
                .map(this::speaksFor)
                .toList();
    }

    private Text speaksFor(Contribution contribution) {
        String phrase = contribution.weight() >= Weighing.CONFIRMS
                ? "why-decisive"
                : contribution.weight() >= Weighing.LIKELY ? "why-strong" : "why-weak";
        return phrases.say(phrase, about(contribution));
    }

    private Map<String, Text> about(Contribution contribution) {
        return Map.of(
                "statement", finding(contribution).statement(),
                "finding", Phrases.word(contribution.finding()),
                "check", Phrases.word(contribution.check()),
                "weight", Phrases.word(number(contribution.weight())));
    }

    private Finding finding(Contribution contribution) {
        return Optional.ofNullable(byId.get(contribution.finding())).orElseThrow();
    }

    private List<Text> whyNot(Classification c, List<Contribution> contributions, NodeCase node) {
        var all = new ArrayList<Text>();
        for (Contribution contribution : contributions) {
            switch (contribution.effect()) {
                case AGAINST -> all.add(phrases.say("why-not-against", about(contribution)));
                case SILENT -> all.add(phrases.say("why-not-silent", about(contribution)));
                case FOR -> {}
            }
        }
        if (contributions.stream().anyMatch(one -> one.weight() < one.stated())) {
            all.add(phrases.say(node.etcd() instanceof EtcdState.Unseen ? "why-not-unseen" : "why-not-hurt", Map.of()));
        }
        if (c.state() == State.POSSIBLE || (c.state() == State.LIKELY && !settled(contributions))) {
            all.add(phrases.say("why-not-lacking", Map.of()));
        }
        if (c.state() == State.NOT_EVALUATED) {
            all.addAll(notLooked(knowledge.cause(c.cause()), node));
        }
        c.explainedBy().ifPresent(root -> all.add(explained(root)));
        return all.stream().distinct().toList();
    }

    /** Whether no further observation could confirm more: something speaks against it, or it is decisive already. */
    private static boolean settled(List<Contribution> contributions) {
        return contributions.stream()
                .anyMatch(one -> one.effect() == Effect.AGAINST
                        || (one.effect() == Effect.FOR && one.weight() >= Weighing.CONFIRMS));
    }

    private Optional<Text> leftOpen(List<String> rows) {
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(phrases.say("why-not-excluded", Map.of("rows", this.rows.names(rows))));
    }

    private Text explained(CauseCode root) {
        return phrases.say(
                "why-not-root", Map.of("title", knowledge.cause(root).title(), "cause", Phrases.word(root.value())));
    }

    private Text ownCause(Explanation.Late late) {
        return phrases.say(
                "why-not-by-later",
                Map.of(
                        "title", knowledge.cause(late.cause()).title(),
                        "cause", Phrases.word(late.cause().value()),
                        "first", Phrases.word(Instants.text(late.first())),
                        "shown", Phrases.word(Instants.text(late.shown()))));
    }

    /** For each row that the cause needs, why it was not looked at. */
    private List<Text> notLooked(Cause cause, NodeCase node) {
        NodeId id = node.node().id();
        var all = new ArrayList<Text>();
        for (String row : cause.needs()) {
            List<Finding> own = findings.stream()
                    .filter(finding ->
                            finding.node().equals(id) && finding.check().equals(row))
                    .toList();
            List<Finding> gaps = own.stream()
                    .filter(finding -> finding.state() == Finding.State.NOT_EVALUATED)
                    .toList();
            gaps.forEach(gap -> all.add(gap.statement()));
            if (own.isEmpty()) {
                all.add(phrases.say(
                        "why-not-looked", Map.of("check", rows.name(row), "node", Phrases.word(id.value()))));
            }
        }
        return all;
    }

    /** How the number follows from the weights, so that it can be reckoned again. */
    private Optional<Text> basis(Classification c, List<Contribution> contributions) {
        List<Double> weights = contributions.stream()
                .filter(Contribution::counted)
                .map(Contribution::weight)
                .toList();
        if (weights.isEmpty() || c.confidence() == 0) {
            return Optional.empty();
        }
        double together = Weighing.together(weights);
        String formula = weights.size() == 1
                ? number(weights.getFirst())
                : weights.stream().map(weight -> "(1 - " + number(weight) + ")").collect(Collectors.joining(" * "));
        String whole = weights.size() == 1 ? formula : "1 - " + formula + " = " + number(together);
        boolean held = !number(together).equals(number(c.confidence()));
        return Optional.of(phrases.say(
                held ? "basis-capped" : "basis",
                Map.of("value", Phrases.word(number(c.confidence())), "formula", Phrases.word(whole))));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private DecidedBy decidedBy(Classification c, List<Contribution> contributions, NodeCase node) {
        Cause cause = knowledge.cause(c.cause());
        boolean settled = c.state() == State.CONFIRMED || c.state() == State.RULED_OUT;
        Optional<DecidedBy> answered = settled ? answered(cause, contributions, node) : Optional.empty();
        return answered.or(() -> unanswered(cause, node)).orElseGet(() -> byHand(cause, node));
    }

    private Optional<DecidedBy> answered(Cause cause, List<Contribution> contributions, NodeCase node) {
        return contributions.stream()
                .max(Comparator.comparingDouble(Contribution::weight)
                        .thenComparing(one -> one.effect() == Effect.AGAINST))
                .map(one -> new DecidedBy(
                        one.check(),
                        probe(cause, one),
                        node.node().id(),
                        DecidedBy.How.ANSWERED,
                        Optional.empty(),
                        phrases.say(
                                "decided",
                                Map.of(
                                        "check", rows.name(one.check()),
                                        "node", Phrases.word(node.node().id().value()),
                                        "finding", Phrases.word(one.finding()))),
                        Optional.empty()));
    }

    /** A line of a log was read by the probe of logs; other findings come from the probe that answers their row. */
    private Optional<String> probe(Cause cause, Contribution one) {
        String kind = finding(one).kind();
        if (knowledge.signatures().stream().anyMatch(signature -> signature.id().equals(kind))) {
            return Optional.of("log-window");
        }
        return cause.decidedBy().stream()
                .filter(decider -> decider.check().equals(one.check()))
                .flatMap(decider -> decider.probe().stream())
                .findFirst();
    }

    private Optional<DecidedBy> unanswered(Cause cause, NodeCase node) {
        for (Decider decider : cause.decidedBy()) {
            Optional<Reading.Gap> gap = Answers.gap(decider, node, nodes);
            if (gap.isPresent()) {
                return Optional.of(new DecidedBy(
                        decider.check(),
                        decider.probe(),
                        node.node().id(),
                        DecidedBy.How.UNANSWERED,
                        gap,
                        phrases.say(
                                "decide-"
                                        + gap.get()
                                                .name()
                                                .toLowerCase(Locale.ROOT)
                                                .replace('_', '-'),
                                Map.of(
                                        "check", rows.name(decider.check()),
                                        "source", source(decider),
                                        "node", Phrases.word(node.node().id().value()))),
                        Optional.empty()));
            }
        }
        return Optional.empty();
    }

    private Text source(Decider decider) {
        return decider.probe()
                .map(probe -> phrases.say("source-probe", Map.of("probe", Phrases.word(probe))))
                .orElseGet(() -> phrases.say("source-login", Map.of()));
    }

    private DecidedBy byHand(Cause cause, NodeCase node) {
        Step step = repair.step(cause.byHand().orElse(cause.remediation().getFirst()), 1, cause, node, findings);
        String check = cause.decidedBy().stream()
                .findFirst()
                .map(Decider::check)
                .or(() -> cause.needs().stream().findFirst())
                .orElse("P7");
        return new DecidedBy(
                check,
                Optional.empty(),
                node.node().id(),
                DecidedBy.How.BY_HAND,
                Optional.empty(),
                phrases.say("decide-by-hand", Map.of("action", step.action())),
                step.command());
    }
}
