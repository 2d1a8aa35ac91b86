package org.etcdmedic.report.html;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.etcdmedic.report.ReportText;

/**
 * The story as a picture: a line for each node, all on one axis of time. Lengths are units of the picture.
 *
 * @param height of the picture; it is {@value #WIDTH} wide
 * @param lines a line for each node
 * @param ticks marks of the axis
 * @param alarm where the alarm stands on the axis
 */
record Picture(int height, List<Line> lines, List<Tick> ticks, double alarm) {
    static final int WIDTH = 1000;
    private static final int LEFT = 150;
    private static final int RIGHT = 960;
    private static final int TOP = 24;
    private static final int LINE = 34;
    private static final int TICKS = 6;
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

    /** A node's line. */
    record Line(String node, int y, List<Dot> dots) {}

    /** Something that happened. */
    record Dot(double x, String kind, String title) {}

    /** A mark of the axis. */
    record Tick(double x, String text) {}

    /** The picture; empty when nothing happened. */
    static Optional<Picture> of(List<ReportText.MomentText> story, Instant alarmedAt) {
        if (story.isEmpty()) {
            return Optional.empty();
        }
        Instant first = earlier(story.getFirst().at(), alarmedAt);
        Instant last = earlier(alarmedAt, story.getLast().at()).equals(alarmedAt)
                ? story.getLast().at()
                : alarmedAt;
        double millis = Math.max(1, Duration.between(first, last).toMillis());
        var lines = new ArrayList<Line>();
        List<String> nodes = story.stream()
                .map(ReportText.MomentText::node)
                .distinct()
                .sorted()
                .toList();
        for (String node : nodes) {
            lines.add(new Line(
                    node,
                    TOP + LINE * lines.size() + LINE / 2,
                    story.stream()
                            .filter(moment -> moment.node().equals(node))
                            .map(moment -> new Dot(
                                    x(first, moment.at(), millis), moment.kind(), moment.stamp() + " " + moment.text()))
                            .toList()));
        }
        var ticks = new ArrayList<Tick>();
        for (int i = 0; i < TICKS; i++) {
            Instant at = first.plusMillis((long) (millis * i / (TICKS - 1)));
            ticks.add(new Tick(x(first, at, millis), CLOCK.format(at)));
        }
        return Optional.of(new Picture(TOP + LINE * nodes.size() + TOP, lines, ticks, x(first, alarmedAt, millis)));
    }

    /** Where the axis lies. */
    public int axis() {
        return height - TOP;
    }

    private static double x(Instant first, Instant at, double millis) {
        double x = LEFT + (RIGHT - LEFT) * Duration.between(first, at).toMillis() / millis;
        return Math.round(x * 10) / 10.0;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
