package org.etcdmedic.verdict;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.etcdmedic.evidence.Source;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.knowledge.Text;

/**
 * One observation that matters, or one thing that could not be looked at.
 *
 * @param id name within the diagnosis, {@code f1}, {@code f2}, ...
 * @param kind id of the finding kind or of the log signature
 * @param check row of the runbook, such as {@code P4}
 * @param state observed, ruled out or not evaluated
 * @param node the node it speaks of
 * @param statement what was seen, in both languages
 * @param variables the values in the statement
 * @param evidence the lines it was read from; empty where nothing could be read
 * @param at when it happened, by the service's clock, where that is known
 */
public record Finding(
        String id,
        String kind,
        String check,
        State state,
        NodeId node,
        Text statement,
        Map<String, String> variables,
        List<Source> evidence,
        Optional<Instant> at) {
    /** Copies the collections. */
    public Finding {
        variables = Map.copyOf(variables);
        evidence = List.copyOf(evidence);
    }

    /** Three values, because not looked at is not the same as fine. */
    public enum State {
        /** It is so. */
        OBSERVED,
        /** It was looked at, and speaks against one or more causes. */
        RULED_OUT,
        /** It could not be looked at. */
        NOT_EVALUATED
    }
}
