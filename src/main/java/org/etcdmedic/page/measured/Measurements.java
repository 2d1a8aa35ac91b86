package org.etcdmedic.page.measured;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.etcdmedic.bundle.BundleCase;
import org.etcdmedic.diagnosis.Bundles;
import org.etcdmedic.diagnosis.Diagnoses;
import org.etcdmedic.diagnosis.Diagnosis;
import org.etcdmedic.diagnosis.StoredCapture;
import org.etcdmedic.evidence.EvidenceReader;
import org.etcdmedic.evidence.EvidenceWindow;
import org.etcdmedic.evidence.Metric;
import org.etcdmedic.evidence.NodeEvidence;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.knowledge.Knowledge;
import org.etcdmedic.knowledge.SignatureEngine;
import org.etcdmedic.outside.MetricCatalogue;
import org.etcdmedic.page.picture.Axis;
import org.etcdmedic.page.picture.Plot;
import org.etcdmedic.platform.Texts;
import org.etcdmedic.probe.Capture;
import org.etcdmedic.probe.Reach;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Reads once more what was captured of a diagnosis, for what can be drawn of it. It judges nothing. */
@Component
public class Measurements {
    private final Diagnoses diagnoses;
    private final Bundles bundles;
    private final MetricCatalogue catalogue;
    private final LogCurves logs;
    private final LoadLooks loads;
    private final Duration before;
    private final Duration after;

    Measurements(
            Diagnoses diagnoses,
            Bundles bundles,
            MetricCatalogue catalogue,
            SignatureEngine signatures,
            Knowledge knowledge,
            @Value("${medic.evidence-window.before:10m}") Duration before,
            @Value("${medic.evidence-window.after:2m}") Duration after) {
        this.diagnoses = diagnoses;
        this.bundles = bundles;
        this.catalogue = catalogue;
        this.logs = new LogCurves(signatures, knowledge);
        this.loads = new LoadLooks(knowledge);
        this.before = before;
        this.after = after;
    }

    /** What was measured. */
    public Measured of(Diagnosis diagnosis, Locale locale) {
        var texts = new Texts(locale);
        List<StoredCapture> captures = diagnoses.captures(diagnosis.id());
        Optional<BundleCase> bundle = bundles.find(diagnosis.id());
        EvidenceWindow window = bundle.map(BundleCase::window)
                .orElseGet(() -> EvidenceWindow.around(diagnosis.alarmedAt(), before, after));
        List<NodeEvidence> nodes = nodes(captures, bundle, window);
        var metrics = new MetricCurves(
                catalogue,
                captures,
                nodes.stream().map(node -> node.node().value()).toList());
        var looks = new ArrayList<Measured.Look>();
        nodes.forEach(node -> node.load()
                .known()
                .ifPresent(load -> looks.add(loads.of(node.node().value(), load))));
        List<Quantity> all = Stream.concat(metrics.quantities(texts).stream(), logs.of(nodes, window, texts).stream())
                .toList();
        return new Measured(
                plots(all, true, diagnosis.alarmedAt()),
                plots(all, false, diagnosis.alarmedAt()),
                logs.silences(nodes, window),
                metrics.missing(),
                metrics.any(),
                looks);
    }

    private static List<Plot> plots(List<Quantity> all, boolean main, Instant alarmedAt) {
        Axis span = Axis.over(
                Stream.concat(
                        all.stream()
                                .flatMap(one -> one.series().stream())
                                .flatMap(series -> series.points().stream())
                                .map(Metric.Point::at),
                        Stream.of(alarmedAt)),
                0,
                1);
        return all.stream()
                .filter(one -> one.main() == main)
                .flatMap(one -> Plot.of(one.title(), one.unit(), one.series(), one.limit(), span, alarmedAt).stream())
                .toList();
    }

    private static List<NodeEvidence> nodes(
            List<StoredCapture> captures, Optional<BundleCase> bundle, EvidenceWindow window) {
        Map<NodeId, BundleCase.CaseNode> collected = bundle.map(BundleCase::nodes).orElse(List.of()).stream()
                .collect(Collectors.toMap(node -> node.node().id(), node -> node));
        List<Capture> taken = captures.stream().map(StoredCapture::asTaken).toList();
        var in = new Reach.LoggedIn(window.alarmedAt(), Duration.ZERO, "", "");
        return captures.stream()
                .map(StoredCapture::node)
                .distinct()
                .sorted(java.util.Comparator.comparing(NodeId::value))
                .map(node -> Optional.ofNullable(collected.get(node))
                        .map(one -> EvidenceReader.read(node, in, taken, window, one.zone()))
                        .orElseGet(() -> EvidenceReader.read(node, in, taken, window)))
                .toList();
    }
}
