package org.etcdmedic.verdict;

import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.knowledge.Subject;

/**
 * By what a fault is known again when it comes back: what was found, never when, how often, how badly or in which words.
 *
 * @param cause what the verdict names
 * @param nodes where it holds as surely as the verdict says, by name
 * @param things what it is about, as far as the nodes showed that, in a fixed order
 */
public record Hallmark(CauseCode cause, List<NodeId> nodes, List<Thing> things) {
    /** Puts both lists in order, each item once. */
    public Hallmark {
        nodes = nodes.stream()
                .distinct()
                .sorted(Comparator.comparing(NodeId::value))
                .toList();
        things = things.stream()
                .distinct()
                .sorted(Comparator.comparing(Thing::toString))
                .toList();
    }

    /**
     * One thing, and what is wrong with it.
     *
     * @param aspect what is wrong with it
     * @param named its names, by the variable that holds them
     */
    public record Thing(String aspect, Map<String, String> named) {
        /** Sorts the names. */
        public Thing {
            named = Collections.unmodifiableSortedMap(new TreeMap<>(named));
        }
    }

    /** Of a verdict that names a cause; empty for one that names none, for then nothing was found that could come back. */
    static Optional<Hallmark> of(
            Verdict verdict, Map<NodeId, List<Classification>> classified, List<Finding> findings, Meaning meaning) {
        return switch (verdict.outcome()) {
            case CONFIRMED -> Optional.of(of(verdict, Classification.State.CONFIRMED, classified, findings, meaning));
            case LIKELY -> Optional.of(of(verdict, Classification.State.LIKELY, classified, findings, meaning));
            case UNDETERMINED, NO_FAULT_FOUND -> Optional.empty();
        };
    }

    private static Hallmark of(
            Verdict verdict,
            Classification.State sure,
            Map<NodeId, List<Classification>> classified,
            List<Finding> findings,
            Meaning meaning) {
        // A node where it is less sure today may be surer tomorrow; the fault would not be known again.
        List<NodeId> nodes = classified.values().stream()
                .flatMap(List::stream)
                .filter(one -> one.cause().equals(verdict.cause()) && one.state() == sure)
                .filter(one -> one.explainedBy().isEmpty())
                .map(Classification::node)
                .toList();
        List<Thing> things = findings.stream()
                .filter(finding -> finding.state() == Finding.State.OBSERVED && nodes.contains(finding.node()))
                .filter(finding -> meaning.support(finding, verdict.cause()) > 0)
                .flatMap(finding ->
                        meaning.of(finding.kind()).subject().map(subject -> thing(subject, finding)).stream())
                .toList();
        return new Hallmark(verdict.cause(), nodes, things);
    }

    private static Thing thing(Subject subject, Finding finding) {
        var named = new TreeMap<String, String>();
        subject.names()
                .forEach(name -> named.put(name, inOrder(finding.variables().getOrDefault(name, ""))));
        return new Thing(subject.aspect(), named);
    }

    /** A list of names begins with the node that the alarm named, and the fault is the same whoever names it. */
    private static String inOrder(String value) {
        String[] names = value.split(", ", -1);
        Arrays.sort(names);
        return String.join(", ", names);
    }
}
