package org.etcdmedic.diagnosis;

import java.time.Instant;
import java.util.Optional;

/** What came of requests that may be sent twice. A key is remembered for a day. */
public interface RequestKeys {
    /**
     * What came of the same wish before.
     *
     * @throws RequestKey.Reused when it was another wish
     */
    Optional<Opening> known(RequestKey key, Instant now);

    /**
     * Remembers what came of it, in the transaction in which it comes to be.
     *
     * @throws RequestKey.Taken when somebody has done so meanwhile
     */
    void keep(RequestKey key, Opening opening, Instant now);
}
