package org.etcdmedic.ticketing.target;

import java.net.URI;
import java.util.List;

/**
 * How to get at a target, read anew from its files at each attempt.
 *
 * @param address its base address; may itself be a secret, as those of chat robots are. Its query, if it has one, is part of it
 * @param secrets its tokens or keys, in the order of the configuration: the first one is in use, the others are there for a change of keys
 */
public record Access(URI address, List<String> secrets) {
    /** Copies the list. */
    public Access {
        secrets = List.copyOf(secrets);
    }

    /** The secret in use; empty text where the target needs none. */
    public String secret() {
        return secrets.isEmpty() ? "" : secrets.getFirst();
    }

    /** Tells nothing. */
    @Override
    public String toString() {
        return "Access[***]";
    }
}
