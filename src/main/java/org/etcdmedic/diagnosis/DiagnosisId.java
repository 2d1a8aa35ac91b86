package org.etcdmedic.diagnosis;

import java.time.Instant;
import java.util.UUID;
import org.etcdmedic.platform.TimeOrderedId;

/** Identifies one diagnosis; sorts by the time it was opened. */
public record DiagnosisId(UUID value) {
    /** A new one, for a diagnosis that is opened now. */
    public static DiagnosisId at(Instant now) {
        return new DiagnosisId(TimeOrderedId.at(now));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
