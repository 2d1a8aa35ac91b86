package org.etcdmedic.veil;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What makes the pseudonyms of one package differ from those of every other. Whoever does not have it cannot go back. */
public final class Secret {
    private static final String ALGORITHM = "HmacSHA256";

    private final Mac mac;

    /** From at least 16 bytes that nobody can guess. */
    public Secret(byte[] bytes) {
        if (bytes.length < 16) {
            throw new IllegalArgumentException("a secret of fewer than 16 bytes can be guessed");
        }
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(bytes, ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    /** A secret of its own for that purpose: whoever learns it learns nothing of this one. */
    public Secret of(String purpose) {
        return new Secret(sum(purpose.getBytes(StandardCharsets.UTF_8)));
    }

    /** Thirty-two bytes that only the holder of the secret can tell. */
    synchronized byte[] sum(byte[] message) {
        return mac.doFinal(message);
    }
}
