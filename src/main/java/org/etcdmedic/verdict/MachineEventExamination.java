package org.etcdmedic.verdict;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.etcdmedic.evidence.Log;

/** Row V3: what the infrastructure did to the machine near the alarm, as the alarm tells. */
final class MachineEventExamination implements Examination {
    /** The event is often told when it begins or when it ends, and the machine stands still in between. */
    private static final Duration NEAR = Duration.ofMinutes(1);

    @Override
    public List<Observation> examine(NodeCase node) {
        return examine(node, List.of(node));
    }

    @Override
    public List<Observation> examine(NodeCase node, List<NodeCase> all) {
        // What the infrastructure tells itself, and more of, is told there.
        List<MachineDeed> deeds = MachineDeed.of(node);
        return node.told().events().stream()
                .filter(event -> node.window().contains(event.at()))
                .filter(event -> deeds.stream().noneMatch(deed -> deed.isSameAs(event) && !deed.failed()))
                .distinct()
                .map(event -> judge(node, all, event))
                .toList();
    }

    private static Observation judge(NodeCase node, List<NodeCase> all, AlarmTold.Event event) {
        List<KnownLine> stalls = node.inWindow(Log.Program.ETCD).stream()
                .filter(line -> FirstComplaints.STALLS.contains(line.signature().id()))
                .filter(line -> near(line, event.at()))
                .toList();
        Optional<GuestPause> pause = event.kind() == AlarmTold.Kind.LIVE_MIGRATION && stalls.isEmpty()
                ? GuestPause.of(node, all).filter(found -> found.near(event.at(), event.at(), NEAR))
                : Optional.empty();
        if (pause.isPresent()) {
            return new Observation.Seen(
                    "vm-live-migrated-felt",
                    Map.of(
                            "eventAt", Instants.text(event.at()),
                            "from", Instants.text(pause.get().from()),
                            "to", Instants.text(pause.get().to())),
                    pause.get().sources(),
                    Optional.of(event.at()));
        }
        Optional<GuestBoot> boot = GuestBoot.around(node, event.at(), event.at());
        Optional<Observation> joined = boot.flatMap(found -> joined(event, found));
        if (joined.isPresent()) {
            return joined.get();
        }
        String kind = switch (event.kind()) {
            case RESTART -> "vm-event-restart";
            case LIVE_MIGRATION -> stalls.isEmpty() ? "vm-live-migrated" : "vm-live-migrated-with-stall";
            case COLD_MIGRATION -> "vm-cold-migrated";
            case HA_FAILOVER -> "vm-rebuilt-by-ha";
            case STOP -> "vm-event-stop";
            case FAULT -> "vm-event-fault";
        };
        return new Observation.Seen(
                kind,
                Map.of("eventAt", Instants.text(event.at())),
                stalls.stream().limit(3).map(line -> line.line().source()).toList(),
                Optional.of(event.at()));
    }

    /** What the guest shows of a boot decides what a move that needs one, or needs none, is worth. */
    private static Optional<Observation> joined(AlarmTold.Event event, GuestBoot boot) {
        boolean booted = boot.around() == GuestBoot.Around.BOOTED;
        Optional<String> kind = switch (event.kind()) {
            case COLD_MIGRATION, HA_FAILOVER -> Optional.of(booted ? "vm-moved-and-booted" : "vm-moved-without-boot");
            case LIVE_MIGRATION -> booted ? Optional.of("vm-live-migrated-and-booted") : Optional.empty();
            // Whether a restart was one is told by row V2.
            case RESTART, STOP, FAULT -> Optional.empty();
        };
        return kind.map(told -> {
            var values = new HashMap<>(boot.values());
            values.put("eventAt", Instants.text(event.at()));
            values.put("event", told(event.kind()));
            return new Observation.Seen(told, values, boot.sources(), Optional.of(event.at()));
        });
    }

    /** The words are translated by the phrases that begin with {@code said-}. */
    private static String told(AlarmTold.Kind kind) {
        return switch (kind) {
            case COLD_MIGRATION -> "a cold migration";
            case HA_FAILOVER -> "a rebuild by high availability";
            case LIVE_MIGRATION -> "a live migration";
            case RESTART, STOP, FAULT -> kind.name();
        };
    }

    private static boolean near(KnownLine line, Instant event) {
        return line.at()
                .filter(at -> Duration.between(at, event).abs().compareTo(NEAR) <= 0)
                .isPresent();
    }
}
