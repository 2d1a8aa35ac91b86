package org.etcdmedic.verdict;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.etcdmedic.evidence.MachineRecord;
import org.etcdmedic.evidence.MachineRecord.Action;
import org.etcdmedic.evidence.MachineRecord.Migration;
import org.etcdmedic.evidence.Source;

/**
 * Something that was done to a virtual machine near the alarm, as the infrastructure's compute API tells, once for
 * whatever stands there as an action and as a migration.
 *
 * @param kind what was done
 * @param word the API's own word for it
 * @param user who asked for it; empty where that is not told
 * @param from when it began
 * @param to when it ended, where known
 * @param failed it came to nothing
 * @param source where it stands
 */
record MachineDeed(
        Kind kind, String word, String user, Instant from, Optional<Instant> to, boolean failed, Source source) {
    /** An action and its migration, or the alarm's event and the API's, lie no further apart. */
    private static final Duration SAME = Duration.ofMinutes(5);

    /** What was done. */
    enum Kind {
        REBOOT(AlarmTold.Kind.RESTART),
        REBUILD(AlarmTold.Kind.RESTART),
        STOP(AlarmTold.Kind.STOP),
        START(AlarmTold.Kind.RESTART),
        LIVE_MIGRATION(AlarmTold.Kind.LIVE_MIGRATION),
        COLD_MIGRATION(AlarmTold.Kind.COLD_MIGRATION),
        EVACUATION(AlarmTold.Kind.HA_FAILOVER);

        private final AlarmTold.Kind told;

        Kind(AlarmTold.Kind told) {
            this.told = told;
        }
    }

    /** Those that began or ended in the window, oldest first. */
    static List<MachineDeed> of(NodeCase node) {
        MachineRecord record = node.outside().machine();
        var deeds = new ArrayList<MachineDeed>();
        record.actions().known().stream()
                .flatMap(List::stream)
                .flatMap(action -> of(action).stream())
                .filter(deed -> deed.near(node))
                .forEach(deeds::add);
        record.migrations().known().stream()
                .flatMap(List::stream)
                .flatMap(migration -> of(migration).stream())
                .filter(deed -> deed.near(node))
                .filter(deed -> deeds.stream().noneMatch(deed::isSameAs))
                .forEach(deeds::add);
        deeds.sort(Comparator.comparing(MachineDeed::from));
        return deeds;
    }

    /** Names of actions: nova.compute.instance_actions. What only looks at a machine or adds to it is none of ours. */
    private static Optional<MachineDeed> of(Action action) {
        return switch (action.kind()) {
            case "reboot" -> of(action, Kind.REBOOT);
            case "rebuild" -> of(action, Kind.REBUILD);
            case "stop", "pause", "suspend", "shelve", "shelveOffload", "rescue", "delete" -> of(action, Kind.STOP);
            case "start", "unpause", "resume", "unshelve", "unrescue" -> of(action, Kind.START);
            case "live-migration" -> of(action, Kind.LIVE_MIGRATION);
            case "migrate", "resize" -> of(action, Kind.COLD_MIGRATION);
            case "evacuate" -> of(action, Kind.EVACUATION);
            default -> Optional.empty();
        };
    }

    private static Optional<MachineDeed> of(Action action, Kind kind) {
        return Optional.of(new MachineDeed(
                kind,
                action.kind(),
                action.user(),
                action.startedAt(),
                action.endedAt(),
                action.failed(),
                action.source()));
    }

    private static Optional<MachineDeed> of(Migration migration) {
        Optional<Kind> kind = switch (migration.kind()) {
            case "live-migration" -> Optional.of(Kind.LIVE_MIGRATION);
            case "migration", "resize" -> Optional.of(Kind.COLD_MIGRATION);
            case "evacuation" -> Optional.of(Kind.EVACUATION);
            default -> Optional.empty();
        };
        boolean failed = List.of("error", "failed", "cancelled").contains(migration.status());
        return kind.map(k -> new MachineDeed(
                k, migration.kind(), "", migration.startedAt(), migration.changedAt(), failed, migration.source()));
    }

    private boolean near(NodeCase node) {
        boolean spans = !from.isAfter(node.window().to())
                && to.filter(end -> !end.isBefore(node.window().from())).isPresent();
        return spans || node.window().contains(from);
    }

    private boolean isSameAs(MachineDeed other) {
        return kind == other.kind && Duration.between(from, other.from).abs().compareTo(SAME) <= 0;
    }

    /** Whether the alarm's event tells of the same. */
    boolean isSameAs(AlarmTold.Event event) {
        return kind.told == event.kind()
                && !event.at().isBefore(from.minus(SAME))
                && !event.at().isAfter(to.orElse(from).plus(SAME));
    }

    /** Whether it ends in a new boot of the guest. */
    boolean reboots() {
        return switch (kind) {
            case REBOOT, REBUILD, START, COLD_MIGRATION, EVACUATION -> true;
            case STOP, LIVE_MIGRATION -> false;
        };
    }
}
