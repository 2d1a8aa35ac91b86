package org.etcdmedic.verdict;

import java.util.Optional;
import org.etcdmedic.evidence.Reading;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.knowledge.Text;

/**
 * The one answer that decided about a cause, or that would decide.
 *
 * @param check row of the runbook
 * @param probe id of the probe; empty where no probe asks, or a human has to look
 * @param node the node to ask
 * @param how whether it has answered
 * @param gap why it has not
 * @param text a sentence: what decided, or how to get the answer
 * @param command a line to copy, where a human has to look and all its values are known
 */
public record DecidedBy(
        String check,
        Optional<String> probe,
        NodeId node,
        How how,
        Optional<Reading.Gap> gap,
        Text text,
        Optional<String> command) {
    /** Where the answer stands. */
    public enum How {
        /** It was given, and decided. */
        ANSWERED,
        /** It was not given; the text says how to get it. */
        UNANSWERED,
        /** All probes that could tell have answered, and a human has to look. */
        BY_HAND
    }
}
