package org.etcdmedic.verdict;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.etcdmedic.evidence.GuestTrace;
import org.etcdmedic.evidence.Log;
import org.etcdmedic.evidence.LogLine;
import org.etcdmedic.evidence.NodeIdentity;
import org.etcdmedic.evidence.Source;
import org.etcdmedic.evidence.SystemLog;

/**
 * A time in which a whole guest seems to have stood still, as its own traces tell: a silence in every log at once while the
 * other nodes wrote on, lines of its kernel and its time service, or both.
 *
 * @param shape what tells of it
 * @param from the last sign of life before, or the first trace
 * @param to the first sign of life after, or the last trace
 * @param othersWrote lines that the other nodes wrote meanwhile
 * @param words the most telling trace; empty where there is only silence
 * @param sources the lines
 */
record GuestPause(Shape shape, Instant from, Instant to, long othersWrote, String words, List<Source> sources) {
    /** What tells of a pause. */
    enum Shape {
        /** All logs are silent, and nothing else tells of it. */
        SILENCE,
        /** The kernel or the time service noticed something, and no log shows a silence. */
        NOTICED,
        /** All logs are silent, and the kernel or the time service noticed just that. */
        BOTH
    }

    /** Shorter silences are everyday life. */
    private static final Duration SHORTEST = Duration.ofSeconds(4);

    /** Fewer lines do not show how often a node usually writes. */
    private static final int ENOUGH_LINES = 20;

    /** The length that a trace tells and the silence may differ by so much: a line is written when there is something to write. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    /** A time service notices a jump when it asks its servers next. */
    private static final Duration NOTICED_WITHIN = Duration.ofMinutes(2);

    /** While a machine boots, its kernel chooses a clock and its time service sets it. */
    private static final Duration BOOTING = Duration.ofMinutes(10);

    /** A silence in all logs of a node. */
    private record Silence(Instant from, Instant to, List<Source> sources) {
        Duration length() {
            return Duration.between(from, to);
        }

        boolean isToldBy(GuestTrace trace) {
            return !trace.at().isBefore(from.minus(TOLERANCE)) && !trace.at().isAfter(to.plus(NOTICED_WITHIN));
        }

        boolean isAsLongAs(Duration told) {
            return told.minus(length()).abs().compareTo(TOLERANCE) <= 0;
        }
    }

    /** The pause that the traces of this node tell of, where they do. */
    static Optional<GuestPause> of(NodeCase node, List<NodeCase> all) {
        List<GuestTrace> traces = traces(node);
        Optional<Silence> silence = silence(node);
        long others = silence.map(s -> written(node, all, s)).orElse(0L);
        if (silence.isPresent() && others >= 2) {
            Silence silent = silence.get();
            List<GuestTrace> telling = traces.stream().filter(silent::isToldBy).toList();
            boolean sameLength =
                    telling.stream().flatMap(trace -> trace.length().stream()).anyMatch(silent::isAsLongAs);
            boolean both = sameLength || kinds(telling) >= 2;
            return Optional.of(new GuestPause(
                    both ? Shape.BOTH : Shape.SILENCE,
                    silent.from(),
                    silent.to(),
                    others,
                    both ? Quote.of(telling.getFirst().text()) : "",
                    Stream.concat(
                                    silent.sources().stream(),
                                    telling.stream().limit(both ? 3 : 0).map(GuestTrace::source))
                            .toList()));
        }
        return traces.stream()
                .map(first -> traces.stream()
                        .filter(trace -> !trace.at().isBefore(first.at())
                                && !trace.at().isAfter(first.at().plus(NOTICED_WITHIN)))
                        .toList())
                .filter(together -> kinds(together) >= 2 || together.getFirst().kind() == GuestTrace.Kind.HOST)
                .findFirst()
                .map(GuestPause::noticed);
    }

    private static GuestPause noticed(List<GuestTrace> traces) {
        return new GuestPause(
                Shape.NOTICED,
                traces.getFirst().at(),
                traces.getLast().at(),
                0,
                Quote.of(traces.getFirst().text()),
                traces.stream().limit(3).map(GuestTrace::source).toList());
    }

    /** Whether it lies in this time, or close to it. */
    boolean near(Instant begin, Instant end, Duration margin) {
        return !to.isBefore(begin.minus(margin)) && !from.isAfter(end.plus(margin));
    }

    /** The traces of the window, oldest first; none of what belongs to a boot. */
    static List<GuestTrace> traces(NodeCase node) {
        Optional<Instant> booted =
                node.evidence().identity().known().map(NodeIdentity::bootedAt).map(node::corrected);
        List<SystemLog.Line> lines = Stream.of(
                        node.evidence().kernelLog(), node.evidence().systemLog())
                .flatMap(log -> log.known().stream())
                .flatMap(log -> log.lines().stream())
                .toList();
        return GuestTrace.in(lines).stream()
                .filter(trace -> node.window().contains(trace.at()))
                .filter(trace -> booted.filter(boot -> trace.at().isBefore(boot.plus(BOOTING))
                                && !trace.at().isBefore(boot.minusSeconds(60)))
                        .isEmpty())
                .sorted(Comparator.comparing(GuestTrace::at))
                .toList();
    }

    private static long kinds(List<GuestTrace> traces) {
        return traces.stream().map(GuestTrace::kind).distinct().count();
    }

    /** The one silence that stands out. Only of a node whose etcd ran through the window: else there was less to write. */
    private static Optional<Silence> silence(NodeCase node) {
        List<LogLine> lines = written(node);
        boolean shows = node.etcd().ranThroughout() && lines.size() >= ENOUGH_LINES;
        if (!shows) {
            return Optional.empty();
        }
        var silences = new ArrayList<Silence>();
        for (int i = 1; i < lines.size(); i++) {
            silences.add(new Silence(
                    lines.get(i - 1).at().orElseThrow(),
                    lines.get(i).at().orElseThrow(),
                    List.of(lines.get(i - 1).source(), lines.get(i).source())));
        }
        silences.sort(Comparator.comparing(Silence::length).reversed());
        Silence longest = silences.getFirst();
        boolean standsOut = longest.length().compareTo(SHORTEST) >= 0
                && longest.length().compareTo(silences.get(1).length().multipliedBy(2)) > 0;
        return standsOut ? Optional.of(longest) : Optional.empty();
    }

    /** What the node's programs wrote in the window, of all logs together, oldest first. */
    private static List<LogLine> written(NodeCase node) {
        return Stream.of(
                        node.evidence().etcdLog(),
                        node.evidence().cmAgentLog(),
                        node.evidence().omMonitorLog())
                .flatMap(log -> log.known().stream())
                .map(Log::lines)
                .flatMap(List::stream)
                .filter(LogLine::ownTime)
                .filter(line -> line.at().filter(node.window()::contains).isPresent())
                .sorted(Comparator.comparing(line -> line.at().orElseThrow()))
                .toList();
    }

    private static long written(NodeCase node, List<NodeCase> all, Silence silence) {
        return all.stream()
                .filter(other -> !other.node().equals(node.node()))
                .flatMap(other -> written(other).stream())
                .map(line -> line.at().orElseThrow())
                .filter(at -> at.isAfter(silence.from().plusSeconds(1))
                        && at.isBefore(silence.to().minusSeconds(1)))
                .count();
    }
}
