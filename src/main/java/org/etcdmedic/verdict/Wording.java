package org.etcdmedic.verdict;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.etcdmedic.evidence.Reading;
import org.etcdmedic.knowledge.Text;
import org.etcdmedic.knowledge.TextTemplate;

/** Puts observations into words: numbers them, names their row and state, fills in their statement. */
final class Wording {
    private final Meaning meaning;

    Wording(Meaning meaning) {
        this.meaning = meaning;
    }

    /** Findings of one node, numbered from {@code firstNumber}. */
    List<Finding> findings(NodeCase node, List<Observation> observations, int firstNumber) {
        var findings = new ArrayList<Finding>();
        for (Observation observation : observations) {
            String id = "f" + (firstNumber + findings.size());
            findings.add(
                    switch (observation) {
                        case Observation.Seen seen -> seen(node, seen, id);
                        case Observation.NotLooked not -> notLooked(node, not, id);
                    });
        }
        return findings;
    }

    private Finding seen(NodeCase node, Observation.Seen seen, String id) {
        Meaning.Entry entry = meaning.of(seen.kind());
        var variables = new HashMap<String, String>();
        seen.variables().forEach((name, value) -> variables.put(name, Quote.of(value)));
        variables.put("node", name(node));
        boolean speaksAgainst = entry.supports().isEmpty() && !entry.refutes().isEmpty();
        return new Finding(
                id,
                seen.kind(),
                entry.check(),
                speaksAgainst ? Finding.State.RULED_OUT : Finding.State.OBSERVED,
                node.node().id(),
                TextTemplate.fill(entry.statement(), variables),
                variables,
                seen.evidence(),
                seen.at());
    }

    private Finding notLooked(NodeCase node, Observation.NotLooked not, String id) {
        Map<String, String> variables = Map.of(
                "node", name(node),
                "check", not.check(),
                "detail", not.detail().isBlank() ? "-" : not.detail());
        String kind = gapKind(not.gap());
        return new Finding(
                id,
                kind,
                not.check(),
                Finding.State.NOT_EVALUATED,
                node.node().id(),
                TextTemplate.fill(meaning.of(kind).statement(), variables),
                variables,
                List.of(),
                Optional.empty());
    }

    private static String gapKind(Reading.Gap gap) {
        return switch (gap) {
            case NODE_NOT_REACHED -> "gap-node-not-reached";
            case NOT_ASKED -> "gap-not-asked";
            case NOT_PERMITTED -> "gap-not-permitted";
            case TIMED_OUT -> "gap-timed-out";
            case CONNECTION_LOST -> "gap-connection-lost";
            case MISSING -> "gap-missing";
            case UNREADABLE -> "gap-unreadable";
            case OUTSIDE -> "gap-outside";
            case PARTLY_READ -> "gap-partly-read";
            case NOT_IN_BUNDLE -> "gap-not-in-bundle";
        };
    }

    /** A text of the knowledge about this node. */
    Text about(NodeCase node, Text text) {
        return TextTemplate.fill(text, Map.of("node", name(node)));
    }

    /** How strongly the finding supports the cause. */
    double support(Finding finding, org.etcdmedic.knowledge.CauseCode cause) {
        return meaning.support(finding, cause);
    }

    /** How a node is named to people. */
    static String name(NodeCase node) {
        return node.node().id().value();
    }
}
