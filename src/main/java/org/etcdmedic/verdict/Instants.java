package org.etcdmedic.verdict;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** How instants stand in statements: UTC, whole seconds, RFC 3339. */
final class Instants {
    private Instants() {}

    static String text(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
