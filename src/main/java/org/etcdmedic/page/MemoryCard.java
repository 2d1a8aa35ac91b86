package org.etcdmedic.page;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What the page shows of the memory, and what it needs to take an answer.
 *
 * @param before the diagnoses that found the same fault, newest first
 * @param said what was said of this verdict, newest first
 * @param steps the steps that may have helped
 * @param causes what it may have been instead
 */
record MemoryCard(List<Before> before, List<Answer> said, List<Choice> steps, List<Choice> causes) {
    /** A diagnosis before. */
    record Before(UUID id, Instant alarmedAt, Optional<String> said, List<String> helped) {}

    /** An answer. */
    record Answer(
            String verdict,
            String by,
            Instant at,
            Optional<String> cause,
            List<String> helped,
            Optional<String> note) {}

    /** Something to choose, by its name and in words. */
    record Choice(String value, String words) {}
}
