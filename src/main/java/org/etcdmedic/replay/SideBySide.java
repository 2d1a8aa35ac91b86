package org.etcdmedic.replay;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.etcdmedic.inventory.InstanceId;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.verdict.Classification;
import org.etcdmedic.verdict.Finding;
import org.etcdmedic.verdict.Judgement;
import org.etcdmedic.verdict.Verdict;

/**
 * One diagnosis, judged three times. What the candidate changes is told against what the knowledge in use says today: the
 * program itself may judge otherwise than it did then, and that is not the candidate's doing.
 *
 * @param instance the instance that hurt
 * @param stored what was said then
 * @param inUse what this program says today by the knowledge in use
 * @param candidate what it says by the candidate
 * @param change what the candidate changes, from {@code inUse} to {@code candidate}
 * @param drift what has changed since then without the candidate, from {@code stored} to {@code inUse}
 * @param appeared findings that only the candidate has
 * @param vanished findings that the candidate has no more
 * @param reclassified causes that stand otherwise by the candidate
 * @param otherSteps whether it proposes other steps
 */
public record SideBySide(
        InstanceId instance,
        Side stored,
        Side inUse,
        Side candidate,
        Change change,
        Change drift,
        List<Seen> appeared,
        List<Seen> vanished,
        List<Reclassified> reclassified,
        boolean otherSteps) {
    /** Copies the lists. */
    public SideBySide {
        appeared = List.copyOf(appeared);
        vanished = List.copyOf(vanished);
        reclassified = List.copyOf(reclassified);
    }

    /** One of the three verdicts, and the knowledge that it came from. */
    public record Side(
            Verdict.Outcome outcome,
            CauseCode cause,
            Optional<NodeId> node,
            double confidence,
            String knowledgeVersion) {
        static Side of(Judgement judgement) {
            Verdict verdict = judgement.verdict();
            return new Side(
                    verdict.outcome(),
                    verdict.cause(),
                    verdict.node(),
                    verdict.confidence(),
                    judgement.knowledgeVersion());
        }
    }

    /** A finding, as far as it can be compared: its kind, the node it speaks of, and its state. */
    public record Seen(String kind, NodeId node, Finding.State state) implements Comparable<Seen> {
        static Seen of(Finding finding) {
            return new Seen(finding.kind(), finding.node(), finding.state());
        }

        @Override
        public int compareTo(Seen other) {
            return sorted().compareTo(other.sorted());
        }

        private String sorted() {
            return kind + " " + node + " " + state;
        }
    }

    /** How a cause stands. Which node it would be true on matters only where it is held to be true. */
    public record Stand(Classification.State state, Optional<NodeId> node) {
        static Stand of(Classification classification) {
            return new Stand(
                    classification.state(),
                    classification.holds() ? Optional.of(classification.node()) : Optional.empty());
        }
    }

    /** A cause that stands otherwise; empty on the side whose knowledge does not have it. */
    public record Reclassified(CauseCode cause, Optional<Stand> inUse, Optional<Stand> candidate) {}

    /** Holds three judgements of one case against each other. */
    public static SideBySide of(InstanceId instance, Judgement stored, Judgement inUse, Judgement candidate) {
        return new SideBySide(
                instance,
                Side.of(stored),
                Side.of(inUse),
                Side.of(candidate),
                Change.between(inUse, candidate),
                Change.between(stored, inUse),
                only(candidate, inUse),
                only(inUse, candidate),
                reclassified(inUse, candidate),
                !steps(inUse).equals(steps(candidate)));
    }

    private static List<Seen> only(Judgement here, Judgement notThere) {
        Set<Seen> only = here.findings().stream().map(Seen::of).collect(Collectors.toCollection(TreeSet::new));
        notThere.findings().stream().map(Seen::of).forEach(only::remove);
        return List.copyOf(only);
    }

    private static List<Reclassified> reclassified(Judgement inUse, Judgement candidate) {
        Map<CauseCode, Stand> before = stands(inUse);
        Map<CauseCode, Stand> after = stands(candidate);
        var causes = new LinkedHashSet<>(after.keySet());
        causes.addAll(before.keySet());
        return causes.stream()
                .map(cause -> new Reclassified(
                        cause, Optional.ofNullable(before.get(cause)), Optional.ofNullable(after.get(cause))))
                .filter(one -> !one.inUse().equals(one.candidate()))
                .toList();
    }

    private static Map<CauseCode, Stand> stands(Judgement judgement) {
        var stands = new LinkedHashMap<CauseCode, Stand>();
        judgement.classifications().forEach(c -> stands.putIfAbsent(c.cause(), Stand.of(c)));
        return stands;
    }

    /** What is proposed, in words that say the same to both. */
    static List<String> steps(Judgement judgement) {
        return judgement.remediation().stream()
                .flatMap(step -> Stream.of(step.action().en(), step.command().orElse("")))
                .toList();
    }
}
