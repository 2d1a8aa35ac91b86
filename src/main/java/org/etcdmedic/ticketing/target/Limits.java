package org.etcdmedic.ticketing.target;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much a target bears.
 *
 * @param bodyBytes of one request; what is longer is not sent
 * @param rates how many requests in how long, all of them at once; held over all replicas
 * @param searchLag for how long its search may not find yet what was just opened
 */
public record Limits(int bodyBytes, List<Rate> rates, Duration searchLag) {
    /** Of a target whose search, if it has one, finds at once. */
    public Limits(int bodyBytes, List<Rate> rates) {
        this(bodyBytes, rates, Duration.ZERO);
    }

    /** Copies the list. */
    public Limits {
        rates = List.copyOf(rates);
    }

    /** At most so many requests in any span of that length. */
    public record Rate(int requests, Duration per) {
        private static final Pattern WRITTEN = Pattern.compile("([1-9][0-9]{0,5})/([1-9][0-9]{0,3})(ms|s|m|h)");

        /** Refuses what is no rate. */
        public Rate {
            if (requests < 1 || per.compareTo(Duration.ofMillis(100)) < 0 || per.compareTo(Duration.ofHours(24)) > 0) {
                throw new IllegalArgumentException("a rate is at least one request in 100ms to 24h");
            }
        }

        /** As it is written, such as {@code 20/1m}. */
        public static Rate of(String written) {
            Matcher parts = WRITTEN.matcher(written);
            if (!parts.matches()) {
                throw new IllegalArgumentException("a rate is requests/time, such as 20/1m");
            }
            long count = Long.parseLong(parts.group(2));
            Duration per = switch (parts.group(3)) {
                case "ms" -> Duration.ofMillis(count);
                case "s" -> Duration.ofSeconds(count);
                case "m" -> Duration.ofMinutes(count);
                default -> Duration.ofHours(count);
            };
            return new Rate(Integer.parseInt(parts.group(1)), per);
        }
    }
}
