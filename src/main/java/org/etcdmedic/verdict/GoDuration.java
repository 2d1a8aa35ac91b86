package org.etcdmedic.verdict;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Go prints them: {@code 1m15.84s}, {@code 237.02ms}, {@code 2.1µs}. */
public final class GoDuration {
    private static final Pattern PART = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,12})?)(h|ms|m|µs|μs|us|ns|s)");

    private GoDuration() {}

    /** The duration; empty for a text that is none. */
    public static Optional<Duration> parse(String text) {
        double nanos = 0;
        int end = 0;
        Matcher part = PART.matcher(text);
        while (end < text.length() && part.find(end) && part.start() == end) {
            nanos += Double.parseDouble(part.group(1)) * nanosPer(part.group(2));
            end = part.end();
        }
        return end > 0 && end == text.length() && nanos < Duration.ofDays(365).toNanos()
                ? Optional.of(Duration.ofNanos((long) nanos))
                : Optional.empty();
    }

    /** As people read it: {@code 2.57 s}, {@code 237 ms}; what is no duration stays as it is. */
    static String told(String text) {
        return parse(text)
                .map(duration -> duration.compareTo(Duration.ofSeconds(1)) < 0
                        ? duration.toMillis() + " ms"
                        : String.format(Locale.ROOT, "%.2f s", duration.toNanos() / 1e9))
                .orElse(text);
    }

    private static double nanosPer(String unit) {
        return switch (unit) {
            case "h" -> 3600e9;
            case "m" -> 60e9;
            case "s" -> 1e9;
            case "ms" -> 1e6;
            case "ns" -> 1;
            default -> 1e3;
        };
    }
}
