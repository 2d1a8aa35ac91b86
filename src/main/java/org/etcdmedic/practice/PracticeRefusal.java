package org.etcdmedic.practice;

import org.springframework.boot.SpringApplication.AbandonedRunException;

/**
 * The practice start cannot run on this machine, and its message says what to change. Spring ends a start on it without
 * a stack trace, which would bury the message.
 */
public final class PracticeRefusal extends AbandonedRunException {
    private static final long serialVersionUID = 1L;

    private final String message;

    PracticeRefusal(String message) {
        this.message = message;
    }

    PracticeRefusal(String message, Throwable cause) {
        this.message = message;
        initCause(cause);
    }

    @Override
    public String getMessage() {
        return message;
    }
}
