package org.etcdmedic.diagnosis;

/** What came of the wish to open a diagnosis. */
public sealed interface Opening {
    /** The diagnosis that looks after the symptom. */
    DiagnosisId id();

    /** Its status at that moment. */
    Status status();

    /** A new one was opened and queued. */
    record Opened(DiagnosisId id) implements Opening {
        @Override
        public Status status() {
            return Status.QUEUED;
        }
    }

    /** One of the same instance is open: one incident, one diagnosis over all its nodes. */
    record Joined(DiagnosisId id, Status status) implements Opening {}
}
