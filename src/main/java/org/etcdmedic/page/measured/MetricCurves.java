package org.etcdmedic.page.measured;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.etcdmedic.bundle.EntryName;
import org.etcdmedic.diagnosis.StoredCapture;
import org.etcdmedic.evidence.Metric;
import org.etcdmedic.evidence.OutsideReader;
import org.etcdmedic.evidence.Reading;
import org.etcdmedic.outside.MetricCatalogue;
import org.etcdmedic.page.measured.Measured.Missing;
import org.etcdmedic.page.picture.Plot.Series;
import org.etcdmedic.platform.Texts;
import org.etcdmedic.verdict.MetricLimits;

/** What monitoring measured, as it is kept with the evidence. */
final class MetricCurves {
    /** Which device a file system lies on is no quantity that could be drawn. */
    private static final String NO_QUANTITY = "filesystem-size";

    /** What is looked at first, in this order. */
    private static final List<String> FIRST =
            List.of("disk-utilisation", "disk-write-latency", "etcd-wal-sync", "cpu-busy", "memory-available");

    private final MetricCatalogue catalogue;
    private final Map<String, List<Series>> byMetric = new LinkedHashMap<>();
    private final List<Missing> missing = new ArrayList<>();

    /**
     * The metrics among the captures.
     *
     * @param nodes the nodes, in the order of their colours
     */
    MetricCurves(MetricCatalogue catalogue, List<StoredCapture> captures, List<String> nodes) {
        this.catalogue = catalogue;
        for (StoredCapture capture : captures) {
            String id = capture.arguments().getOrDefault("metric", "");
            if (capture.probe().equals("metric") && !id.equals(NO_QUANTITY)) {
                read(capture, id, nodes);
            }
        }
    }

    private void read(StoredCapture capture, String id, List<String> nodes) {
        String node = capture.node().value();
        switch (OutsideReader.metric(capture.asTaken())) {
            case Reading.Known<Metric>(Metric metric, var ignored) -> {
                int dashes = 0;
                for (Metric.Series series : metric.series()) {
                    byMetric.computeIfAbsent(id, key -> new ArrayList<>())
                            .add(new Series(
                                    nodes.indexOf(node),
                                    dashes++ % 3,
                                    metric.series().size() == 1 ? node : name(node, series),
                                    series.points(),
                                    false));
                }
            }
            case Reading.Unknown<Metric> unknown ->
                missing.add(new Missing(node, id, EntryName.line(unknown.detail())));
        }
    }

    private static String name(String node, Metric.Series series) {
        String labels = series.labels().entrySet().stream()
                .filter(label ->
                        !label.getKey().equals("instance") && !label.getKey().equals("job"))
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .collect(Collectors.joining(" "));
        return EntryName.shown(labels.isEmpty() ? node : node + " " + labels);
    }

    List<Quantity> quantities(Texts texts) {
        return byMetric.entrySet().stream()
                .sorted(Comparator.comparingInt(entry -> place(entry.getKey())))
                .map(entry -> {
                    var about = catalogue.find(entry.getKey());
                    boolean chinese = texts.locale().getLanguage().equals("zh");
                    return Quantity.of(
                            about.map(e -> chinese ? e.zhCn() : e.en()).orElse(entry.getKey()),
                            about.map(MetricCatalogue.Entry::unit).orElse(""),
                            entry.getValue(),
                            MetricLimits.of(entry.getKey()),
                            FIRST.contains(entry.getKey()));
                })
                .toList();
    }

    private static int place(String metric) {
        int place = FIRST.indexOf(metric);
        return place < 0 ? FIRST.size() : place;
    }

    List<Missing> missing() {
        return List.copyOf(missing);
    }

    boolean any() {
        return !byMetric.isEmpty() || !missing.isEmpty();
    }
}
