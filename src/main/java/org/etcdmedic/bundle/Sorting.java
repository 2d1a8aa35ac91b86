package org.etcdmedic.bundle;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.etcdmedic.bundle.BundleCase.CaseNode;
import org.etcdmedic.bundle.BundleCase.ReadFile;
import org.etcdmedic.bundle.BundleCase.TimeBy;
import org.etcdmedic.bundle.BundleCase.Visited;
import org.etcdmedic.bundle.BundleCase.ZoneBy;
import org.etcdmedic.evidence.EvidenceReader;
import org.etcdmedic.evidence.EvidenceWindow;
import org.etcdmedic.evidence.Log;
import org.etcdmedic.evidence.NodeEvidence;
import org.etcdmedic.evidence.Redactor;
import org.etcdmedic.inventory.InstanceId;
import org.etcdmedic.inventory.Node;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.inventory.OsUser;
import org.etcdmedic.probe.Capture;
import org.etcdmedic.probe.Reach;
import org.etcdmedic.verdict.AlarmTold;

/** Makes a case of files as they lie on a node: what they are, whose they are, in which zone, at what time it hurt. */
final class Sorting {
    private static final InstanceId UNNAMED = new InstanceId("offline");
    private static final EvidenceWindow ALL_TIME = new EvidenceWindow(
            Instant.EPOCH, Instant.parse("2000-01-01T00:00:00Z"), Instant.parse("9999-12-31T00:00:00Z"));

    private final BundleRequest request;
    private final TroubleTime troubles;
    private final Instant now;
    private final List<Skipped> skipped;
    private final Map<BundleFile, FileKind> kinds = new LinkedHashMap<>();
    private final Map<String, NodeId> nodes;

    Sorting(List<BundleFile> files, List<Skipped> before, BundleRequest request, TroubleTime troubles, Instant now) {
        this.request = request;
        this.troubles = troubles;
        this.now = now;
        this.skipped = new ArrayList<>(before);
        for (BundleFile file : files) {
            switch (FileKind.of(file)) {
                case FileKind.Other(Skipped.Reason why) -> skip(file, why);
                case FileKind judged -> {
                    kinds.put(file, judged);
                    if (judged instanceof FileKind.MachineLog) {
                        file.only(FileKind::ofEtcdsUnit)
                                .ifPresent(etcds -> kinds.put(etcds, new FileKind.ProgramLog(Log.Program.ETCD)));
                    }
                }
            }
        }
        if (kinds.isEmpty()) {
            throw new BundleRefused(BundleRefused.Reason.NOTHING_READABLE, skipped, "");
        }
        this.nodes = NodeNames.of(kinds.keySet().stream().map(BundleFile::path).toList(), request.node());
    }

    private void skip(BundleFile file, Skipped.Reason why) {
        skipped.add(new Skipped(EntryName.shown(file.path()), why));
    }

    /** A zone and how it was found. */
    private record Zone(ZoneOffset offset, ZoneBy by) {}

    Bundle bundle() {
        Instant about = request.at().orElse(now);
        Map<NodeId, Zone> zones = zones(about);
        Map<NodeId, NodeEvidence> all = evidence(zones);
        EvidenceWindow window = window(all, zones);
        TimeBy by = request.at().isPresent() || request.localAt().isPresent()
                ? TimeBy.GIVEN
                : found(all.values()).orElseThrow().by();
        if (request.zone().isPresent() && !zones(window.alarmedAt()).equals(zones)) {
            // The zone's clocks were set forward or back between then and now.
            zones = zones(window.alarmedAt());
            all = evidence(zones);
            window = window(all, zones);
        }
        List<Capture> captures = captures(window, all);
        if (captures.isEmpty()) {
            throw new BundleRefused(BundleRefused.Reason.NOTHING_READABLE, skipped, "");
        }
        Map<NodeId, Zone> known = zones;
        var bundleCase = new BundleCase(
                request.instance().orElse(UNNAMED),
                named(all, window),
                zones.keySet().stream()
                        .map(id -> new CaseNode(
                                node(id),
                                Visited.BY_HAND,
                                Optional.empty(),
                                known.getOrDefault(id, new Zone(ZoneOffset.UTC, ZoneBy.ASSUMED))
                                        .offset(),
                                known.getOrDefault(id, new Zone(ZoneOffset.UTC, ZoneBy.ASSUMED))
                                        .by()))
                        .toList(),
                window,
                by,
                AlarmTold.NOTHING,
                kinds.entrySet().stream()
                        .map(entry -> new ReadFile(
                                EntryName.shown(entry.getKey().path()),
                                node(entry.getKey()),
                                Captured.what(entry.getValue())))
                        .toList(),
                skipped,
                Optional.empty(),
                Optional.empty());
        return new Bundle(bundleCase, captures);
    }

    private NodeId node(BundleFile file) {
        NodeId node = nodes.get(file.path());
        if (node == null) {
            throw new IllegalStateException("every file that is judged has a node");
        }
        return node;
    }

    private static Node node(NodeId id) {
        return new Node(
                id,
                null,
                id.value(),
                22,
                "default",
                null,
                new OsUser("Ruby"),
                Node.StatedEtcd.NOTHING,
                Node.StatedPaths.NOTHING);
    }

    private Map<NodeId, Zone> zones(Instant about) {
        Map<NodeId, ZoneOffset> told = new LinkedHashMap<>();
        kinds.keySet().forEach(file -> FileKind.statedZone(file).ifPresent(zone -> told.putIfAbsent(node(file), zone)));
        var zones = new LinkedHashMap<NodeId, Zone>();
        nodes.values().stream()
                .distinct()
                .sorted(Comparator.comparing(NodeId::value))
                .forEach(id -> {
                    Zone zone;
                    if (request.zone().isPresent()) {
                        zone = new Zone(request.zone().get().getRules().getOffset(about), ZoneBy.GIVEN);
                    } else if (told.containsKey(id)) {
                        zone = new Zone(told.getOrDefault(id, ZoneOffset.UTC), ZoneBy.TOLD);
                    } else if (!told.isEmpty()) {
                        zone = new Zone(told.values().iterator().next(), ZoneBy.TOLD_BY_PEER);
                    } else {
                        zone = new Zone(request.assumed(), ZoneBy.ASSUMED);
                    }
                    zones.put(id, zone);
                });
        return zones;
    }

    /** Everything that the files tell, of whatever time. */
    private Map<NodeId, NodeEvidence> evidence(Map<NodeId, Zone> zones) {
        var evidence = new LinkedHashMap<NodeId, NodeEvidence>();
        List<Capture> captures = kinds.entrySet().stream()
                .map(entry -> Captured.of(entry.getKey(), entry.getValue(), node(entry.getKey()), now))
                .toList();
        zones.forEach((id, zone) -> evidence.put(
                id,
                EvidenceReader.read(id, new Reach.Collected(now, Duration.ZERO), captures, ALL_TIME, zone.offset())));
        return evidence;
    }

    private Optional<TroubleTime.Found> found(java.util.Collection<NodeEvidence> evidence) {
        return troubles.in(List.copyOf(evidence));
    }

    private EvidenceWindow window(Map<NodeId, NodeEvidence> all, Map<NodeId, Zone> zones) {
        Instant at = request.at()
                .or(() -> request.localAt()
                        .map(local ->
                                local.toInstant(zones.values().iterator().next().offset())))
                .or(() -> found(all.values()).map(TroubleTime.Found::at))
                .orElseThrow(() -> new BundleRefused(BundleRefused.Reason.NO_TIME, skipped, ""));
        return EvidenceWindow.around(at, request.before(), request.after());
    }

    /** The node that was named; else the one that has the most to complain of. */
    private NodeId named(Map<NodeId, NodeEvidence> all, EvidenceWindow window) {
        if (request.node().isPresent()) {
            NodeId named = request.node().get();
            if (!all.containsKey(named)) {
                throw new BundleRefused(
                        BundleRefused.Reason.UNKNOWN_NODE,
                        skipped,
                        String.join(
                                ", ", all.keySet().stream().map(NodeId::value).toList()));
            }
            return named;
        }
        for (TimeBy by : TimeBy.values()) {
            for (Map.Entry<NodeId, NodeEvidence> node : all.entrySet()) {
                if (found(List.of(node.getValue()))
                        .filter(found -> found.by() == by && window.contains(found.at()))
                        .isPresent()) {
                    return node.getKey();
                }
            }
        }
        return all.keySet().iterator().next();
    }

    /** What is kept, without secrets. A system log that does not reach to the alarm is none, for its silence says nothing. */
    private List<Capture> captures(EvidenceWindow window, Map<NodeId, NodeEvidence> all) {
        var captures = new ArrayList<Capture>();
        var asOf = Captured.yearOf(window, now);
        for (var entry : List.copyOf(kinds.entrySet())) {
            BundleFile file = entry.getKey();
            Capture capture = Captured.of(file, entry.getValue(), node(file), asOf.plusMillis(captures.size()));
            if (entry.getValue() instanceof FileKind.MachineLog && !covers(capture, window, all)) {
                kinds.remove(file);
                skip(file, Skipped.Reason.OTHER_TIME);
            } else {
                captures.add(Redactor.clean(Captured.shortened(capture, entry.getValue())));
            }
        }
        return captures;
    }

    private boolean covers(Capture capture, EvidenceWindow window, Map<NodeId, NodeEvidence> all) {
        NodeId id = capture.node();
        ZoneOffset zone = zones(window.alarmedAt())
                .getOrDefault(id, new Zone(ZoneOffset.UTC, ZoneBy.ASSUMED))
                .offset();
        NodeEvidence alone =
                EvidenceReader.read(id, new Reach.Collected(now, Duration.ZERO), List.of(capture), window, zone);
        List<Instant> times = alone.systemLog().known().stream()
                .flatMap(log -> log.lines().stream())
                .flatMap(line -> line.at().stream())
                .toList();
        return all.containsKey(id)
                && (times.stream().anyMatch(window::contains)
                        || (times.stream().anyMatch(at -> at.isBefore(window.from()))
                                && times.stream().anyMatch(at -> at.isAfter(window.alarmedAt()))));
    }
}
