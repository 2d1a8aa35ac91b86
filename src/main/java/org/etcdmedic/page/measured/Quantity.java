package org.etcdmedic.page.measured;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.etcdmedic.evidence.Metric;
import org.etcdmedic.page.picture.Plot.Series;

/**
 * One thing that was measured, in the unit that it is shown in.
 *
 * @param title what it is
 * @param unit as it is written
 * @param series its values
 * @param limit from where on it is trouble, where that is known
 * @param main whether it is one of those that are looked at first
 */
record Quantity(String title, String unit, List<Series> series, OptionalDouble limit, boolean main) {
    private static final double BYTES = 1L << 30;

    /** The same quantity in a unit that people read; {@code unit} is one of the metrics' units. */
    static Quantity of(String title, String unit, List<Series> series, OptionalDouble limit, boolean main) {
        return switch (unit) {
            case "share" -> scaled(title, "%", series, limit, main, 100);
            case "bytes" -> scaled(title, "GiB", series, limit, main, 1 / BYTES);
            case "seconds" ->
                series.stream().flatMap(one -> one.points().stream()).allMatch(point -> point.value() < 1)
                        ? scaled(title, "ms", series, limit, main, 1000)
                        : scaled(title, "s", series, limit, main, 1);
            default -> new Quantity(title, unit.toLowerCase(Locale.ROOT), series, limit, main);
        };
    }

    private static Quantity scaled(
            String title, String unit, List<Series> series, OptionalDouble limit, boolean main, double factor) {
        return new Quantity(
                title,
                unit,
                series.stream()
                        .map(one -> new Series(
                                one.colour(),
                                one.dashes(),
                                one.name(),
                                one.points().stream()
                                        .map(point -> new Metric.Point(point.at(), point.value() * factor))
                                        .toList(),
                                one.events()))
                        .toList(),
                limit.isPresent() ? OptionalDouble.of(limit.getAsDouble() * factor) : limit,
                main);
    }
}
