package org.etcdmedic.veil;

/**
 * More names and addresses stand in a scene than one package has pseudonyms for. What is beyond would go out as it is, or could
 * not be looked up again: then there is no package.
 */
public final class TooManyNames extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** So many has one package. A diagnosis of three nodes has some hundred. */
    static final int MOST = 20_000;

    /**
     * So many letters have all names together: they are looked up letter by letter, and a node that writes names of 250 letters must
     * not take the memory.
     */
    static final int MOST_LETTERS = 300_000;

    private TooManyNames(String what) {
        super("more than " + what, null, false, false);
    }

    /** Ends the packing when there are more of them than that. */
    static void refuseAbove(int count) {
        if (count > MOST) {
            throw new TooManyNames(MOST + " names and addresses");
        }
    }

    /** Ends the packing when the names have more letters than that. */
    static void refuseLettersAbove(int letters) {
        if (letters > MOST_LETTERS) {
            throw new TooManyNames(MOST_LETTERS + " letters of names");
        }
    }
}
