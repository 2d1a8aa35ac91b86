package org.etcdmedic.verdict;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.etcdmedic.evidence.EvidenceWindow;
import org.etcdmedic.evidence.Log;
import org.etcdmedic.evidence.NodeEvidence;
import org.etcdmedic.evidence.ProcessFact;
import org.etcdmedic.evidence.ProcessTable;
import org.etcdmedic.evidence.Reading;

/** How etcd stands on one node: what every other row is read against (row P1). */
sealed interface EtcdState {
    /** A process runs since this instant, by the service's clock. */
    record Running(ProcessFact process, Instant since, Begun begun) implements EtcdState {}

    /** When the running process began, against the window of the alarm. */
    enum Begun {
        /** Before it: one and the same process ran through the window. */
        BEFORE,
        /** In it: etcd was restarted near the alarm. */
        WITHIN,
        /** After it: it tells nothing of the process that ran then. */
        AFTER
    }

    /** A process is there and cannot work, because a signal has stopped it. */
    record Suspended(ProcessFact process, Instant since) implements EtcdState {}

    /**
     * It is started again and again and does not stay up.
     *
     * @param starts attempts seen in the window
     */
    record Looping(int starts, List<KnownLine> lines) implements EtcdState {}

    /** No process runs. */
    record Down() implements EtcdState {}

    /** It could not be seen. */
    record Unseen(Reading.Unknown<ProcessTable> why) implements EtcdState {}

    /** Whether etcd certainly does not serve here. */
    default boolean down() {
        return this instanceof Down || this instanceof Looping;
    }

    /** Whether one and the same process ran through the whole window. */
    default boolean ranThroughout() {
        return this instanceof Running running && running.begun() == Begun.BEFORE;
    }

    /** The first line of a new etcd, and om_monitor's record of an attempt to start one. */
    Set<String> BANNERS = Set.of("start-banner", "om-run-etcd");

    /** Three attempts in the window make a loop (om_monitor tries each second), unless the last one has lasted. */
    int LOOP = 3;

    /** etcd with a full disk can join and serve for a second or two before it ends again. */
    Duration LASTING = Duration.ofSeconds(20);

    /** Reads the state from the process table and the lines that etcd and om_monitor wrote in the window. */
    static EtcdState of(NodeEvidence evidence, EvidenceWindow window, List<KnownLine> known) {
        return switch (evidence.processes()) {
            case Reading.Unknown<ProcessTable> unknown -> new Unseen(unknown);
            case Reading.Known<ProcessTable>(ProcessTable table, var ignored) -> of(table, evidence, window, known);
        };
    }

    private static EtcdState of(
            ProcessTable table, NodeEvidence evidence, EvidenceWindow window, List<KnownLine> known) {
        List<KnownLine> starts = starts(window, known);
        Optional<ProcessFact> process = table.etcd().stream().min(Comparator.comparing(ProcessFact::startedAt));
        if (process.isEmpty()) {
            return starts.size() >= LOOP ? new Looping(starts.size(), starts) : new Down();
        }
        Instant since = process.get()
                .startedAt()
                .minus(evidence.identity().known().map(i -> i.ahead()).orElse(java.time.Duration.ZERO));
        if (starts.size() >= LOOP && age(process.get(), evidence).compareTo(LASTING) < 0) {
            return new Looping(starts.size(), starts);
        }
        char state = process.get().state();
        if (state == 'T' || state == 't') {
            return new Suspended(process.get(), since);
        }
        Begun begun =
                since.isBefore(window.from()) ? Begun.BEFORE : window.contains(since) ? Begun.WITHIN : Begun.AFTER;
        return new Running(process.get(), since, begun);
    }

    private static Duration age(ProcessFact process, NodeEvidence evidence) {
        return evidence.identity()
                .known()
                .map(identity -> Duration.between(process.startedAt(), identity.clock()))
                .orElse(LASTING);
    }

    /**
     * Attempts to start etcd in the window: om_monitor's own record of them, or etcd's banners, whichever tells more.
     */
    private static List<KnownLine> starts(EvidenceWindow window, List<KnownLine> known) {
        List<KnownLine> starts = known.stream()
                .filter(line -> BANNERS.contains(line.signature().id()))
                .filter(line -> line.at().filter(window::contains).isPresent())
                .toList();
        List<KnownLine> banners = starts.stream()
                .filter(line -> line.program() == Log.Program.ETCD)
                .toList();
        List<KnownLine> attempts = starts.stream()
                .filter(line -> line.program() == Log.Program.OM_MONITOR)
                .toList();
        return banners.size() >= attempts.size() ? banners : attempts;
    }
}
