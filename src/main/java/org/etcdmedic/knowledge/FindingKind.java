package org.etcdmedic.knowledge;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A kind of observation that matters. The code observes and fills in the variables; what it means stands here.
 *
 * @param id lower-case words joined by hyphens
 * @param check row of the runbook, such as {@code P4}
 * @param covers further rows that were looked at when this is observed, though nothing of them is told
 * @param variables names that its statement may use, besides {@code node}
 * @param statement what was observed, with {@code {{variables}}}
 * @param supports how strongly the observation alone supports a cause: 0.9 and more confirms it, 0.6 and more makes it
 *     likely, less makes it possible
 * @param refutes causes that cannot be true when this is observed
 * @param subject what it is about, by which the same fault is known again; empty where it is about the node as a whole, or is only
 *     told by lines that the next look may not see any more
 * @param thresholds numbers from which on the code calls it observed, by name; the source tells whose they are
 * @param source where this is known from
 */
public record FindingKind(
        String id,
        String check,
        Set<String> covers,
        List<String> variables,
        Text statement,
        Map<CauseCode, Double> supports,
        Set<CauseCode> refutes,
        Optional<Subject> subject,
        Map<String, Integer> thresholds,
        String source) {
    /** Copies the collections. */
    public FindingKind {
        covers = Set.copyOf(covers);
        variables = List.copyOf(variables);
        supports = Map.copyOf(supports);
        refutes = Set.copyOf(refutes);
        thresholds = Map.copyOf(thresholds);
    }

    /** The threshold with this name; asking for one that the knowledge does not hold is a programming error. */
    public int threshold(String name) {
        Integer value = thresholds.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the finding " + id + " has no threshold " + name);
        }
        return value;
    }
}
