package org.etcdmedic.verdict;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.etcdmedic.evidence.Reading;
import org.etcdmedic.evidence.Source;

/** What an examination of one node brought to light, before it is put into words. */
sealed interface Observation {
    /**
     * Something was seen.
     *
     * @param kind id of a finding kind or of a log signature
     * @param variables values for its statement
     * @param evidence lines it was read from
     * @param at when it happened, where known
     */
    record Seen(String kind, Map<String, String> variables, List<Source> evidence, Optional<Instant> at)
            implements Observation {
        public Seen {
            variables = Map.copyOf(variables);
            evidence = List.copyOf(evidence);
        }
    }

    /**
     * A row could not be looked at.
     *
     * @param check the row
     * @param gap why
     * @param detail what was said instead
     */
    record NotLooked(String check, Reading.Gap gap, String detail) implements Observation {}

    /** Something seen, read from these lines, without a time of its own. */
    static Seen seen(String kind, Map<String, String> variables, Source... evidence) {
        return new Seen(kind, variables, List.of(evidence), Optional.empty());
    }

    /** The row is not looked at, for the reason that its reading gives. */
    static NotLooked notLooked(String check, Reading.Unknown<?> unknown) {
        return new NotLooked(check, unknown.gap(), unknown.detail());
    }
}
