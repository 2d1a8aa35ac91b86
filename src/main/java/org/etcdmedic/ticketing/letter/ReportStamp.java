package org.etcdmedic.ticketing.letter;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** An instant as people read it. */
final class ReportStamp {
    private ReportStamp() {}

    static String of(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
