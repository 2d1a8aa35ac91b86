package org.etcdmedic.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.etcdmedic.diagnosis.Diagnoses;
import org.etcdmedic.diagnosis.Diagnosis;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.diagnosis.StoredCapture;
import org.etcdmedic.evidence.Downsampling;
import org.etcdmedic.evidence.Metric;
import org.etcdmedic.evidence.OutsideReader;
import org.etcdmedic.evidence.Reading;
import org.etcdmedic.outside.MetricCatalogue;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Row O4 for a plot: what monitoring measured around the alarm. */
@RestController
@RequestMapping(path = "/diagnoses", version = "1")
@Tag(name = "diagnoses")
class MetricsController {
    /** Points of one series; more than a plot on a page can show. */
    private static final int MOST_POINTS = 240;

    private final Diagnoses diagnoses;
    private final MetricCatalogue catalogue;

    MetricsController(Diagnoses diagnoses, MetricCatalogue catalogue) {
        this.diagnoses = diagnoses;
        this.catalogue = catalogue;
    }

    /** A value of a series. */
    record PointView(Instant at, double value) {}

    /** One series; its schema is {@code MetricSeries} in the contract. */
    record SeriesView(
            String nodeId,
            String metric,
            String title,
            @Nullable String unit,
            Map<String, String> labels,
            UUID evidenceId,
            List<PointView> points) {}

    /** A metric that could not be had. */
    record GapView(String nodeId, String metric, String reason, UUID evidenceId) {}

    /** All of a diagnosis. */
    record MetricsView(Instant alarmedAt, List<SeriesView> series, List<GapView> missing) {}

    @GetMapping(path = "/{id}/metrics", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "getMetrics")
    MetricsView metrics(@PathVariable UUID id, Locale locale) {
        Diagnosis diagnosis =
                diagnoses.find(new DiagnosisId(id)).orElseThrow(() -> new ProblemException(Problem.NOT_FOUND));
        var series = new ArrayList<SeriesView>();
        var missing = new ArrayList<GapView>();
        for (StoredCapture capture : diagnoses.captures(diagnosis.id())) {
            if (capture.probe().equals("metric")) {
                switch (OutsideReader.metric(capture.asTaken())) {
                    case Reading.Known<Metric>(Metric metric, var ignored) ->
                        metric.series().forEach(one -> series.add(view(capture, metric, one, locale)));
                    case Reading.Unknown<Metric> unknown ->
                        missing.add(new GapView(capture.node().value(), name(capture), unknown.detail(), capture.id()));
                }
            }
        }
        return new MetricsView(diagnosis.alarmedAt(), series, missing);
    }

    private static String name(StoredCapture capture) {
        return capture.arguments().getOrDefault("metric", "");
    }

    private SeriesView view(StoredCapture capture, Metric metric, Metric.Series series, Locale locale) {
        var entry = catalogue.find(metric.id());
        return new SeriesView(
                capture.node().value(),
                metric.id(),
                entry.map(e -> locale.getLanguage().equals("zh") ? e.zhCn() : e.en())
                        .orElse(metric.id()),
                entry.map(MetricCatalogue.Entry::unit).orElse(null),
                series.labels(),
                capture.id(),
                Downsampling.of(series.points(), MOST_POINTS).stream()
                        .map(point -> new PointView(point.at(), point.value()))
                        .toList());
    }
}
