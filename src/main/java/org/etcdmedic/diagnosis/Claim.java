package org.etcdmedic.diagnosis;

import java.time.Instant;
import java.util.Optional;

/**
 * A worker's right to bring a diagnosis to its end. A later claim takes it away: whoever comes back from a long sleep
 * holds an old attempt number and writes nothing.
 *
 * @param id the diagnosis
 * @param symptom what it is about
 * @param attempt how often it was taken up, this time included
 * @param startedAt when it was first taken up
 * @param since log lines testify from then on, where that is stated
 * @param excused so many of the attempts failed for the database's sake
 */
public record Claim(
        DiagnosisId id, Symptom symptom, int attempt, Instant startedAt, Optional<Instant> since, int excused) {
    /** How often it was tried, as far as that speaks against it. */
    int tries() {
        return attempt - excused;
    }
}
