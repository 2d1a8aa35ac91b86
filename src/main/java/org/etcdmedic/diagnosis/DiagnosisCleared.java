package org.etcdmedic.diagnosis;

import java.time.Instant;

/**
 * Every alarm that a diagnosis looks after has been cleared by its sender. Published inside the transaction that notes it.
 *
 * @param at when the last of them was cleared, as its sender says
 */
public record DiagnosisCleared(DiagnosisId id, Instant at) {}
