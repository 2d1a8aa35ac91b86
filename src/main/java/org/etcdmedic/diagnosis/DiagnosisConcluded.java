package org.etcdmedic.diagnosis;

/** A diagnosis has its verdict. Published inside the transaction that writes it: what a listener writes stands or falls with it. */
public record DiagnosisConcluded(DiagnosisId id) {}
