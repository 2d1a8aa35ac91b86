package org.etcdmedic.api;

import java.util.List;

/** How many items a page may have. */
final class Limits {
    private static final int MOST = 200;

    private Limits() {}

    static void check(int limit, Messages messages) {
        if (limit < 1 || limit > MOST) {
            throw new ProblemException(
                    Problem.INVALID_REQUEST,
                    List.of(new ProblemException.FieldError("#limit", messages.text("problem.limit"))));
        }
    }
}
