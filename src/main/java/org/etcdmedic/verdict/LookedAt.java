package org.etcdmedic.verdict;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.etcdmedic.knowledge.Cause;

/**
 * Which rows of the runbook were looked at on one node, and by which findings. Silence alone rules out nothing: a row
 * counts only when a finding says what was seen there, and when no part of it could not be looked at.
 */
final class LookedAt {
    /** So many findings of a row are named as having nothing to say. */
    private static final int NAMED = 2;

    private final Map<String, List<Finding>> byRow = new HashMap<>();
    private final Set<String> withGap = new HashSet<>();

    LookedAt(List<Finding> findings, Meaning meaning) {
        for (Finding finding : findings) {
            if (finding.state() == Finding.State.NOT_EVALUATED) {
                withGap.add(finding.check());
            } else {
                add(finding.check(), finding);
                meaning.of(finding.kind()).covers().forEach(row -> add(row, finding));
            }
        }
    }

    private void add(String row, Finding finding) {
        byRow.computeIfAbsent(row, r -> new ArrayList<>()).add(finding);
    }

    /** The findings of all rows that the cause needs, when each of them was wholly looked at; else none. */
    List<Contribution> silent(Cause cause) {
        var silent = new ArrayList<Contribution>();
        for (String row : cause.needs()) {
            List<Finding> seen = byRow.getOrDefault(row, List.of());
            if (seen.isEmpty() || withGap.contains(row)) {
                return List.of();
            }
            seen.stream()
                    .limit(NAMED)
                    .map(finding -> Contribution.silent(finding, row))
                    .forEach(silent::add);
        }
        return silent;
    }
}
