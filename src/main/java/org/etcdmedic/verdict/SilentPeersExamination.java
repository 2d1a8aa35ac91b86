package org.etcdmedic.verdict;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.etcdmedic.evidence.Log;
import org.etcdmedic.evidence.Reading;

/**
 * Row N5, where nobody could ask a node whom it reaches: its own log then tells which peers did not answer up to the last.
 * A peer that refuses is no matter of the network and does not count; one that answered again later does not count either.
 */
final class SilentPeersExamination implements Examination {
    private static final Set<String> ANSWERS = Set.of("peer-active", "stream-established");

    /** The prober complains every five seconds for each of two connections; one line alone is a hiccup. */
    private static final int SEVERAL = 2;

    @Override
    public List<Observation> examine(NodeCase node) {
        if (!(node.evidence().peerReach() instanceof Reading.Unknown<?>)) {
            return List.of();
        }
        List<KnownLine> lines = node.inWindow(Log.Program.ETCD);
        Instant answered = lines.stream()
                .filter(line -> ANSWERS.contains(line.signature().id()))
                .flatMap(line -> line.at().stream())
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
        Map<String, List<KnownLine>> silent = new TreeMap<>();
        for (KnownLine line : lines) {
            if (line.at().filter(answered::isBefore).isPresent()) {
                UnansweredDial.peer(line)
                        .ifPresent(peer -> silent.computeIfAbsent(peer, ignored -> new ArrayList<>())
                                .add(line));
            }
        }
        silent.values().removeIf(complaints -> complaints.size() < SEVERAL);
        return silent.isEmpty() ? List.of() : List.of(observation(silent));
    }

    private static Observation observation(Map<String, List<KnownLine>> silent) {
        Optional<Instant> first = silent.values().stream()
                .flatMap(lines -> lines.getFirst().at().stream())
                .min(Comparator.naturalOrder());
        return new Observation.Seen(
                silent.size() > 1 ? "log-peers-silent" : "log-peer-silent",
                Map.of(
                        "peers",
                        String.join(", ", silent.keySet()),
                        "from",
                        first.map(Instants::text).orElse("-")),
                silent.values().stream()
                        .map(lines -> lines.getLast().line().source())
                        .limit(4)
                        .toList(),
                first);
    }
}
