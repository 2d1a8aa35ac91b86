package org.etcdmedic.verdict;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.etcdmedic.evidence.Log;
import org.etcdmedic.evidence.NodeIdentity;
import org.etcdmedic.evidence.Reading;
import org.etcdmedic.evidence.Source;
import org.etcdmedic.evidence.TimeKeeper;

/**
 * Row B15: how far a node's clock is from ours and from those of the other nodes, measured while we asked. Raft itself does
 * not need the time of day, so that a wrong clock alone is never more than likely; certificates do need it.
 */
final class ClockExamination implements Examination {
    /** The cluster manager's own limit for nodes of etcd; etcd warns from one second on. */
    private static final Duration LIMIT = Duration.ofSeconds(3);

    private static final String DRIFT = "clock-drift";

    @Override
    public List<Observation> examine(NodeCase node) {
        return examine(node, List.of(node));
    }

    @Override
    public List<Observation> examine(NodeCase node, List<NodeCase> all) {
        if (!(node.evidence().identity() instanceof Reading.Known<NodeIdentity>(var own, Source source))) {
            // Its clock was not seen because the node was not: rows V1 and N1 tell of that.
            return List.of();
        }
        Map<String, String> measured = Map.of(
                "difference", seconds(own.ahead().abs()),
                "within", seconds(own.within()),
                "others", others(node, all));
        if (!beyond(own.ahead(), own.within())) {
            // A clock that was set right by a jump was wrong before.
            return List.of(Observation.seen(
                    GuestTraceExamination.clockJumped(node) ? "clock-right-since-jump" : "clock-right",
                    measured,
                    source));
        }
        List<NodeIdentity> peers = all.stream()
                .filter(other -> !other.node().equals(node.node()))
                .flatMap(other -> other.evidence().identity().known().stream())
                .toList();
        long agreeing = peers.stream().filter(peer -> agree(own, peer)).count();
        var seen = new ArrayList<Observation>();
        if (!peers.isEmpty() && agreeing == peers.size()) {
            seen.add(Observation.seen("clocks-agree-without-us", measured, source));
            return seen;
        }
        boolean alone = agreeing == 0 && !peers.isEmpty();
        String direction = own.ahead().isNegative() ? "clock-behind" : "clock-ahead";
        seen.add(Observation.seen(alone ? direction : "clock-differs", measured, source));
        drift(all).ifPresent(seen::add);
        timeKeeper(node).ifPresent(seen::add);
        return seen;
    }

    private static boolean beyond(Duration difference, Duration within) {
        return difference.abs().minus(within).compareTo(LIMIT) > 0;
    }

    private static boolean agree(NodeIdentity one, NodeIdentity other) {
        return !beyond(one.ahead().minus(other.ahead()), one.within().plus(other.within()));
    }

    /** etcd's own word for it: the member that is ahead names the one that is behind. */
    private static Optional<Observation> drift(List<NodeCase> all) {
        return all.stream()
                .flatMap(node -> node.inWindow(Log.Program.ETCD).stream())
                .filter(line -> line.signature().id().equals(DRIFT))
                .reduce((first, second) -> second)
                .map(line -> new Observation.Seen(
                        "clock-drift-noticed",
                        Map.of("line", line.line().message()),
                        List.of(line.line().source()),
                        line.at()));
    }

    private static Optional<Observation> timeKeeper(NodeCase node) {
        if (!(node.evidence().timeKeeper() instanceof Reading.Known<TimeKeeper>(var service, Source source))) {
            return Optional.empty();
        }
        if (service.running().isEmpty()) {
            return Optional.of(Observation.seen("time-service-missing", Map.of(), source));
        }
        return service.synchronised()
                .filter(inStep -> !inStep)
                .map(ignored -> Observation.seen(
                        "time-service-out-of-step", Map.of("service", String.join(", ", service.running())), source));
    }

    private static String others(NodeCase node, List<NodeCase> all) {
        String told = all.stream()
                .filter(other -> !other.node().equals(node.node()))
                .flatMap(other -> other.evidence().identity().known().stream()
                        .map(identity -> Wording.name(other) + " " + signed(identity.ahead())))
                .collect(Collectors.joining(", "));
        return told.isEmpty() ? "-" : told;
    }

    private static String signed(Duration ahead) {
        return (ahead.isNegative() ? "-" : "+") + seconds(ahead.abs());
    }

    private static String seconds(Duration duration) {
        double seconds = duration.toMillis() / 1000.0;
        if (seconds >= 86_400) {
            return String.format(Locale.ROOT, "%.1f d", seconds / 86_400);
        }
        return seconds >= 7_200
                ? String.format(Locale.ROOT, "%.1f h", seconds / 3_600)
                : String.format(Locale.ROOT, "%.2f s", seconds);
    }
}
