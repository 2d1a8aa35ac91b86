package org.etcdmedic.diagnosis;

/**
 * What makes a wish the same one when it comes twice ({@code Idempotency-Key}, draft-ietf-httpapi-idempotency-key-header).
 *
 * @param sender who sent it; the keys of others are others
 * @param key what the sender called it
 * @param fingerprint of all that was asked for
 */
public record RequestKey(String sender, String key, String fingerprint) {
    /** The sender has used the key for another wish. */
    public static final class Reused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** Without a stack: it is an answer, not a mistake of ours. */
        public Reused() {
            super("the key was used for another request", null, false, false);
        }
    }

    /** The same wish was fulfilled by somebody else at this very moment: all of this attempt is undone, and the next one finds it. */
    public static final class Taken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** Without a stack: it is an answer, not a mistake of ours. */
        public Taken() {
            super("the same request is being answered already", null, false, false);
        }
    }
}
