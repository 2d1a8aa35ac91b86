package org.etcdmedic.verdict;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.etcdmedic.evidence.NodeIdentity;
import org.etcdmedic.evidence.Reading;
import org.etcdmedic.evidence.Source;

/** Row V2: was the virtual machine restarted near the alarm. The guest's own boot time decides, corrected by its clock. */
final class BootExamination implements Examination {
    /** A boot and the event that tells of it lie no further apart. */
    private static final Duration NEAR = Duration.ofMinutes(5);

    @Override
    public List<Observation> examine(NodeCase node) {
        return switch (node.evidence().identity()) {
            case Reading.Unknown<NodeIdentity> unknown -> List.of(Observation.notLooked("V2", unknown));
            case Reading.Known<NodeIdentity>(NodeIdentity identity, Source source) ->
                judge(node, node.corrected(identity.bootedAt()), identity.bootId(), source);
        };
    }

    private static List<Observation> judge(NodeCase node, Instant booted, String bootId, Source source) {
        if (booted.isAfter(node.window().to())) {
            // This boot hides whether there was another one before it, unless something keeps a record of it.
            return List.of(BootStory.earlier(node)
                    .orElseGet(() -> new Observation.NotLooked(
                            "V2", Reading.Gap.MISSING, "the machine was started later, at " + Instants.text(booted))));
        }
        boolean within = node.window().contains(booted);
        var seen = new ArrayList<Observation>();
        seen.add(new Observation.Seen(
                within ? "vm-restarted" : "vm-not-restarted",
                withId(booted, bootId),
                List.of(source),
                within ? Optional.of(booted) : Optional.empty()));
        if (within) {
            BootStory.before(node, booted).ifPresent(seen::add);
        }
        restartsToldOf(node)
                .filter(told -> booted.isBefore(told.minus(NEAR)))
                .findFirst()
                .ifPresent(told -> seen.add(new Observation.Seen(
                        "restart-not-in-guest",
                        Map.of(
                                "eventAt", Instants.text(told),
                                "bootedAt", Instants.text(booted),
                                "bootId", bootId.isBlank() ? "-" : bootId),
                        List.of(source),
                        Optional.of(told))));
        return seen;
    }

    private static Map<String, String> withId(Instant booted, String bootId) {
        return bootId.isBlank()
                ? Map.of("bootedAt", Instants.text(booted))
                : Map.of("bootedAt", Instants.text(booted), "bootId", bootId);
    }

    /** When the alarm or the infrastructure says that the guest was restarted. */
    private static Stream<Instant> restartsToldOf(NodeCase node) {
        return Stream.concat(
                node.told().events().stream()
                        .filter(event -> event.kind() == AlarmTold.Kind.RESTART)
                        .map(AlarmTold.Event::at)
                        .filter(node.window()::contains),
                MachineDeed.of(node).stream()
                        .filter(deed -> !deed.failed())
                        .filter(deed ->
                                deed.kind() == MachineDeed.Kind.REBOOT || deed.kind() == MachineDeed.Kind.REBUILD)
                        .map(MachineDeed::from));
    }
}
