package org.etcdmedic.verdict;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.etcdmedic.evidence.EvidenceWindow;
import org.etcdmedic.evidence.Metric;

/**
 * One series of monitoring, read against the evidence window: what lies before the window is what is usual.
 *
 * @param points its values, oldest first
 * @param window when they testify
 * @param resolution a change shows at most so much later
 */
record MetricCurve(List<Metric.Point> points, EvidenceWindow window, Duration resolution) {
    /** Fewer values before the window tell nothing of what is usual. */
    private static final int ENOUGH = 5;

    /** A single value beyond a limit is a blip. */
    private static final int LASTING = 2;

    /** The peak has to be so many times the usual value. */
    private static final double RISE = 1.5;

    MetricCurve {
        points = List.copyOf(points);
    }

    /** A limit, and on which side of it is trouble. */
    record Limit(double value, boolean above) {
        boolean exceeds(double measured) {
            return above ? measured >= value : measured <= value;
        }
    }

    /**
     * A time in the window in which the values were beyond a limit.
     *
     * @param from first value beyond it
     * @param peak the worst value
     * @param usual the median of the time before the window, where there was enough of it
     * @param rose the usual value is on the right side of the limit, and well away from the peak
     */
    record Excess(Instant from, double peak, Optional<Double> usual, boolean rose) {}

    /** The first excess in the window that lasts. */
    Optional<Excess> excess(Limit limit) {
        List<Metric.Point> within = within();
        int run = 0;
        for (int i = 0; i < within.size(); i++) {
            run = limit.exceeds(within.get(i).value()) ? run + 1 : 0;
            if (run == LASTING) {
                return Optional.of(excess(limit, within, i - LASTING + 1));
            }
        }
        return Optional.empty();
    }

    private Excess excess(Limit limit, List<Metric.Point> within, int first) {
        double peak = within.get(first).value();
        for (Metric.Point point : within.subList(first, within.size())) {
            peak = limit.above() ? Math.max(peak, point.value()) : Math.min(peak, point.value());
        }
        Optional<Double> usual = usual();
        double worst = peak;
        boolean rose = usual.filter(u -> !limit.exceeds(u))
                .filter(u -> limit.above() ? worst >= u * RISE : worst <= u / RISE)
                .isPresent();
        return new Excess(within.get(first).at(), peak, usual, rose);
    }

    /** The worst value in the window. */
    Optional<Double> peak(boolean above) {
        return within().stream().map(Metric.Point::value).reduce(above ? Math::max : Math::min);
    }

    private Optional<Double> usual() {
        List<Double> before = points.stream()
                .filter(point -> point.at().isBefore(window.from()))
                .map(Metric.Point::value)
                .sorted()
                .toList();
        return before.size() < ENOUGH ? Optional.empty() : Optional.of(before.get(before.size() / 2));
    }

    private List<Metric.Point> within() {
        return points.stream().filter(point -> window.contains(point.at())).toList();
    }

    /** Why it tells too little of the window: no value in it, or a hole. */
    Optional<String> gap(Instant lookedUntil) {
        List<Metric.Point> within = within();
        if (within.isEmpty()) {
            return Optional.of(
                    points.isEmpty()
                            ? "no values"
                            : "no value near the alarm, the last one is of "
                                    + Instants.text(points.getLast().at()));
        }
        Duration longest = resolution.multipliedBy(2);
        Instant last = window.from();
        for (Metric.Point point : within) {
            if (Duration.between(last, point.at()).compareTo(longest) > 0) {
                return Optional.of(hole(last, point.at()));
            }
            last = point.at();
        }
        Instant end = lookedUntil.isBefore(window.to()) ? lookedUntil : window.to();
        return Duration.between(last, end).compareTo(longest) > 0 ? Optional.of(hole(last, end)) : Optional.empty();
    }

    private static String hole(Instant from, Instant to) {
        return "no value from " + Instants.text(from) + " to " + Instants.text(to);
    }
}
