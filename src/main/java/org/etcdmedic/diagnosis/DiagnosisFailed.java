package org.etcdmedic.diagnosis;

/** A diagnosis ended without a verdict, because we failed. Published inside the transaction that writes it. */
public record DiagnosisFailed(DiagnosisId id) {}
