package org.etcdmedic.veil;

/**
 * More names and addresses stand in a scene than one package has pseudonyms for. What is beyond would go out as it is, or could
 * not be looked up again: then there is no package.
 */
public final class TooManyNames extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** So many has one package. A diagnosis of three nodes has some hundred. */
    static final int MOST = 20_000;

    private TooManyNames() {
        super("more than " + MOST + " names and addresses", null, false, false);
    }

    /** Ends the packing when there are more of them than that. */
    static void refuseAbove(int count) {
        if (count > MOST) {
            throw new TooManyNames();
        }
    }
}
