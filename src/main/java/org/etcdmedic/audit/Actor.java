package org.etcdmedic.audit;

import java.util.Optional;

/**
 * Who does something.
 *
 * @param name name of the token, or the subject that the identity provider names; never a secret
 * @param address where the request came from; empty for the service itself
 */
public record Actor(String name, Optional<String> address) {
    /** The service itself: what its own configuration makes it do. */
    public static final Actor SERVICE = new Actor("service", Optional.empty());
}
