package org.etcdmedic.api;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.etcdmedic.diagnosis.Diagnoses;
import org.etcdmedic.diagnosis.Listed;

/** The opaque text that stands for a place in a list that is newest first. */
final class PageCursor {
    /** No place in our lists lies beyond it, and the database could not compare it. */
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private PageCursor() {}

    /** A place: its time, and the identifier that parts items of the same time. */
    record Place(Instant at, UUID id) {}

    static String text(Listed last) {
        return text(last.queuedAt(), last.id().value());
    }

    static String text(Instant at, UUID id) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((at + "|" + id).getBytes(StandardCharsets.UTF_8));
    }

    /** Empty for a text that is no cursor of ours. */
    static Optional<Diagnoses.Cursor> read(String text) {
        return place(text).map(place -> new Diagnoses.Cursor(place.at(), place.id()));
    }

    /** Empty for a text that is no cursor of ours. */
    static Optional<Place> place(String text) {
        try {
            String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            int bar = plain.indexOf('|');
            if (bar < 0) {
                return Optional.empty();
            }
            Instant at = Instant.parse(plain.substring(0, bar));
            UUID id = UUID.fromString(plain.substring(bar + 1));
            return at.isBefore(Instant.EPOCH) || at.isAfter(LAST) ? Optional.empty() : Optional.of(new Place(at, id));
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
