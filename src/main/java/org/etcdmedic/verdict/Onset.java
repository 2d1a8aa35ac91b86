package org.etcdmedic.verdict;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.etcdmedic.verdict.Contribution.Effect;

/**
 * When a cause first showed, by the times of the findings that speak for it. A state that was only seen at the look has
 * no time: it may have begun long before, so that nothing can be said to have come before it.
 */
final class Onset {
    private final Map<String, Finding> findings;

    Onset(Map<String, Finding> findings) {
        this.findings = findings;
    }

    /** The first sign of it as a cause; empty where a part of what speaks for it is a state without a beginning. */
    Optional<Instant> ofCause(Classification cause) {
        List<Finding> speaking = speaking(cause, false).toList();
        return speaking.stream().anyMatch(finding -> finding.at().isEmpty()) ? Optional.empty() : first(speaking);
    }

    /** The first sign of it as an effect, by the strongest finding of each row: it was there by then at the latest. */
    Optional<Instant> ofEffect(Classification effect) {
        return first(speaking(effect, true).toList());
    }

    private static Optional<Instant> first(List<Finding> speaking) {
        return speaking.stream().flatMap(finding -> finding.at().stream()).min(Comparator.naturalOrder());
    }

    private Stream<Finding> speaking(Classification classification, boolean countedOnly) {
        return classification.reasons().stream()
                .flatMap(reasons -> reasons.contributions().stream())
                .filter(one -> one.effect() == Effect.FOR && (one.counted() || !countedOnly))
                .flatMap(one -> Optional.ofNullable(findings.get(one.finding())).stream());
    }
}
