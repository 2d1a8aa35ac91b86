package org.etcdmedic.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.etcdmedic.inventory.OpaqueId;
import org.springframework.boot.convert.DurationStyle;

/** Reads values of options, and says in the user's language what is wrong with one. */
record Arguments(Words words) {
    private static final Pattern WITH_OFFSET = Pattern.compile(".{16,}(?:[Zz]|[+-]\\d\\d:?\\d\\d)");
    private static final Pattern UUID =
            Pattern.compile("(?:.*/diagnoses/)?([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})");

    /** The value that an option has somewhere on the command line; languages and colours are needed before it is read. */
    static Optional<String> anywhere(List<String> args, String option) {
        for (int i = 0; i < args.size(); i++) {
            if (args.get(i).equals(option) && i + 1 < args.size()) {
                return Optional.of(args.get(i + 1));
            }
            if (args.get(i).startsWith(option + "=")) {
                return Optional.of(args.get(i).substring(option.length() + 1));
            }
        }
        return Optional.empty();
    }

    /** A time with an offset; empty for one without. */
    Optional<OffsetDateTime> withOffset(String text) {
        if (!WITH_OFFSET.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    OffsetDateTime.parse(text.replaceFirst(" ", "T").replaceFirst("([+-]\\d\\d)(\\d\\d)$", "$1:$2")));
        } catch (DateTimeException noTime) {
            throw CommandEnd.usage(words.text("cli.usage.time"));
        }
    }

    /** A time without an offset; empty when there is none. */
    Optional<LocalDateTime> local(String text) {
        try {
            return text.isEmpty() || WITH_OFFSET.matcher(text).matches()
                    ? Optional.empty()
                    : Optional.of(LocalDateTime.parse(text.replaceFirst(" ", "T")));
        } catch (DateTimeException noTime) {
            throw CommandEnd.usage(words.text("cli.usage.time"));
        }
    }

    /** A moment that is the same everywhere. */
    Optional<Instant> instant(String text) {
        if (!text.isEmpty() && !WITH_OFFSET.matcher(text).matches()) {
            throw CommandEnd.usage(words.text("cli.usage.instant"));
        }
        return withOffset(text).map(OffsetDateTime::toInstant);
    }

    Optional<ZoneId> zone(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(ZoneId.of(text));
        } catch (DateTimeException noZone) {
            throw CommandEnd.usage(words.text("cli.usage.zone"));
        }
    }

    /** A span of at most a day. */
    Duration span(String option, String text) {
        try {
            Duration span = DurationStyle.SIMPLE.parse(text);
            // A bare number would be milliseconds, which nobody means.
            if (text.matches(".*[a-z]") && !span.isNegative() && span.compareTo(Duration.ofDays(1)) <= 0) {
                return span;
            }
        } catch (IllegalArgumentException | ArithmeticException noDuration) {
            // told below
        }
        throw CommandEnd.usage(words.text("cli.usage.span", option));
    }

    Optional<String> identifier(String name, String text) {
        if (!text.isEmpty() && !OpaqueId.fits(text)) {
            throw CommandEnd.usage(words.text("cli.usage.identifier", name));
        }
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    /** The identifier of a diagnosis, also out of its address. */
    String diagnosis(String text) {
        var matcher = UUID.matcher(text);
        if (!matcher.matches()) {
            throw CommandEnd.usage(words.text("cli.usage.diagnosis"));
        }
        return matcher.group(1);
    }
}
