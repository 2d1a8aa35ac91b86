package org.etcdmedic.audit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Every change and who made it. Nothing is ever taken out of it but by age. */
public interface AuditTrail {
    /** Records a change by whoever acts now, in the transaction that makes it: both are kept, or none. */
    void record(Change change, Instant now);

    /** What was recorded, newest first, what comes after the cursor. */
    List<Entry> newest(Filter filter, Optional<Cursor> after, int limit);

    /**
     * A recorded change.
     *
     * @param before what stood there, as JSON
     * @param after what stands there now, as JSON
     */
    record Entry(
            UUID id,
            Instant at,
            Actor actor,
            Change.Action action,
            String target,
            Optional<String> before,
            Optional<String> after) {}

    /** What to look for; empty fields do not restrict. */
    record Filter(Optional<String> actor, Optional<Change.Action> action, Optional<String> target) {}

    /** A place in the list, newest first. */
    record Cursor(Instant at, UUID id) {}
}
