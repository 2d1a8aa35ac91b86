package org.etcdmedic.ticketing;

import java.time.Instant;
import java.util.UUID;
import org.etcdmedic.platform.TimeOrderedId;

/** Identifies one ticket; sorts by the time it was born. */
public record TicketId(UUID value) {
    /** A new one, for a ticket that is born now. */
    public static TicketId at(Instant now) {
        return new TicketId(TimeOrderedId.at(now));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
