package org.etcdmedic.evidence;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * A point in time as it is written in a line.
 *
 * @param local date and time of day as written
 * @param zone the offset that stands behind it, when one does
 * @param end where in the line it ends, exclusive
 */
record Stamp(LocalDateTime local, Optional<ZoneOffset> zone, int end) {
    private static final int LENGTH = "2021-04-09 10:57:40".length();

    /** The time that is written in the line at this place, to the second or finer; empty when there is none. */
    static Optional<Stamp> at(String line, int start, char dateSeparator, char between) {
        if (start < 0
                || start + LENGTH > line.length()
                || line.charAt(start + 4) != dateSeparator
                || line.charAt(start + 7) != dateSeparator
                || line.charAt(start + 10) != between
                || line.charAt(start + 13) != ':'
                || line.charAt(start + 16) != ':') {
            return Optional.empty();
        }
        int end = start + LENGTH;
        int nanos = 0;
        if (end + 1 < line.length() && line.charAt(end) == '.' && Words.digit(line.charAt(end + 1))) {
            int digits = 0;
            for (end++; end < line.length() && Words.digit(line.charAt(end)); end++) {
                if (digits < 9) {
                    nanos = nanos * 10 + (line.charAt(end) - '0');
                    digits++;
                }
            }
            for (; digits < 9; digits++) {
                nanos *= 10;
            }
        }
        int behind = end;
        return of(
                        number(line, start, 4),
                        number(line, start + 5, 2),
                        number(line, start + 8, 2),
                        number(line, start + 11, 2) * 10_000
                                + number(line, start + 14, 2) * 100
                                + number(line, start + 17, 2),
                        nanos)
                .map(local -> new Stamp(local, Optional.empty(), behind));
    }

    /** This time with the offset that follows it, {@code Z}, {@code +0800} or {@code +08:00}, when one follows. */
    Stamp zonedIn(String line) {
        if (end < line.length() && line.charAt(end) == 'Z') {
            return new Stamp(local, Optional.of(ZoneOffset.UTC), end + 1);
        }
        if (end + 5 > line.length() || (line.charAt(end) != '+' && line.charAt(end) != '-')) {
            return this;
        }
        int colon = line.charAt(end + 3) == ':' ? 1 : 0;
        if (end + 5 + colon > line.length()) {
            return this;
        }
        int hours = number(line, end + 1, 2);
        int minutes = number(line, end + 3 + colon, 2);
        if (hours < 0 || minutes < 0 || hours > 17 || minutes > 59) {
            return this;
        }
        int seconds = (hours * 60 + minutes) * 60;
        return new Stamp(
                local,
                Optional.of(ZoneOffset.ofTotalSeconds(line.charAt(end) == '-' ? -seconds : seconds)),
                end + 5 + colon);
    }

    /** The instant, corrected; read in the node's own zone where none is written, which has to be known then. */
    Optional<Instant> instant(NodeClock clock) {
        return zone.isPresent() ? zone.map(local::toInstant).map(clock::corrected) : clock.corrected(local);
    }

    /** A date and time; empty when a part is no number or there is no such time. Time of day as {@code hhmmss}. */
    private static Optional<LocalDateTime> of(int year, int month, int day, int time, int nanos) {
        if (year < 1970 || month < 1 || day < 1 || time < 0) {
            return Optional.empty();
        }
        try {
            // A leap second is written as 60, and Java has none.
            return Optional.of(LocalDateTime.of(
                    year, month, day, time / 10_000, time / 100 % 100, Math.min(59, time % 100), nanos));
        } catch (DateTimeException noSuchTime) {
            return Optional.empty();
        }
    }

    /** A number of so many digits; far below zero when one is no digit. */
    private static int number(String line, int start, int length) {
        int number = 0;
        for (int i = start; i < start + length; i++) {
            if (!Words.digit(line.charAt(i))) {
                return -10_000_000;
            }
            number = number * 10 + (line.charAt(i) - '0');
        }
        return number;
    }
}
