package org.etcdmedic.practice;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Moves the time stamps in a recorded text, so that what happened around the recording happens around now. It moves by
 * whole seconds: fractions, offsets and therefore the length of every stamp stay as they are.
 *
 * @param recordedAt when the text was recorded
 * @param by how far its stamps move
 */
record TimeShift(Instant recordedAt, Duration by) {
    /** Ten digits further away than this are some other number. */
    private static final Duration EPOCH_REACH = Duration.ofDays(2);

    private static final Pattern STAMP = Pattern.compile(
            // 1795372803, 1795372803.123456789; the boot time counts however long ago, as process starts hang on it
            "(?<![\\w.])(?<boot>btime )?(?<epoch>\\d{10})(?!\\w)"
                    // 2026-11-22 18:40:03, 2026/11/22 18:40:03, 2026-11-22T18:40:03; fraction and offset stay behind it
                    + "|(?<!\\d)(?<date>\\d{4}([-/])\\d\\d\\4\\d\\d)(?<gap>[ T])(?<time>\\d\\d:\\d\\d:\\d\\d)(?!\\d)"
                    // 2026-11-22_184003, as in the names of log files
                    + "|(?<!\\d)(?<name>\\d{4}-\\d\\d-\\d\\d_\\d{6})(?!\\d)"
                    // Nov 22 18:40:03, as in /var/log/messages
                    + "|\\b(?<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (?<day>[ \\d]\\d)"
                    + " (?<clock>\\d\\d:\\d\\d:\\d\\d)(?!\\d)");

    private static final DateTimeFormatter FILE_NAME = DateTimeFormatter.ofPattern("uuuu-MM-dd_HHmmss", Locale.ROOT);
    private static final DateTimeFormatter SYSLOG_OUT = DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter SYSLOG_IN = DateTimeFormatter.ofPattern("uuuu MMM d HH:mm:ss", Locale.ROOT);

    /** The shift that makes the recording one of now, to half a second. */
    static TimeShift to(Instant now, Instant recordedAt) {
        long millis = Duration.between(recordedAt, now).toMillis();
        return new TimeShift(recordedAt, Duration.ofSeconds(Math.floorDiv(millis + 500, 1000)));
    }

    /** The text with its stamps moved and everything else untouched. */
    String apply(String text) {
        return STAMP.matcher(text).replaceAll(this::moved);
    }

    private String moved(MatchResult stamp) {
        try {
            if (stamp.group("epoch") != null) {
                return epoch(stamp);
            }
            if (stamp.group("date") != null) {
                return dateTime(stamp);
            }
            return stamp.group("name") != null ? fileName(stamp) : syslog(stamp);
        } catch (DateTimeException e) {
            return stamp.group(); // 2026-13-45: looks like a stamp and is none
        }
    }

    private String epoch(MatchResult stamp) {
        Instant then = Instant.ofEpochSecond(Long.parseLong(stamp.group("epoch")));
        boolean boot = stamp.group("boot") != null;
        boolean near = Duration.between(recordedAt, then).abs().compareTo(EPOCH_REACH) <= 0;
        return boot || near ? (boot ? "btime " : "") + then.plus(by).getEpochSecond() : stamp.group();
    }

    private String dateTime(MatchResult stamp) {
        String date = stamp.group("date");
        char separator = date.charAt(4);
        LocalDateTime then = LocalDateTime.parse(date.replace('/', '-') + "T" + stamp.group("time"))
                .plus(by);
        return then.toLocalDate().toString().replace('-', separator)
                + stamp.group("gap")
                + then.toLocalTime().format(DateTimeFormatter.ISO_LOCAL_TIME);
    }

    private String fileName(MatchResult stamp) {
        return LocalDateTime.parse(stamp.group("name"), FILE_NAME).plus(by).format(FILE_NAME);
    }

    /** A stamp without a year: the one that brings it closest to the recording. */
    private String syslog(MatchResult stamp) {
        LocalDateTime recorded = LocalDateTime.ofInstant(recordedAt, ZoneOffset.UTC);
        String text = stamp.group("month") + " " + stamp.group("day").strip() + " " + stamp.group("clock");
        LocalDateTime then = LocalDateTime.parse(recorded.getYear() + " " + text, SYSLOG_IN);
        if (then.isAfter(recorded.plusMonths(6))) {
            then = then.minusYears(1);
        } else if (then.isBefore(recorded.minusMonths(6))) {
            then = then.plusYears(1);
        }
        return then.plus(by).format(SYSLOG_OUT);
    }
}
