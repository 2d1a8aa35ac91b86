package org.etcdmedic.page.picture;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Time as a length of a picture.
 *
 * @param from the instant at the left end
 * @param to the instant at the right end
 * @param left where it begins
 * @param right where it ends
 */
public record Axis(Instant from, Instant to, double left, double right) {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

    /** Steps that people count time in, in seconds. */
    private static final List<Integer> STEPS = List.of(1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200);

    /** The text of a mark is twice as wide; one that would be cut off is left out. */
    private static final int ROOM = 16;

    /** A mark of the axis. */
    public record Tick(double x, Instant at, String text) {}

    /** An axis on which all of these find room, with some air at both ends. */
    public static Axis over(Stream<Instant> instants, double left, double right) {
        List<Instant> sorted = instants.sorted().toList();
        Instant first = sorted.getFirst();
        Instant last = sorted.getLast();
        Duration air =
                Duration.ofMillis(Math.max(2_000, Duration.between(first, last).toMillis() / 40));
        return new Axis(first.minus(air), last.plus(air), left, right);
    }

    /** The same span of time between other ends. */
    Axis between(double begin, double end) {
        return new Axis(from, to, begin, end);
    }

    /** Where an instant lies. */
    public double x(Instant at) {
        double share = Duration.between(from, at).toMillis()
                / (double) Math.max(1, Duration.between(from, to).toMillis());
        return rounded(left + (right - left) * Math.clamp(share, 0, 1));
    }

    /** Marks at round times, so many at most. */
    public List<Tick> ticks(int most) {
        long seconds = Math.max(1, Duration.between(from, to).toSeconds());
        long step = STEPS.stream()
                .mapToLong(Integer::longValue)
                .filter(one -> seconds / one <= most)
                .findFirst()
                .orElse(seconds / most);
        var ticks = new ArrayList<Tick>();
        for (long at = (from.getEpochSecond() / step + 1) * step; at <= to.getEpochSecond(); at += step) {
            Instant instant = Instant.ofEpochSecond(at);
            double x = x(instant);
            if (x - left >= ROOM && right - x >= ROOM) {
                ticks.add(new Tick(x, instant, CLOCK.format(instant)));
            }
        }
        return List.copyOf(ticks);
    }

    /** A length as it is written down. */
    static double rounded(double length) {
        return Math.round(length * 10) / 10.0;
    }
}
