package org.etcdmedic.replay;

import java.util.Optional;
import org.etcdmedic.diagnosis.DiagnosisId;

/**
 * One diagnosis of a replay.
 *
 * @param ordinal its place, from 1 on; the newest first
 * @param diagnosis the diagnosis
 * @param result what came of it; empty until it was its turn
 */
public record Replayed(int ordinal, DiagnosisId diagnosis, Optional<Result> result) {
    /** What came of it. */
    public sealed interface Result {
        /** It was judged again. */
        record Compared(SideBySide sides) implements Result {}

        /** It could not be judged again. */
        record NotReplayed(Reason reason, String detail) implements Result {}
    }

    /** Why one could not be judged again. */
    public enum Reason {
        /** The diagnosis is not kept any more. */
        GONE,
        /** It has no verdict. */
        NO_VERDICT,
        /** It was judged by a release that did not keep all that is needed to judge it again. */
        TOO_OLD,
        /** Judging it failed, by one of the two bodies of knowledge. */
        FAILED,
        /** The process ended each time while it was being judged. */
        GIVEN_UP
    }
}
