package org.etcdmedic.api;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

/** Which instants a sender may name: those that the database can compare. */
final class Instants {
    private static final int FIRST_YEAR = 1970;
    private static final int LAST_YEAR = 9999;

    private Instants() {}

    /**
     * The instant.
     *
     * @param pointer where it stands in the request
     */
    static Instant of(String pointer, OffsetDateTime time, Messages messages) {
        if (time.getYear() < FIRST_YEAR || time.getYear() > LAST_YEAR) {
            throw new ProblemException(
                    Problem.INVALID_REQUEST,
                    List.of(new ProblemException.FieldError(pointer, messages.text("problem.instant"))));
        }
        return time.toInstant();
    }
}
