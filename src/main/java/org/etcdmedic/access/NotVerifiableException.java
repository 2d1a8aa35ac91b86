package org.etcdmedic.access;

/** Whether a signature is right cannot be known now; its sender should try again. */
public final class NotVerifiableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Without a stack: it is an answer, not a mistake of ours. */
    public NotVerifiableException(String why) {
        super(why, null, false, false);
    }
}
