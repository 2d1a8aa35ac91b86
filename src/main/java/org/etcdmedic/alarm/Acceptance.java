package org.etcdmedic.alarm;

import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.diagnosis.Status;

/** What became of an alarm. */
public sealed interface Acceptance {
    /** It opened a diagnosis. */
    record Opened(DiagnosisId diagnosis) implements Acceptance {}

    /** It joined the diagnosis that is open for its instance. */
    record Joined(DiagnosisId diagnosis, Status status) implements Acceptance {}

    /** The same alarm was accepted before; this is its diagnosis. */
    record Repeated(DiagnosisId diagnosis, Status status) implements Acceptance {}

    /** It names an instance or a node that nobody knows; it is kept. */
    record Refused(Reason reason) implements Acceptance {}

    /** Why an alarm is refused. */
    enum Reason {
        /** The instance is not in the inventory. */
        UNKNOWN_INSTANCE,
        /** The instance is known, and has no such node. */
        UNKNOWN_NODE,
        /** The body is not an alarm. */
        INVALID,
        /** The body is larger than an alarm can be. */
        TOO_LARGE
    }
}
