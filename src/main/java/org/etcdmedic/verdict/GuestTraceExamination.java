package org.etcdmedic.verdict;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.etcdmedic.evidence.GuestTrace;
import org.etcdmedic.evidence.Log;
import org.etcdmedic.evidence.LogLine;
import org.etcdmedic.evidence.Reading;

/**
 * Rows V3 and B15 by the guest's own traces: that it stood still as a whole, as while a host moves it, and that its clock
 * jumped. What nobody but the guest tells of is never more than likely.
 */
final class GuestTraceExamination implements Examination {
    /** etcd warns of clocks that differ by so much. */
    private static final Duration NOTABLE = Duration.ofSeconds(1);

    /** Threads that write one log may pass each other by less. */
    private static final Duration DISORDER = Duration.ofSeconds(2);

    @Override
    public List<Observation> examine(NodeCase node) {
        return examine(node, List.of(node));
    }

    @Override
    public List<Observation> examine(NodeCase node, List<NodeCase> all) {
        var seen = new ArrayList<Observation>();
        GuestPause.of(node, all).map(GuestTraceExamination::told).ifPresent(seen::add);
        jump(node).ifPresent(seen::add);
        Stream.of(node.evidence().etcdLog(), node.evidence().cmAgentLog())
                .flatMap(log -> wentBack(node, log).stream())
                .forEach(seen::add);
        return seen;
    }

    /** Whether something shows that the node's clock jumped in the window. */
    static boolean clockJumped(NodeCase node) {
        return jump(node).isPresent()
                || Stream.of(node.evidence().etcdLog(), node.evidence().cmAgentLog())
                        .anyMatch(log -> wentBack(node, log).isPresent());
    }

    private static Observation told(GuestPause pause) {
        String kind = switch (pause.shape()) {
            case SILENCE -> "guest-silent";
            case NOTICED -> "guest-pause-noticed";
            case BOTH -> "guest-paused";
        };
        return new Observation.Seen(
                kind,
                Map.of(
                        "from", Instants.text(pause.from()),
                        "to", Instants.text(pause.to()),
                        "seconds", seconds(Duration.between(pause.from(), pause.to())),
                        "others", String.valueOf(pause.othersWrote()),
                        "line", pause.words()),
                pause.sources(),
                Optional.of(pause.from()));
    }

    private static Optional<Observation> jump(NodeCase node) {
        return GuestPause.traces(node).stream()
                .filter(trace -> trace.kind() == GuestTrace.Kind.TIME_JUMP)
                .filter(trace -> trace.length()
                        .filter(length -> length.compareTo(NOTABLE) < 0)
                        .isEmpty())
                .findFirst()
                .map(trace -> new Observation.Seen(
                        "clock-jump-told",
                        Map.of("line", Quote.of(trace.text())),
                        List.of(trace.source()),
                        Optional.of(trace.at())));
    }

    /** The time of a log that runs backwards: its lines stand in the order in which they were written. */
    private static Optional<Observation> wentBack(NodeCase node, Reading<Log> reading) {
        List<LogLine> lines = reading.known().stream()
                .flatMap(log -> log.lines().stream())
                .filter(LogLine::ownTime)
                .filter(line -> line.at().filter(node.window()::contains).isPresent())
                .toList();
        for (int i = 1; i < lines.size(); i++) {
            LogLine before = lines.get(i - 1);
            LogLine line = lines.get(i);
            Instant last = before.at().orElseThrow();
            Instant next = line.at().orElseThrow();
            if (next.isBefore(last.minus(DISORDER))) {
                return Optional.of(new Observation.Seen(
                        "clock-went-back",
                        Map.of(
                                "from", Instants.text(last),
                                "to", Instants.text(next),
                                "seconds", seconds(Duration.between(next, last))),
                        List.of(before.source(), line.source()),
                        Optional.of(next)));
            }
        }
        return Optional.empty();
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f", duration.toMillis() / 1000.0);
    }
}
