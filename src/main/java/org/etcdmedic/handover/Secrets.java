package org.etcdmedic.handover;

import org.etcdmedic.veil.Secret;

/** Where the secret stands from which the pseudonyms of all packages come. */
@FunctionalInterface
public interface Secrets {
    /** The service's own secret, the same for all replicas and after every restart. */
    Secret own();
}
