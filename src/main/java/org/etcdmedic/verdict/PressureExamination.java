package org.etcdmedic.verdict;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.etcdmedic.evidence.Pressure;
import org.etcdmedic.evidence.Reading;
import org.etcdmedic.evidence.Source;
import org.etcdmedic.evidence.SystemLoad;
import org.etcdmedic.knowledge.Knowledge;

/**
 * Row O5: pressure stall information. The mean of the last ten seconds is now; that of the last five minutes reaches back,
 * and testifies to what etcd complained of in those five minutes, also when the shortage is over.
 */
final class PressureExamination implements Examination {
    private static final Duration REACH = Duration.ofMinutes(5);

    private final Knowledge knowledge;

    PressureExamination(Knowledge knowledge) {
        this.knowledge = knowledge;
    }

    @Override
    public List<Observation> examine(NodeCase node) {
        return switch (node.evidence().load()) {
            // Told by LoadExamination; a kernel without this file lacks nothing that decides.
            case Reading.Unknown<SystemLoad> ignored -> List.of();
            case Reading.Known<SystemLoad>(SystemLoad load, Source source) -> judge(node, load, source);
        };
    }

    private List<Observation> judge(NodeCase node, SystemLoad load, Source source) {
        Complaints complaints = Complaints.of(node);
        var seen = new ArrayList<Observation>();
        for (Pressure.Resource resource : Pressure.Resource.values()) {
            if (!explains(resource, complaints)) {
                continue;
            }
            Optional<Pressure> pressure = load.pressures().stream()
                    .filter(p -> p.resource() == resource && p.whole() == whole(resource))
                    .findFirst();
            boolean reaches = complaints
                    .last()
                    .filter(at -> Duration.between(at, load.at()).compareTo(REACH) <= 0)
                    .isPresent();
            pressure.flatMap(p -> kind(p, reaches).map(kind -> observation(kind, p, load.at(), source)))
                    .ifPresent(seen::add);
        }
        return seen;
    }

    /** Of a processor somebody always has the use, so only {@code some} tells; else it counts that nothing went on. */
    static boolean whole(Pressure.Resource resource) {
        return resource != Pressure.Resource.CPU;
    }

    static boolean explains(Pressure.Resource resource, Complaints complaints) {
        return switch (resource) {
            case CPU -> !complaints.late().isEmpty();
            case MEMORY, IO -> complaints.any();
        };
    }

    private Optional<String> kind(Pressure pressure, boolean reaches) {
        String name = pressure.resource().name().toLowerCase(Locale.ROOT);
        String now = name + "-pressure-now";
        String lately = name + "-pressure-lately";
        if (pressure.last10() >= 100 * knowledge.finding(now).threshold("last10Percent")) {
            return Optional.of(now);
        }
        return reaches && pressure.last300() >= 100 * knowledge.finding(lately).threshold("last300Percent")
                ? Optional.of(lately)
                : Optional.empty();
    }

    /** What was short over five minutes has no beginning. */
    private static Observation observation(String kind, Pressure pressure, Instant look, Source source) {
        Observation.Seen seen = Observation.seen(kind, values(pressure), source);
        return kind.endsWith("-now") ? LoadExamination.atTheLook(seen, look) : seen;
    }

    static Map<String, String> values(Pressure pressure) {
        return Map.of(
                "last10", String.valueOf(pressure.last10() / 100),
                "last60", String.valueOf(pressure.last60() / 100),
                "last300", String.valueOf(pressure.last300() / 100));
    }
}
