package org.etcdmedic.api;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.etcdmedic.diagnosis.Diagnoses;
import org.etcdmedic.diagnosis.Diagnosis;

/** The opaque text that stands for a place in the list of diagnoses. */
final class PageCursor {
    /** No place in our list lies beyond it, and the database could not compare it. */
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private PageCursor() {}

    static String text(Diagnosis last) {
        String plain = last.queuedAt() + "|" + last.id();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    /** Empty for a text that is no cursor of ours. */
    static Optional<Diagnoses.Cursor> read(String text) {
        try {
            String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            int bar = plain.indexOf('|');
            if (bar < 0) {
                return Optional.empty();
            }
            Instant queuedAt = Instant.parse(plain.substring(0, bar));
            UUID id = UUID.fromString(plain.substring(bar + 1));
            return queuedAt.isBefore(Instant.EPOCH) || queuedAt.isAfter(LAST)
                    ? Optional.empty()
                    : Optional.of(new Diagnoses.Cursor(queuedAt, id));
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
