package org.etcdmedic.diagnosis;

import java.time.Instant;

/**
 * A worker's right to bring a diagnosis to its end. A later claim takes it away: whoever comes back from a long sleep
 * holds an old attempt number and writes nothing.
 *
 * @param id the diagnosis
 * @param symptom what it is about
 * @param attempt how often it was taken up, this time included
 * @param startedAt when it was first taken up
 */
public record Claim(DiagnosisId id, Symptom symptom, int attempt, Instant startedAt) {}
