package org.etcdmedic.bundle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.etcdmedic.evidence.Log;
import org.etcdmedic.evidence.LogLine;
import org.etcdmedic.evidence.NodeEvidence;
import org.etcdmedic.evidence.Reading;
import org.etcdmedic.evidence.SystemLog;
import org.etcdmedic.knowledge.Knowledge;
import org.etcdmedic.knowledge.Signature;
import org.etcdmedic.knowledge.SignatureEngine;
import org.etcdmedic.knowledge.SignatureMatch;

/**
 * Finds the time to judge where none is given. First an etcd that ended and was not started again by its own log; then the last
 * complaint of etcd, the cluster manager or the kernel; then the last line.
 */
final class TroubleTime {
    /** Row O2: single slow requests belong to normal life, see etcd's FAQ. */
    private static final String SLOW_REQUESTS = "O2";

    private static final Pattern KILL = Pattern.compile("(?:Out of memory|Killed process \\d).{0,80}\\(etcd\\)");

    private final SignatureEngine signatures;

    TroubleTime(Knowledge knowledge) {
        this.signatures = new SignatureEngine(knowledge.signatures());
    }

    /** A time and how it was found. */
    record Found(Instant at, BundleCase.TimeBy by) {}

    Optional<Found> in(List<NodeEvidence> nodes) {
        var ends = new ArrayList<Instant>();
        var troubles = new ArrayList<Instant>();
        var lines = new ArrayList<Instant>();
        for (NodeEvidence node : nodes) {
            Stream.of(node.etcdLog(), node.omMonitorLog(), node.cmAgentLog(), node.omLog())
                    .flatMap(log -> log.known().stream())
                    .forEach(log -> look(log, ends, troubles, lines));
            systemLines(node)
                    .forEach(line -> line.at().ifPresent(at -> {
                        lines.add(at);
                        if (KILL.matcher(line.text()).find()) {
                            troubles.add(at);
                        }
                    }));
        }
        return latest(ends, BundleCase.TimeBy.LAST_END)
                .or(() -> latest(troubles, BundleCase.TimeBy.LAST_TROUBLE))
                .or(() -> latest(lines, BundleCase.TimeBy.LAST_LINE));
    }

    private void look(Log log, List<Instant> ends, List<Instant> troubles, List<Instant> lines) {
        Optional<Instant> end = Optional.empty();
        for (LogLine line : log.lines()) {
            if (line.at().isEmpty()) {
                continue;
            }
            lines.add(line.at().get());
            for (SignatureMatch match : signatures.match(log.program(), line)) {
                Signature signature = match.signature();
                end = log.program() == Log.Program.ETCD ? end(signature, line, end) : end;
                if (complains(signature)) {
                    troubles.add(line.at().get());
                }
            }
        }
        end.ifPresent(ends::add);
    }

    private static Optional<Instant> end(Signature signature, LogLine line, Optional<Instant> end) {
        return switch (signature.kind()) {
            case FATAL -> line.at();
            case READY -> Optional.empty();
            case START, STOP, CM_ACTION, SYMPTOM, ROUTINE -> end;
        };
    }

    private static boolean complains(Signature signature) {
        return switch (signature.kind()) {
            case FATAL, STOP -> true;
            case CM_ACTION -> !signature.supports().isEmpty();
            case SYMPTOM ->
                signature.about() != Signature.About.CLIENT
                        && !signature.check().equals(SLOW_REQUESTS);
            case START, READY, ROUTINE -> false;
        };
    }

    private static Optional<Found> latest(List<Instant> times, BundleCase.TimeBy by) {
        return times.stream().max(Instant::compareTo).map(at -> new Found(at, by));
    }

    private static Stream<SystemLog.Line> systemLines(NodeEvidence node) {
        return Stream.<Reading<SystemLog>>of(node.kernelLog(), node.systemLog())
                .flatMap(log -> log.known().stream())
                .flatMap(log -> log.lines().stream());
    }
}
