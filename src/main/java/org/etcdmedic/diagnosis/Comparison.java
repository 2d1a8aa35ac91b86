package org.etcdmedic.diagnosis;

import java.util.Optional;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.verdict.Classification;
import org.etcdmedic.verdict.Judgement;
import org.etcdmedic.verdict.Verdict;

/**
 * What a rerun says of the cause that the diagnosis before it had named.
 *
 * @param result in a word
 * @param cause the cause that was named then; empty when none was
 * @param now how that cause stands now
 */
public record Comparison(Result result, Optional<CauseCode> cause, Optional<Classification.State> now) {
    /** What has become of the cause. */
    public enum Result {
        /** It was looked for, and is ruled out now. */
        CAUSE_GONE,
        /** It holds, on the same node. */
        CAUSE_STILL_THERE,
        /** Another cause holds now, or the same one on another node; {@link Comparison#now} says what is known of the old one. */
        ANOTHER_CAUSE,
        /** It was not or could not be looked at well enough: nobody knows. */
        NOT_KNOWN,
        /** The diagnosis before named no cause. */
        NOTHING_TO_COMPARE
    }

    /** What the later judgement says of the earlier one's cause. Only what was ruled out is gone. */
    public static Comparison of(Judgement before, Judgement after) {
        Verdict then = before.verdict();
        if (!named(then)) {
            return nothing();
        }
        Optional<Classification> same = after.classifications().stream()
                .filter(one -> one.cause().equals(then.cause()))
                .findFirst();
        return new Comparison(
                result(then, after.verdict(), same), Optional.of(then.cause()), same.map(Classification::state));
    }

    /** The diagnosis before came to no verdict, or to one without a cause. */
    public static Comparison nothing() {
        return new Comparison(Result.NOTHING_TO_COMPARE, Optional.empty(), Optional.empty());
    }

    private static Result result(Verdict then, Verdict now, Optional<Classification> same) {
        boolean holdsThere = same.filter(Classification::holds)
                .filter(one -> then.node().map(one.node()::equals).orElse(true))
                .isPresent();
        if (holdsThere) {
            return Result.CAUSE_STILL_THERE;
        }
        if (named(now)) {
            return Result.ANOTHER_CAUSE;
        }
        return same.filter(one -> one.state() == Classification.State.RULED_OUT).isPresent()
                ? Result.CAUSE_GONE
                : Result.NOT_KNOWN;
    }

    private static boolean named(Verdict verdict) {
        return switch (verdict.outcome()) {
            case CONFIRMED, LIKELY -> true;
            case UNDETERMINED, NO_FAULT_FOUND -> false;
        };
    }
}
