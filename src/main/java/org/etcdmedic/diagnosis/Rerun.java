package org.etcdmedic.diagnosis;

import java.time.Instant;
import java.util.Optional;

/**
 * What a diagnosis repeats.
 *
 * @param of the diagnosis that came before; it is over
 * @param since log lines testify from then on: what was logged before has been judged already, and a fault that was repaired since
 *     would be seen once more. Empty for a bundle, whose window is its own
 */
public record Rerun(DiagnosisId of, Optional<Instant> since) {}
