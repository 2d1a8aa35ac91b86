package org.etcdmedic.knowledge;

import java.util.List;

/**
 * A sentence in which the brain explains itself: why, why not, and what would decide.
 *
 * @param id lower-case words joined by hyphens
 * @param variables names that its text uses
 * @param text the sentence, with {@code {{variables}}}
 */
public record Phrase(String id, List<String> variables, Text text) {
    /** Copies the list. */
    public Phrase {
        variables = List.copyOf(variables);
    }
}
