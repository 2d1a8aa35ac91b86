package org.etcdmedic.alarm.source;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * A time as senders write it: RFC 3339, {@code 2025/06/02 22:56:15 GMT+08:00} (also without the blank between date and time, as
 * Cloud Eye's manual has it), seconds or milliseconds since 1970, or a local time whose zone the configuration tells.
 */
final class SourceTime {
    private static final Pattern EPOCH = Pattern.compile("([0-9]{10})([0-9]{3})?");
    private static final Pattern WRITTEN = Pattern.compile(
            "([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})[T ]*"
                    + "([0-9]{2}):([0-9]{2}):([0-9]{2})(?:[.,]([0-9]{1,9})[0-9]*)?\\s*(Z|z|UTC|GMT|(?:GMT|UTC)?([+-][0-9]{2}):?([0-9]{2}))?");
    private static final int LONGEST = 64;

    /** Alertmanager's way to say that it has no time: the zero of Go. */
    private static final int FIRST_YEAR = 1970;

    private SourceTime() {}

    /** The time; empty when the text is none, or a local one whose zone nobody told. */
    static Optional<Instant> parse(String text, Optional<ZoneId> zone) {
        String stripped = text.strip();
        if (stripped.length() > LONGEST) {
            return Optional.empty();
        }
        Matcher epoch = EPOCH.matcher(stripped);
        if (epoch.matches()) {
            long seconds = Long.parseLong(epoch.group(1));
            long millis = epoch.group(2) == null ? 0 : Long.parseLong(epoch.group(2));
            return Optional.of(Instant.ofEpochSecond(seconds, millis * 1_000_000));
        }
        Matcher written = WRITTEN.matcher(stripped);
        if (!written.matches()) {
            return Optional.empty();
        }
        try {
            return zone(written, zone)
                    .flatMap(in -> sound(local(written).atZone(in).toInstant()));
        } catch (DateTimeException impossible) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> sound(Instant time) {
        return Optional.of(time).filter(at -> at.atOffset(ZoneOffset.UTC).getYear() >= FIRST_YEAR);
    }

    private static LocalDateTime local(Matcher written) {
        String fraction = written.group(7) == null ? "0" : written.group(7);
        int nanos = Integer.parseInt((fraction + "00000000").substring(0, 9));
        return LocalDateTime.of(
                LocalDate.of(number(written, 1), number(written, 2), number(written, 3)),
                LocalTime.of(number(written, 4), number(written, 5), number(written, 6), nanos));
    }

    private static int number(Matcher written, int group) {
        return Integer.parseInt(written.group(group));
    }

    private static Optional<ZoneId> zone(Matcher written, Optional<ZoneId> told) {
        if (written.group(8) == null) {
            return told;
        }
        return Optional.of(
                written.group(9) == null ? ZoneOffset.UTC : ZoneOffset.of(written.group(9) + ":" + written.group(10)));
    }
}
