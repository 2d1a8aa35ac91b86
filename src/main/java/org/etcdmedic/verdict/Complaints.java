package org.etcdmedic.verdict;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.etcdmedic.evidence.Log;

/**
 * What etcd and cm_agent complained of in the window. Without a complaint nobody was hurt, however busy the node is now;
 * and a resource that is short now testifies only to complaints that it can explain.
 *
 * @param disk lines of a slow or busy disk
 * @param late lines of work that came late with no slow disk near it
 * @param lateWithDisk lines of work that came late while the disk was slow
 */
record Complaints(List<KnownLine> disk, List<KnownLine> late, List<KnownLine> lateWithDisk) {
    /** A late heartbeat so near to a slow write is its effect. */
    static final Duration NEAR = Duration.ofSeconds(30);

    /** A request slower than this is no background noise (CM's own probe gives up after 2 s). */
    static final Duration SLOW_REQUEST = Duration.ofSeconds(1);

    /**
     * A read waits until a majority has confirmed the leader (etcd's {@code v3_server.go}, linearizable reads): near one of
     * these lines it was slow for want of a leader or of members, whatever this node had to do.
     */
    private static final Set<String> LEADERLESS =
            Set.of("readindex-retry", "raft-no-leader-drop", "raft-quorum-stepdown", "raft-lost-leader");

    static Complaints of(NodeCase node) {
        List<KnownLine> syncs = lines(node, Log.Program.ETCD, "wal-slow-fsync");
        List<KnownLine> busy = lines(node, Log.Program.CM_AGENT, "cma-disk-utilisation").stream()
                .filter(line ->
                        DiskName.compare(node, line.captured().getOrDefault("device", "")) != DiskName.Match.OTHER)
                .toList();
        List<KnownLine> leaderless = LEADERLESS.stream()
                .flatMap(id -> lines(node, Log.Program.ETCD, id).stream())
                .toList();
        List<KnownLine> late = Stream.concat(
                        Stream.of("heartbeat-late", "overloaded-hint")
                                .flatMap(id -> lines(node, Log.Program.ETCD, id).stream()),
                        lines(node, Log.Program.ETCD, "range-slow").stream()
                                .filter(line -> took(line).compareTo(SLOW_REQUEST) >= 0)
                                .filter(line -> leaderless.stream().noneMatch(other -> near(line, other))))
                .toList();
        return new Complaints(
                Stream.concat(syncs.stream(), busy.stream()).toList(),
                late.stream()
                        .filter(line -> syncs.stream().noneMatch(sync -> near(line, sync)))
                        .toList(),
                late.stream()
                        .filter(line -> syncs.stream().anyMatch(sync -> near(line, sync)))
                        .toList());
    }

    /** Whether there is any. */
    boolean any() {
        return !(disk.isEmpty() && late.isEmpty() && lateWithDisk.isEmpty());
    }

    /** The latest one of them all. */
    Optional<Instant> last() {
        return Stream.of(disk, late, lateWithDisk)
                .flatMap(List::stream)
                .flatMap(line -> line.at().stream())
                .max(Comparator.naturalOrder());
    }

    /** Whether work came late, with no slow disk near it, so shortly before this instant that both are one time. */
    boolean lateUntil(Instant look) {
        return late.stream()
                .flatMap(line -> line.at().stream())
                .anyMatch(at -> Duration.between(at, look).abs().compareTo(NEAR) <= 0);
    }

    private static List<KnownLine> lines(NodeCase node, Log.Program program, String signature) {
        return node.inWindow(program).stream()
                .filter(line -> line.signature().id().equals(signature))
                .toList();
    }

    private static Duration took(KnownLine line) {
        return GoDuration.parse(line.captured().getOrDefault("took", "")).orElse(Duration.ZERO);
    }

    static boolean near(KnownLine one, KnownLine other) {
        return Duration.between(one.at().orElse(Instant.EPOCH), other.at().orElse(Instant.EPOCH))
                        .abs()
                        .compareTo(NEAR)
                <= 0;
    }
}
