package org.etcdmedic.api;

import java.util.List;

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

    /** A field that is wrong: where, and what is wrong with it. The value itself is never repeated. */
    record FieldError(String pointer, String detail) {}

    Problem problem() {
        return problem;
    }

    List<FieldError> errors() {
        return errors;
    }
}
