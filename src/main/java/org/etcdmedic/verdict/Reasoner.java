package org.etcdmedic.verdict;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.etcdmedic.evidence.EvidenceWindow;
import org.etcdmedic.evidence.Log;
import org.etcdmedic.evidence.NodeEvidence;
import org.etcdmedic.evidence.Reading;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.knowledge.Cause;
import org.etcdmedic.knowledge.Family;
import org.etcdmedic.knowledge.Knowledge;
import org.etcdmedic.knowledge.SignatureEngine;

/**
 * The brain. From what the nodes told to findings, from findings to one classification for each cause, from those to one
 * verdict that names the cause which explains the others. Pure: the same testimony gives the same judgement.
 */
public final class Reasoner {
    private final Knowledge knowledge;
    private final Meaning meaning;

    /** What can be true of a node; that nothing is true, or nothing known, is no cause. */
    private final List<Cause> causes;

    private final SignatureEngine signatures;
    private final Wording wording;
    private final Weighing weighing;
    private final Explanation explanation;
    private final VerdictChoice choice;

    private final List<Examination> examinations = List.of(
            new ReachExamination(),
            new ProcessExamination(),
            new MarkerExamination(),
            new ExecutableExamination(),
            new DataDiskExamination(),
            new DataDirectoryExamination(),
            new DiskHealthExamination(),
            new SupervisorExamination(),
            new LogExamination(),
            new ClusterViewExamination(),
            new FirewallExamination(),
            new AddressExamination(),
            new BootExamination(),
            new SystemLogExamination(),
            new MachineEventExamination(),
            new MemoryKillExamination(),
            new EtcdHealthExamination(),
            new PathQualityExamination(),
            new SilentPeersExamination(),
            new MetricExamination(),
            new MachineRecordExamination(),
            new CertificateExamination(),
            new QuotaExamination(),
            new MembershipExamination(),
            new ClockExamination(),
            new NameExamination(),
            new GuestTraceExamination());

    /** Those whose thresholds stand in the knowledge. */
    private final List<Examination> measured;

    private final List<InstanceExamination> instanceExaminations = List.of(new PathExamination(), new CutExamination());

    /** A reasoner with this knowledge. */
    public Reasoner(Knowledge knowledge) {
        this.meaning = new Meaning(knowledge);
        this.knowledge = knowledge;
        this.measured = List.of(
                new OverloadExamination(knowledge),
                new LoadExamination(knowledge),
                new PressureExamination(knowledge),
                new LimitsExamination(knowledge));
        this.causes = knowledge.causes().stream()
                .filter(cause -> cause.family() != Family.NONE)
                .toList();
        this.signatures = new SignatureEngine(knowledge.signatures());
        this.wording = new Wording(meaning, knowledge.phrases());
        this.weighing = new Weighing(meaning);
        this.explanation = new Explanation(knowledge.causes());
        this.choice = new VerdictChoice(knowledge, explanation, wording);
    }

    /**
     * Judges.
     *
     * @param named the node that the alarm names
     * @param testimonies what each node of the instance told
     * @param window when log lines testify
     */
    public Judgement judge(NodeId named, List<NodeTestimony> testimonies, EvidenceWindow window) {
        return judge(named, testimonies, window, AlarmTold.NOTHING);
    }

    /**
     * Judges, with what the alarm itself told of the node that it names.
     *
     * @param named the node that the alarm names
     * @param testimonies what each node of the instance told
     * @param window when log lines testify
     * @param told what the alarm told
     */
    public Judgement judge(NodeId named, List<NodeTestimony> testimonies, EvidenceWindow window, AlarmTold told) {
        return judge(named, testimonies, window, Map.of(named, told));
    }

    /**
     * Judges, with what alarms told of each node.
     *
     * @param named the node that the first alarm names
     * @param testimonies what each node of the instance told
     * @param window when log lines testify
     * @param told what the alarms told, by the node that they name
     */
    public Judgement judge(
            NodeId named, List<NodeTestimony> testimonies, EvidenceWindow window, Map<NodeId, AlarmTold> told) {
        List<NodeCase> nodes = NodeTestimony.namedFirst(testimonies, named).stream()
                .map(testimony -> nodeCase(
                        testimony, window, told.getOrDefault(testimony.node().id(), AlarmTold.NOTHING)))
                .toList();
        var findings = new ArrayList<Finding>();
        var weighed = new LinkedHashMap<NodeId, List<Classification>>();
        List<Map<NodeId, List<Observation>>> together = instanceExaminations.stream()
                .map(examination -> examination.examine(nodes))
                .toList();
        var management = new ManagementExamination(Quorum.of(nodes));
        for (NodeCase node : nodes) {
            List<Observation> observations = Stream.concat(
                            Stream.of(examinations, measured, List.of(management))
                                    .flatMap(List::stream)
                                    .flatMap(examination -> examination.examine(node, nodes).stream()),
                            together.stream()
                                    .flatMap(byNode ->
                                            byNode.getOrDefault(node.node().id(), List.of()).stream()))
                    .distinct()
                    .toList();
            List<Finding> own = wording.findings(node, observations, findings.size() + 1);
            findings.addAll(own);
            weighed.put(node.node().id(), weighing.weigh(node, own, causes));
        }
        var onset = new Onset(findings.stream().collect(Collectors.toMap(Finding::id, Function.identity())));
        var classified = new HashMap<NodeId, List<Classification>>();
        weighed.forEach((id, own) -> classified.put(id, explanation.explain(own, onset)));
        var exclusion = new Exclusion(knowledge, findings);
        var targets = new Targets(findings, ReachMatrix.addresses(nodes));
        Map<NodeId, List<Classification>> explained =
                exclusion.withoutHaste(explanation.acrossNodes(classified, targets::hit, onset));
        VerdictChoice.Choice chosen = choice.choose(nodes, explained, findings);
        var telling = new Telling(knowledge, nodes, findings);
        return new Judgement(
                chosen.verdict(),
                oneForEachCause(nodes, explained, chosen.verdict()).stream()
                        .map(c -> telling.tell(
                                c,
                                explanation.cameLater(c, explained.getOrDefault(c.node(), List.of()), onset),
                                exclusion.open(c)))
                        .toList(),
                findings,
                chosen.remediation(),
                Quorum.of(nodes),
                notEvaluated(findings),
                knowledge.version(),
                Optional.of(ReachMatrix.of(nodes)),
                Optional.of(wording.gaps(findings)),
                Optional.of(new Chronicle(wording).of(nodes, findings)),
                Hallmark.of(chosen.verdict(), explained, findings, meaning));
    }

    private NodeCase nodeCase(NodeTestimony testimony, EvidenceWindow window, AlarmTold told) {
        NodeEvidence evidence = testimony.evidence();
        var known = new ArrayList<KnownLine>();
        for (Reading<Log> reading :
                List.of(evidence.etcdLog(), evidence.omMonitorLog(), evidence.cmAgentLog(), evidence.omLog())) {
            reading.known().ifPresent(log -> known.addAll(knownLines(log)));
        }
        return new NodeCase(
                testimony.node(),
                evidence,
                window,
                known,
                EtcdState.of(evidence, window, known),
                told,
                testimony.outside());
    }

    private List<KnownLine> knownLines(Log log) {
        var known = new ArrayList<KnownLine>();
        for (var line : log.lines()) {
            for (var match : signatures.match(log.program(), line)) {
                known.add(new KnownLine(log.program(), line, match.signature(), match.variables()));
            }
        }
        return known;
    }

    /** Of each cause the classification of the node that it fits best, the verdict's own node before others, surest first. */
    private List<Classification> oneForEachCause(
            List<NodeCase> nodes, Map<NodeId, List<Classification>> classified, Verdict verdict) {
        var best = new ArrayList<Classification>();
        for (int i = 0; i < causes.size(); i++) {
            int index = i;
            nodes.stream()
                    .map(node -> classified.getOrDefault(node.node().id(), List.of()))
                    .filter(list -> index < list.size())
                    .map(list -> list.get(index))
                    .min(Comparator.<Classification>comparingInt(c -> distance(c, verdict))
                            .thenComparing(Classification::state)
                            .thenComparing(Comparator.comparingDouble(Classification::confidence)
                                    .reversed()))
                    .ifPresent(best::add);
        }
        return best.stream().sorted(explanation.bestFirst()).toList();
    }

    /** How near the verdict is to this very classification: it speaks of it, of its like on a peer, or not at all. */
    private static int distance(Classification c, Verdict verdict) {
        if (verdict.node().filter(c.node()::equals).isPresent()) {
            boolean effect = c.holds() && verdict.effects().contains(c.cause());
            return effect || c.cause().equals(verdict.cause()) ? 0 : 2;
        }
        boolean effectOfRoot = c.explainedBy().filter(verdict.cause()::equals).isPresent();
        return effectOfRoot && verdict.effects().contains(c.cause()) ? 1 : 2;
    }

    private static List<Judgement.NotEvaluated> notEvaluated(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.state() == Finding.State.NOT_EVALUATED)
                .map(finding -> new Judgement.NotEvaluated(finding.check(), finding.node(), finding.statement()))
                .distinct()
                .toList();
    }
}
