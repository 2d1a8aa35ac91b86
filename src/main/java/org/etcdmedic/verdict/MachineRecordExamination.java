package org.etcdmedic.verdict;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.etcdmedic.evidence.Log;
import org.etcdmedic.evidence.MachineRecord;
import org.etcdmedic.evidence.NodeIdentity;
import org.etcdmedic.evidence.Reading;
import org.etcdmedic.evidence.Reading.Gap;
import org.etcdmedic.probe.Reach;

/** Rows V1 to V3 by the infrastructure's compute API: how the machine stands, and what was done to it near the alarm and by whom. */
final class MachineRecordExamination implements Examination {
    /** A migration lasts from its order to its end, and etcd feels it somewhere in between. */
    private static final Duration AROUND = Duration.ofMinutes(1);

    /** States in which no guest runs: nova's server status. */
    private static final Set<String> DOWN = Set.of(
            "SHUTOFF",
            "ERROR",
            "PAUSED",
            "SUSPENDED",
            "DELETED",
            "SOFT_DELETED",
            "SHELVED",
            "SHELVED_OFFLOADED",
            "RESCUE");

    @Override
    public List<Observation> examine(NodeCase node) {
        return examine(node, List.of(node));
    }

    @Override
    public List<Observation> examine(NodeCase node, List<NodeCase> all) {
        MachineRecord record = node.outside().machine();
        var seen = new ArrayList<Observation>();
        gap(record).ifPresent(seen::add);
        status(node, record).ifPresent(seen::add);
        List<MachineDeed> deeds = MachineDeed.of(node);
        deeds.forEach(deed -> seen.add(told(node, all, deed)));
        record.actions().known().ifPresent(known -> {
            if (deeds.isEmpty() && node.told().events().isEmpty()) {
                seen.add(new Observation.Seen(
                        "compute-quiet", Map.of(), Sources.of(record.actions()), Optional.empty()));
            }
            byItself(node, record, deeds).ifPresent(seen::add);
        });
        return seen;
    }

    /** The list of migrations is for administrators; what matters of it stands among the actions too. */
    private static Optional<Observation> gap(MachineRecord record) {
        return Stream.of(record.server(), record.actions())
                .flatMap(reading -> reading instanceof Reading.Unknown<?> unknown && unknown.gap() != Gap.NOT_ASKED
                        ? Stream.of(unknown)
                        : Stream.empty())
                .findFirst()
                .map(unknown -> Observation.notLooked("V3", unknown));
    }

    private static Optional<Observation> status(NodeCase node, MachineRecord record) {
        if (!(record.server() instanceof Reading.Known<MachineRecord.Server>(var server, var source))) {
            return Optional.empty();
        }
        boolean in = node.evidence().reach() instanceof Reach.LoggedIn;
        boolean down = DOWN.contains(server.status());
        boolean nodeSide = node.evidence().reach() instanceof Reach.NotIn not
                && not.obstacle().side() == Reach.Obstacle.Side.NODE;
        String kind = down
                ? in ? "compute-status-contradicts" : nodeSide ? "compute-status-down" : "compute-status-told"
                : "compute-status-told";
        return Optional.of(Observation.seen(
                kind,
                Map.of(
                        "status",
                        server.task().isEmpty() ? server.status() : server.status() + ", " + server.task(),
                        "fault",
                        server.fault().isEmpty() ? "-" : server.fault()),
                source));
    }

    private static Observation told(NodeCase node, List<NodeCase> all, MachineDeed deed) {
        List<KnownLine> stalls = node.inWindow(Log.Program.ETCD).stream()
                .filter(line -> FirstComplaints.STALLS.contains(line.signature().id()))
                .filter(line -> line.at().filter(at -> during(deed, at)).isPresent())
                .toList();
        Optional<GuestPause> pause =
                deed.kind() == MachineDeed.Kind.LIVE_MIGRATION && !deed.failed() && stalls.isEmpty()
                        ? GuestPause.of(node, all)
                                .filter(found ->
                                        found.near(deed.from(), deed.to().orElse(deed.from()), AROUND))
                        : Optional.empty();
        if (pause.isPresent()) {
            return new Observation.Seen(
                    "compute-live-migrated-felt",
                    Map.of(
                            "eventAt", Instants.text(deed.from()),
                            "endedAt", deed.to().map(Instants::text).orElse("-"),
                            "user", deed.user().isEmpty() ? "-" : deed.user(),
                            "from", Instants.text(pause.get().from()),
                            "to", Instants.text(pause.get().to())),
                    Stream.concat(Stream.of(deed.source()), pause.get().sources().stream())
                            .toList(),
                    Optional.of(deed.from()));
        }
        Optional<Observation> joined = deed.failed() ? Optional.empty() : joined(node, deed);
        if (joined.isPresent()) {
            return joined.get();
        }
        String kind = deed.failed()
                ? "compute-action-failed"
                : switch (deed.kind()) {
                    case REBOOT, REBUILD -> "compute-rebooted";
                    case STOP -> "compute-stopped";
                    case START -> "compute-started";
                    case LIVE_MIGRATION ->
                        stalls.isEmpty() ? "compute-live-migrated" : "compute-live-migrated-with-stall";
                    case COLD_MIGRATION -> "compute-cold-migrated";
                    case EVACUATION -> "compute-evacuated";
                };
        return new Observation.Seen(
                kind,
                Map.of(
                        "action", deed.word(),
                        "eventAt", Instants.text(deed.from()),
                        "endedAt", deed.to().map(Instants::text).orElse("-"),
                        "user", deed.user().isEmpty() ? "-" : deed.user()),
                Stream.concat(
                                Stream.of(deed.source()),
                                stalls.stream().limit(3).map(line -> line.line().source()))
                        .toList(),
                Optional.of(deed.from()));
    }

    /** A move for which the guest has to stop, and a guest that did not. */
    private static Optional<Observation> joined(NodeCase node, MachineDeed deed) {
        boolean needsBoot =
                deed.kind() == MachineDeed.Kind.COLD_MIGRATION || deed.kind() == MachineDeed.Kind.EVACUATION;
        return needsBoot
                ? GuestBoot.around(node, deed.from(), deed.to().orElse(deed.from()))
                        .filter(boot -> boot.around() == GuestBoot.Around.RAN_ON)
                        .map(boot -> {
                            var values = new HashMap<>(boot.values());
                            values.put("action", deed.word());
                            values.put("eventAt", Instants.text(deed.from()));
                            values.put("endedAt", deed.to().map(Instants::text).orElse("-"));
                            values.put("user", deed.user().isEmpty() ? "-" : deed.user());
                            return new Observation.Seen(
                                    "compute-moved-without-boot",
                                    values,
                                    Stream.concat(Stream.of(deed.source()), boot.sources().stream())
                                            .toList(),
                                    Optional.of(deed.from()));
                        })
                : Optional.empty();
    }

    private static boolean during(MachineDeed deed, Instant at) {
        return !at.isBefore(deed.from().minus(AROUND))
                && !at.isAfter(deed.to().orElse(deed.from()).plus(AROUND));
    }

    /** The guest booted near the alarm and nobody had asked the infrastructure for it. */
    private static Optional<Observation> byItself(NodeCase node, MachineRecord record, List<MachineDeed> deeds) {
        return node.evidence()
                .identity()
                .known()
                .map(NodeIdentity::bootedAt)
                .map(node::corrected)
                .filter(node.window()::contains)
                .filter(booted -> deeds.stream().noneMatch(MachineDeed::reboots)
                        && node.told().events().isEmpty())
                .map(booted -> new Observation.Seen(
                        "compute-restart-not-asked",
                        Map.of("bootedAt", Instants.text(booted)),
                        Sources.of(record.actions()),
                        Optional.of(booted)));
    }
}
