package org.etcdmedic.diagnosis;

import java.time.Instant;
import org.etcdmedic.verdict.Verdict;

/**
 * One diagnosis in which a remembered fault was found.
 *
 * @param id the diagnosis
 * @param alarmedAt when its alarm says that it happened
 * @param completedAt when it was found
 * @param outcome how surely
 * @param rerun whether somebody ran a diagnosis again and it was still there, or there again
 */
public record Sighting(
        DiagnosisId id, Instant alarmedAt, Instant completedAt, Verdict.Outcome outcome, boolean rerun) {}
