package org.etcdmedic.verdict;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.etcdmedic.evidence.NodeIdentity;
import org.etcdmedic.evidence.Reading;
import org.etcdmedic.evidence.RebootRecords;
import org.etcdmedic.evidence.Source;

/**
 * Whether the guest itself booted when something is told to have been done to its machine: by the boot that runs, its time
 * and its id, and by the boots that its records and its journal hold.
 *
 * @param around what the guest shows
 * @param bootedAt the boot: the new one, or the one that runs on
 * @param bootId the kernel's id of it; empty where it is not known
 * @param before the id of the boot before a new one; empty where it is not known
 * @param sources the lines
 */
record GuestBoot(Around around, Instant bootedAt, String bootId, String before, List<Source> sources) {
    /** A boot and the event that tells of it lie no further apart. */
    static final Duration NEAR = Duration.ofMinutes(5);

    /** What the guest shows. */
    enum Around {
        /** It booted then. */
        BOOTED,
        /** One and the same boot ran from before until after. */
        RAN_ON
    }

    /** One boot: when it began, until when it surely ran, and its id. */
    private record Run(Instant from, Instant until, String id, Source source) {}

    /** Whether it booted near this time; empty where nothing tells. */
    static Optional<GuestBoot> around(NodeCase node, Instant from, Instant to) {
        List<Run> runs = runs(node);
        Instant early = from.minus(NEAR);
        Instant late = to.plus(NEAR);
        for (int i = runs.size() - 1; i >= 0; i--) {
            Run run = runs.get(i);
            if (!run.from().isBefore(early) && !run.from().isAfter(late)) {
                String before = runs.subList(0, i).stream()
                        .map(Run::id)
                        .filter(id -> !id.isEmpty() && !id.equals(run.id()))
                        .reduce((first, second) -> second)
                        .orElse("");
                return Optional.of(new GuestBoot(Around.BOOTED, run.from(), run.id(), before, List.of(run.source())));
            }
        }
        return runs.stream()
                .filter(run -> run.from().isBefore(early) && run.until().isAfter(to))
                .findFirst()
                .map(run -> new GuestBoot(Around.RAN_ON, run.from(), run.id(), "", List.of(run.source())));
    }

    /** Values of a statement. */
    Map<String, String> values() {
        var values = new HashMap<String, String>();
        values.put("bootedAt", Instants.text(bootedAt));
        values.put("bootId", bootId.isEmpty() ? "-" : bootId);
        if (around == Around.BOOTED) {
            values.put("idBefore", before.isEmpty() ? "-" : before);
        }
        return values;
    }

    /** Boots that are known, oldest first; the one that runs comes last, and reaches until the look. */
    private static List<Run> runs(NodeCase node) {
        var runs = new ArrayList<Run>();
        node.evidence().rebootRecords().known().map(RebootRecords::boots).stream()
                .flatMap(List::stream)
                .map(boot -> new Run(boot.first(), boot.last(), boot.id(), boot.source()))
                .forEach(runs::add);
        if (node.evidence().identity() instanceof Reading.Known<NodeIdentity>(NodeIdentity now, Source source)) {
            String id = now.bootId().replace("-", "").toLowerCase(Locale.ROOT);
            Stream<Instant> told = Stream.concat(
                    Stream.of(node.corrected(now.bootedAt())),
                    runs.stream()
                            .filter(run -> !id.isEmpty() && run.id().equals(id))
                            .map(Run::from));
            Instant from = told.min(Instant::compareTo).orElseThrow();
            runs.removeIf(run -> run.id().equals(id));
            runs.add(new Run(from, node.corrected(now.clock()), id, source));
        }
        return runs;
    }
}
