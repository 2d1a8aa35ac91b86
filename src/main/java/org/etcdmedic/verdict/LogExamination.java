package org.etcdmedic.verdict;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.etcdmedic.evidence.Log;
import org.etcdmedic.evidence.LogLine;
import org.etcdmedic.evidence.Reading;
import org.etcdmedic.evidence.Source;
import org.etcdmedic.knowledge.Signature;

/**
 * Rows P7, C2, C5, C9, M2 and the rows beyond the runbook: what etcd itself and the cluster manager wrote in the window. Old
 * lines never testify, with one exception: the last words of a process that has not run since.
 */
final class LogExamination implements Examination {
    /** So many lines of one signature are quoted; the rest is the same again. */
    private static final int QUOTED = 3;

    @Override
    public List<Observation> examine(NodeCase node) {
        var seen = new ArrayList<Observation>();
        seen.addAll(etcd(node));
        seen.addAll(of(node, node.inWindow(Log.Program.CM_AGENT)));
        seen.addAll(of(node, node.inWindow(Log.Program.OM_MONITOR)));
        seen.addAll(of(node, node.inWindow(Log.Program.OM)));
        read(node.evidence().cmAgentLog(), "cm-agent-log-read").ifPresent(seen::add);
        switch (node.evidence().cmAgentLog()) {
            case Reading.Unknown<Log> unknown -> {
                if (!node.etcd().ranThroughout()) {
                    seen.add(Observation.notLooked("C5", unknown));
                }
            }
            case Reading.Known<Log>(Log log, Source ignored) ->
                notWhole("C5", log).ifPresent(seen::add);
        }
        return seen;
    }

    private static List<Observation> etcd(NodeCase node) {
        return switch (node.evidence().etcdLog()) {
            case Reading.Unknown<Log> unknown -> List.of(Observation.notLooked("P7", unknown));
            case Reading.Known<Log>(Log log, Source source) -> {
                var seen = new ArrayList<Observation>();
                List<KnownLine> lines = new ArrayList<>(node.inWindow(Log.Program.ETCD));
                // What stands behind the part that was read may be a start: then nothing in that part was the last
                // word.
                lines.addAll(log.toEnd() ? lastWords(node) : List.of());
                seen.addAll(of(node, lines));
                // Who was told to stop has not died without a word.
                boolean namedAReason = lines.stream()
                        .map(line -> line.signature().kind())
                        .anyMatch(kind -> kind == Signature.Kind.FATAL || kind == Signature.Kind.STOP);
                boolean heardOut = log.complete() && log.toEnd();
                if (node.etcd() instanceof EtcdState.Down && !namedAReason && heardOut) {
                    lastLine(log)
                            .map(line -> Observation.seen(
                                    "etcd-died-silently", Map.of("lastLine", line.text()), line.source()))
                            .ifPresent(seen::add);
                }
                notWhole("C9", log).ifPresent(seen::add);
                read(node.evidence().etcdLog(), "etcd-log-read").ifPresent(seen::add);
                yield seen;
            }
        };
    }

    /** A part of the window that was not read may hold any line: from none of them being seen nothing follows. */
    private static Optional<Observation> notWhole(String check, Log log) {
        return log.complete()
                ? Optional.empty()
                : Optional.of(new Observation.NotLooked(
                        check,
                        Reading.Gap.PARTLY_READ,
                        log.reachesBackTo().map(Instants::text).orElse("")));
    }

    /** That a log was wholly read, so that what does not stand in it was not written. */
    private static Optional<Observation> read(Reading<Log> reading, String kind) {
        return reading instanceof Reading.Known<Log>(Log log, Source source) && log.complete()
                ? Optional.of(Observation.seen(
                        kind,
                        Map.of(
                                "lines", String.valueOf(log.lines().size()),
                                "from", log.reachesBackTo().map(Instants::text).orElse("-")),
                        source))
                : Optional.empty();
    }

    /**
     * Lines of the process that ended last, where nothing was started after them: they hold however old they are. They
     * may well look old: what ends before it has a log writes without a time, and such a line has that of the line before.
     */
    private static List<KnownLine> lastWords(NodeCase node) {
        if (!node.etcd().down()) {
            return List.of();
        }
        List<KnownLine> own = node.known().stream()
                .filter(line -> line.program() == Log.Program.ETCD)
                .toList();
        int lastStart = -1;
        for (int i = 0; i < own.size(); i++) {
            Signature.Kind kind = own.get(i).signature().kind();
            if (kind == Signature.Kind.START || kind == Signature.Kind.READY) {
                lastStart = i;
            }
        }
        return own.subList(lastStart + 1, own.size()).stream()
                .filter(line -> line.signature().kind() == Signature.Kind.FATAL)
                .filter(line -> line.at().filter(node.window()::contains).isEmpty())
                .toList();
    }

    /** One observation for each signature, however often its line stands there. */
    private static List<Observation> of(NodeCase node, List<KnownLine> lines) {
        var bySignature = new LinkedHashMap<String, List<KnownLine>>();
        for (KnownLine line : lines) {
            if (testifies(node, line.signature())) {
                bySignature
                        .computeIfAbsent(line.signature().id(), id -> new ArrayList<>())
                        .add(line);
            }
        }
        return bySignature.values().stream()
                .map(known -> observation(FaultyRelease.rather(node, known.getLast()), known))
                .toList();
    }

    private static boolean testifies(NodeCase node, Signature signature) {
        return switch (signature.kind()) {
            case ROUTINE, START, READY -> false;
            // A second start that fails does no harm to the process that runs on.
            case FATAL -> !node.etcd().ranThroughout();
            case STOP, CM_ACTION, SYMPTOM -> true;
        };
    }

    private static Observation observation(String kind, List<KnownLine> lines) {
        KnownLine last = lines.getLast();
        return new Observation.Seen(
                kind,
                last.captured(),
                lines.reversed().stream()
                        .limit(QUOTED)
                        .map(line -> line.line().source())
                        .sorted(Comparator.comparingInt(Source::firstLine))
                        .toList(),
                lines.getFirst().at());
    }

    private static Optional<LogLine> lastLine(Log log) {
        return log.lines().reversed().stream()
                .filter(line -> !line.text().isBlank())
                .findFirst();
    }
}
