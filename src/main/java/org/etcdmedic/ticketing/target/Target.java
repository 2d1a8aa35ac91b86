package org.etcdmedic.ticketing.target;

import java.util.Optional;

/** One configured target. Pure: it writes requests and reads answers, and does nothing itself. */
public interface Target {
    /** How it takes what happens to one case. */
    Manner manner();

    /** How much it bears. */
    Limits limits();

    /**
     * The request of this errand; empty where the target is not told of such an action, which then counts as done.
     *
     * @throws Unwritable when it cannot be written
     */
    Optional<Request> write(Errand errand, Access access) throws Unwritable;

    /** What the answer to it means. */
    Receipt read(Errand errand, Access access, Answer answer);

    /**
     * The request that looks for the ticket by {@link Errand#marker}; empty where the target cannot be searched or opens nothing
     * twice under one key.
     *
     * @throws Unwritable when it cannot be written
     */
    default Optional<Request> find(Errand errand, Access access) throws Unwritable {
        return Optional.empty();
    }

    /** What the answer to it means. */
    default Found found(Errand errand, Access access, Answer answer) {
        return new Found.Unclear("it cannot be searched");
    }

    /** A request cannot be written. The message is for operators and holds no secret. */
    final class Unwritable extends Exception {
        private static final long serialVersionUID = 1L;

        /** With what is wrong. */
        public Unwritable(String message) {
            super(message);
        }
    }
}
