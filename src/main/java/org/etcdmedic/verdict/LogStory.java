package org.etcdmedic.verdict;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.etcdmedic.evidence.Log;
import org.etcdmedic.evidence.LogLine;
import org.etcdmedic.evidence.Source;
import org.etcdmedic.knowledge.Signature;
import org.etcdmedic.probe.Reach;

/**
 * What etcd's own log tells of its process where no process table does: a log that was collected by hand. It tells how a
 * process ended and that another one began, and never what is so now.
 */
enum LogStory {
    /** No line of the window ends a process, or the node was asked and its process table counts. */
    NO_END,
    /** A line of the window ended the process: behind it a new one begins, or nothing comes. */
    ENDED,
    /** Behind a line that should have ended it a process writes on, without a new beginning: which one ended stays open. */
    WRITES_ON;

    /** A process that ends still writes what it has at hand. */
    private static final Duration LAST_BREATH = Duration.ofSeconds(3);

    /** A new etcd names its settings before it says that it begins. */
    private static final int BEFORE_THE_BANNER = 20;

    private static final String BANNER = "start-banner";

    /** The story of a node's log. */
    static LogStory of(NodeCase node) {
        Optional<Log> log = log(node);
        Optional<KnownLine> fatal = node.inWindow(Log.Program.ETCD).reversed().stream()
                .filter(line -> line.signature().kind() == Signature.Kind.FATAL)
                .findFirst();
        if (log.isEmpty() || fatal.isEmpty() || fatal.get().at().isEmpty()) {
            return NO_END;
        }
        Instant end = fatal.get().at().get().plus(LAST_BREATH);
        List<LogLine> after = log.get().lines().stream()
                .dropWhile(line -> !line.source().equals(fatal.get().line().source()))
                .skip(1)
                .filter(LogLine::ownTime)
                .toList();
        Set<Source> starts = starts(node);
        boolean anew =
                after.stream().limit(BEFORE_THE_BANNER).map(LogLine::source).anyMatch(starts::contains);
        boolean silent = after.stream()
                .noneMatch(line -> line.at().filter(at -> at.isAfter(end)).isPresent());
        return anew || silent ? ENDED : WRITES_ON;
    }

    /** The last beginning in the window that another process had written before. */
    static Optional<KnownLine> restart(NodeCase node) {
        return log(node)
                .flatMap(log -> node.inWindow(Log.Program.ETCD).reversed().stream()
                        .filter(line -> line.signature().id().equals(BANNER))
                        .filter(banner -> log.lines().stream()
                                .takeWhile(line ->
                                        !line.source().equals(banner.line().source()))
                                .anyMatch(line -> before(line, banner)))
                        .findFirst());
    }

    private static boolean before(LogLine line, KnownLine banner) {
        return line.ownTime()
                && line.at().isPresent()
                && banner.at().isPresent()
                && line.at().get().plus(LAST_BREATH).isBefore(banner.at().get());
    }

    private static Set<Source> starts(NodeCase node) {
        return node.known().stream()
                .filter(line -> line.program() == Log.Program.ETCD)
                .filter(line -> line.signature().kind() == Signature.Kind.START)
                .map(line -> line.line().source())
                .collect(Collectors.toSet());
    }

    private static Optional<Log> log(NodeCase node) {
        return node.evidence().reach() instanceof Reach.Collected && node.etcd() instanceof EtcdState.Unseen
                ? node.evidence().etcdLog().known()
                : Optional.empty();
    }
}
