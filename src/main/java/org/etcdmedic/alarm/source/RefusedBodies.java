package org.etcdmedic.alarm.source;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.etcdmedic.alarm.Acceptance;
import org.etcdmedic.alarm.Alarms;
import org.etcdmedic.diagnosis.DiagnosisId;

/** Bodies of sources that were refused, in whole or in part: kept until somebody mends what was wrong and sends them again. */
public interface RefusedBodies {
    /** Keeps one. The same body again is the same one, and is counted. */
    void keep(Refused refused, Instant now);

    /** The one with this identifier. */
    Optional<Kept> find(UUID id);

    /** The one with this identifier, held until the transaction ends. */
    Optional<Kept> seize(UUID id);

    /** Notes that it was sent again and was taken. */
    void resent(UUID id, Optional<DiagnosisId> diagnosis, Instant now);

    /**
     * A body that was refused.
     *
     * @param wrong what is wrong in it
     */
    record Refused(String source, Acceptance.Reason reason, SentBody body, List<Alarms.Wrong> wrong) {}

    /**
     * One that is kept.
     *
     * @param source empty when it came in our own words
     * @param whole whether all of it is kept
     */
    record Kept(
            Optional<String> source,
            SentBody body,
            boolean whole,
            Optional<DiagnosisId> diagnosis,
            Optional<Instant> resentAt) {}
}
