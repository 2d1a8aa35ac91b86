package org.etcdmedic.diagnosis;

import java.util.UUID;

/** Identifies one diagnosis; sorts by the time it was opened. */
public record DiagnosisId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
