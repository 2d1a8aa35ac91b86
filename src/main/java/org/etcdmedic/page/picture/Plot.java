package org.etcdmedic.page.picture;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.etcdmedic.evidence.Downsampling;
import org.etcdmedic.evidence.Metric;

/**
 * What was measured around the alarm, as curves. Lengths are units of the picture, which is {@value #WIDTH} wide and
 * {@value #HEIGHT} high.
 *
 * @param title what was measured
 * @param unit of the values, as it is written
 * @param curves one for each node, disk or member
 * @param ticks marks of the time
 * @param levels marks of the value
 * @param limit from where on it is trouble, where that is known; {@code y} is negative when it lies above the picture
 * @param alarm where the alarm stands
 * @param leftOut how many curves found no room
 */
public record Plot(
        String title,
        String unit,
        List<Curve> curves,
        List<Axis.Tick> ticks,
        List<Level> levels,
        Optional<Level> limit,
        double alarm,
        int leftOut) {
    /** Width of the picture. */
    public static final int WIDTH = 480;
    /** Height of the picture. */
    public static final int HEIGHT = 190;

    private static final int LEFT = 46;
    private static final int RIGHT = 470;
    private static final int TOP = 18;
    private static final int BOTTOM = 164;
    private static final int CURVES = 6;
    private static final int POINTS = 240;

    /** Values so far apart in time are not joined: nobody measured between them. */
    private static final int GAP = 5;

    /** A limit so many times as high as everything that was measured would press the curves flat. */
    private static final double FAR = 8;

    private static final double WHOLE = 100;

    /** A curve: its colour, its dashes, its name, the line, and its single values where they are no line. */
    public record Curve(int colour, int dashes, String name, String path, List<Dot> dots) {}

    /** A single value, and what it says. */
    public record Dot(double x, double y, Instant at, String text) {}

    /** A mark of the value. */
    public record Level(double y, String text) {}

    /**
     * What is to be drawn.
     *
     * @param colour number of the node
     * @param events whether each value is an event, and nothing is known between two of them
     */
    public record Series(int colour, int dashes, String name, List<Metric.Point> points, boolean events) {}

    /** The plot of these; empty when nothing was measured. All plots of a page share one span of time, to be compared. */
    public static Optional<Plot> of(
            String title, String unit, List<Series> all, OptionalDouble limit, Axis span, Instant alarmedAt) {
        List<Series> drawn = all.stream()
                .filter(series -> !series.points().isEmpty())
                .sorted(Comparator.comparingDouble(Plot::most).reversed())
                .limit(CURVES)
                .sorted(Comparator.comparingInt(Series::colour).thenComparingInt(Series::dashes))
                .toList();
        if (drawn.isEmpty()) {
            return Optional.empty();
        }
        Axis axis = span.between(LEFT, RIGHT);
        double most = drawn.stream().mapToDouble(Plot::most).max().orElse(0);
        boolean near = limit.isPresent() && limit.getAsDouble() <= most * FAR;
        double room = round(Math.max(near ? limit.getAsDouble() * 1.1 : 0, most));
        // There is nothing above all of something.
        double top = unit.equals("%") && most <= WHOLE ? Math.min(WHOLE, room) : room;
        return Optional.of(new Plot(
                title,
                unit,
                drawn.stream().map(series -> curve(series, axis, top, unit)).toList(),
                axis.ticks(5),
                IntStream.rangeClosed(0, 4)
                        .mapToObj(i -> new Level(y(top * i / 4, top), number(top * i / 4)))
                        .toList(),
                limit.stream()
                        .mapToObj(value -> new Level(near ? y(value, top) : -1, number(value)))
                        .findFirst(),
                axis.x(alarmedAt),
                (int) all.stream().filter(series -> !series.points().isEmpty()).count() - drawn.size()));
    }

    private static double most(Series series) {
        return series.points().stream().mapToDouble(Metric.Point::value).max().orElse(0);
    }

    private static Curve curve(Series series, Axis axis, double top, String unit) {
        if (series.events()) {
            return new Curve(
                    series.colour(),
                    series.dashes(),
                    series.name(),
                    "",
                    Downsampling.of(series.points(), POINTS).stream()
                            .map(point -> new Dot(
                                    axis.x(point.at()),
                                    y(point.value(), top),
                                    point.at(),
                                    number(point.value()) + " " + unit))
                            .toList());
        }
        return new Curve(series.colour(), series.dashes(), series.name(), path(series, axis, top), List.of());
    }

    private static String path(Series series, Axis axis, double top) {
        List<Metric.Point> points = Downsampling.of(series.points(), POINTS);
        long usual = usual(points);
        var path = new StringBuilder();
        Instant before = Instant.MIN;
        for (Metric.Point point : points) {
            boolean joined =
                    !before.equals(Instant.MIN) && point.at().toEpochMilli() - before.toEpochMilli() <= usual * GAP;
            path.append(joined ? " L" : " M")
                    .append(axis.x(point.at()))
                    .append(' ')
                    .append(y(point.value(), top));
            before = point.at();
        }
        return path.toString().strip();
    }

    /** The usual time between two values. */
    private static long usual(List<Metric.Point> points) {
        var steps = new ArrayList<Long>();
        for (int i = 1; i < points.size(); i++) {
            steps.add(points.get(i).at().toEpochMilli() - points.get(i - 1).at().toEpochMilli());
        }
        return steps.isEmpty() ? 0 : steps.stream().sorted().toList().get(steps.size() / 2);
    }

    private static double y(double value, double top) {
        return Axis.rounded(BOTTOM - (BOTTOM - TOP) * Math.clamp(value / top, 0, 1));
    }

    /** The next number that people count to: 1, 2, 4 or 8 times a power of ten. */
    private static double round(double value) {
        if (!(value > 0)) {
            return 1;
        }
        double power = Math.pow(10, Math.floor(Math.log10(value)));
        return IntStream.of(1, 2, 4, 8, 10)
                .mapToDouble(step -> step * power)
                .filter(step -> step >= value * 0.999)
                .findFirst()
                .orElse(10 * power);
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.2f", value);
        return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
    }
}
