package org.etcdmedic.verdict;

/**
 * What one finding adds to one cause, so that the confidence can be reckoned again by hand.
 *
 * @param finding id of the finding
 * @param check its row of the runbook
 * @param effect for the cause, against it, or nothing where something would have to stand
 * @param weight what it weighs here; 0 unless it speaks for the cause
 * @param stated what the knowledge says it weighs; more than {@code weight} where etcd's own state holds it down
 * @param counted whether it is the strongest of its row: of each row one observation counts
 */
public record Contribution(String finding, String check, Effect effect, double weight, double stated, boolean counted) {
    /** Which way it points. */
    public enum Effect {
        /** It speaks for the cause. */
        FOR,
        /** The cause cannot be true when this is so. */
        AGAINST,
        /** The row was looked at, and nothing there speaks for the cause. */
        SILENT
    }

    static Contribution against(Finding finding) {
        return new Contribution(finding.id(), finding.check(), Effect.AGAINST, 0, 0, false);
    }

    static Contribution silent(Finding finding, String row) {
        return new Contribution(finding.id(), row, Effect.SILENT, 0, 0, false);
    }
}
