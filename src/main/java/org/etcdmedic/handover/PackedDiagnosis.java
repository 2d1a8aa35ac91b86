package org.etcdmedic.handover;

/**
 * What another team gets of a diagnosis.
 *
 * @param name of the file
 * @param content its bytes
 */
@SuppressWarnings("ArrayRecordComponent") // written out once, never compared
public record PackedDiagnosis(String name, byte[] content) {}
