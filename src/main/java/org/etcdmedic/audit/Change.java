package org.etcdmedic.audit;

import java.util.Optional;

/**
 * Something that was changed on purpose.
 *
 * @param action what was done
 * @param target identifier of what it was done to
 * @param before what stood there, as it is written down; empty when there was nothing
 * @param after what stands there now; empty when nothing does
 */
public record Change(Action action, String target, Optional<Object> before, Optional<Object> after) {
    /** What can be done. */
    public enum Action {
        /** An instance was added to the inventory. */
        INSTANCE_CREATED,
        /** An instance of the inventory was written anew. */
        INSTANCE_REPLACED,
        /** An instance was taken out of the inventory. */
        INSTANCE_REMOVED,
        /** A diagnosis was started by hand, or an open one joined. */
        DIAGNOSIS_STARTED,
        /** A bundle was handed in for an offline diagnosis. */
        BUNDLE_UPLOADED,
        /** A diagnosis was cancelled. */
        DIAGNOSIS_CANCELLED,
        /** A diagnosis was run again. */
        DIAGNOSIS_RERUN,
        /** Somebody said whether a verdict was right, and what helped. */
        FEEDBACK_GIVEN,
        /** Knowledge was handed in to be run over stored diagnoses. */
        REPLAY_STARTED,
        /** A replay was called off. */
        REPLAY_CANCELLED,
        /** A replay was taken away with all that it found. */
        REPLAY_REMOVED,
        /** A refused body of an alarm's source was taken in once more. */
        ALARM_RESENT,
        /** A ticket that was given up was ordered to be sent again. */
        TICKET_RESENT,
        /** A target of tickets was sent a test. */
        TARGET_TESTED,
        /** A target of tickets that was switched off was switched on again. */
        TARGET_RESUMED
    }

    /** A change that has no shape of its own to keep. */
    public static Change of(Action action, String target) {
        return new Change(action, target, Optional.empty(), Optional.empty());
    }
}
