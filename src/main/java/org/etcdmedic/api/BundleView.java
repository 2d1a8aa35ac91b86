package org.etcdmedic.api;

import java.time.Instant;
import java.util.List;
import org.etcdmedic.bundle.BundleCase;
import org.etcdmedic.bundle.Skipped;
import org.jspecify.annotations.Nullable;

/** What was read of a bundle, on the wire; its schema is {@code Bundle} in the contract. */
record BundleView(
        Instant at,
        BundleCase.TimeBy timeBy,
        Instant from,
        Instant to,
        List<NodeView> nodes,
        List<FileView> files,
        List<SkippedView> skipped,
        @Nullable PackageView packaged) {

    /** A node of the bundle and the zone that its logs were read in. */
    record NodeView(String nodeId, BundleCase.Visited visited, String zone, BundleCase.ZoneBy zoneBy) {}

    /** A file that was read. */
    record FileView(String path, String nodeId, BundleCase.What what) {}

    /** Where a package comes from. Its names are pseudonyms, which only the service that made it can look up. */
    record PackageView(String diagnosisId, String productVersion, String knowledgeVersion, boolean pseudonyms) {}

    /** A part that was left aside. */
    record SkippedView(String path, Skipped.Reason reason) {}

    static BundleView of(BundleCase bundle) {
        return new BundleView(
                bundle.window().alarmedAt(),
                bundle.timeBy(),
                bundle.window().from(),
                bundle.window().to(),
                bundle.nodes().stream()
                        .map(node -> new NodeView(
                                node.node().id().value(),
                                node.visited(),
                                node.zone().getId(),
                                node.zoneBy()))
                        .toList(),
                bundle.files().stream()
                        .map(file -> new FileView(file.path(), file.node().value(), file.what()))
                        .toList(),
                bundle.skipped().stream()
                        .map(part -> new SkippedView(part.path(), part.reason()))
                        .toList(),
                bundle.packaged()
                        .map(from -> new PackageView(from.diagnosis(), from.product(), from.knowledge(), true))
                        .orElse(null));
    }
}
