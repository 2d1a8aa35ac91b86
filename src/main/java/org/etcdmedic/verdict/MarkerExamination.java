package org.etcdmedic.verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.etcdmedic.evidence.MarkerFiles;
import org.etcdmedic.evidence.MarkerFiles.Marker;
import org.etcdmedic.evidence.Reading;

/**
 * Rows P2 and C1 to C3: was the cluster or etcd stopped by a marker file, and by whom. Five combinations mean five
 * different things; the word {@code cm_agent} in the file turns a stop by hand into a network isolation.
 */
final class MarkerExamination implements Examination {
    private static final String CLUSTER = "cluster_manual_start";
    private static final String ETCD = "etcd_manual_start";
    private static final Set<String> STOPS = Set.of(CLUSTER, ETCD);

    @Override
    public List<Observation> examine(NodeCase node) {
        return switch (node.evidence().markers()) {
            case Reading.Unknown<MarkerFiles> unknown -> List.of(Observation.notLooked("P2", unknown));
            case Reading.Known<MarkerFiles>(MarkerFiles files, var source) -> {
                if (!files.looked()) {
                    yield List.of(new Observation.NotLooked(
                            "P2",
                            files.directories().stream()
                                            .anyMatch(d -> d.state() == MarkerFiles.Directory.State.UNREADABLE)
                                    ? Reading.Gap.NOT_PERMITTED
                                    : Reading.Gap.MISSING,
                            String.join(", ", paths(files))));
                }
                var seen = new ArrayList<Observation>();
                seen.add(stops(node, files, source));
                files.markers().stream()
                        .filter(marker -> !STOPS.contains(marker.name()))
                        .map(marker -> Observation.seen(
                                "maintenance-marker",
                                Map.of("marker", marker.path(), "since", since(node, marker)),
                                marker.source()))
                        .forEach(seen::add);
                yield seen;
            }
        };
    }

    private static Observation stops(NodeCase node, MarkerFiles files, org.etcdmedic.evidence.Source source) {
        Optional<Marker> cluster = files.named(CLUSTER);
        Optional<Marker> etcd = files.named(ETCD);
        if (etcd.isPresent() && etcd.get().content().equals("cm_agent")) {
            return Observation.seen(
                    "marker-etcd-by-cm-agent",
                    Map.of("etcdMarker", etcd.get().path(), "since", since(node, etcd.get())),
                    etcd.get().source());
        }
        if (cluster.isPresent() && etcd.isPresent()) {
            return Observation.seen(
                    node.etcd() instanceof EtcdState.Running ? "markers-both-while-running" : "markers-both",
                    Map.of(
                            "clusterMarker", cluster.get().path(),
                            "etcdMarker", etcd.get().path(),
                            "owner", etcd.get().owner(),
                            "since", since(node, etcd.get())),
                    cluster.get().source(),
                    etcd.get().source());
        }
        if (etcd.isPresent()) {
            return Observation.seen(
                    node.etcd() instanceof EtcdState.Running ? "marker-etcd-while-running" : "marker-etcd-only",
                    Map.of(
                            "etcdMarker", etcd.get().path(),
                            "owner", etcd.get().owner(),
                            "since", since(node, etcd.get())),
                    etcd.get().source());
        }
        if (cluster.isPresent()) {
            return Observation.seen(
                    "marker-cluster-only",
                    Map.of(
                            "clusterMarker", cluster.get().path(),
                            "owner", cluster.get().owner(),
                            "since", since(node, cluster.get())),
                    cluster.get().source());
        }
        return Observation.seen("markers-none", Map.of("directories", String.join(", ", paths(files))), source);
    }

    private static List<String> paths(MarkerFiles files) {
        return files.directories().stream().map(MarkerFiles.Directory::path).toList();
    }

    private static String since(NodeCase node, Marker marker) {
        return Instants.text(node.corrected(marker.modifiedAt()));
    }
}
