package org.etcdmedic.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What monitoring measured of one thing on a node.
 *
 * @param id which metric
 * @param resolution a change shows in the values at most so much later
 * @param series one for each disk, member, ...; one where there is but one
 * @param warnings what monitoring says against its own answer; then something may be missing
 */
public record Metric(String id, Duration resolution, List<Series> series, List<String> warnings) {
    /** Copies the lists. */
    public Metric {
        series = List.copyOf(series);
        warnings = List.copyOf(warnings);
    }

    /** Values with one set of labels, oldest first. What was no number is left out. */
    public record Series(Map<String, String> labels, List<Point> points) {
        /** Copies the collections. */
        public Series {
            labels = Map.copyOf(labels);
            points = List.copyOf(points);
        }

        /** The label's value, empty where it has none. */
        public String label(String name) {
            return labels.getOrDefault(name, "");
        }
    }

    /** A value, at an instant of the service's clock. */
    public record Point(Instant at, double value) {}
}
