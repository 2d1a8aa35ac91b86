package org.etcdmedic.access;

/** How much of the body of a request is taken, whether a signature is held against it or it is read at once. */
public final class BodyLimit {
    /** Larger than any well-meant body, small enough to hold hundreds of them. */
    public static final int BYTES = 256 * 1024;

    private BodyLimit() {}
}
