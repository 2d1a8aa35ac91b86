package org.etcdmedic.evidence;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Fewer points for a plot: of each stretch of time the lowest and the highest one, so that no peak is lost. */
public final class Downsampling {
    private Downsampling() {}

    /** At most so many of the points, oldest first; {@code most} is even. */
    public static List<Metric.Point> of(List<Metric.Point> points, int most) {
        if (points.size() <= most) {
            return points;
        }
        var kept = new ArrayList<Metric.Point>();
        int stretches = most / 2;
        for (int i = 0; i < stretches; i++) {
            List<Metric.Point> stretch = points.subList(
                    (int) ((long) points.size() * i / stretches), (int) ((long) points.size() * (i + 1) / stretches));
            Comparator<Metric.Point> byValue = Comparator.comparingDouble(Metric.Point::value);
            Stream.of(
                            stretch.stream().min(byValue).orElseThrow(),
                            stretch.stream().max(byValue).orElseThrow())
                    .distinct()
                    .sorted(Comparator.comparing(Metric.Point::at))
                    .forEach(kept::add);
        }
        return kept;
    }
}
