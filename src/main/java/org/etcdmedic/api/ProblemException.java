package org.etcdmedic.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ends a request with a problem. */
final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Problem problem;
    private final transient List<FieldError> errors;

    ProblemException(Problem problem, List<FieldError> errors) {
        super(problem.type(), null, false, false);
        this.problem = problem;
        this.errors = List.copyOf(errors);
    }

    ProblemException(Problem problem) {
        this(problem, List.of());
    }

    /**
     * Something that is wrong: where, and what is wrong with it. The value itself is never repeated.
     *
     * @param line where in a file it stands, counted from 1; absent for what is no file
     * @param column the same
     */
    record FieldError(
            String pointer,
            String detail,
            @Nullable Integer line,
            @Nullable Integer column) {
        FieldError(String pointer, String detail) {
            this(pointer, detail, null, null);
        }
    }

    Problem problem() {
        return problem;
    }

    List<FieldError> errors() {
        return errors;
    }
}
