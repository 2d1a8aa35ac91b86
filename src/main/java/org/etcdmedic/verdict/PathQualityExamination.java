package org.etcdmedic.verdict;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.etcdmedic.evidence.Contact;
import org.etcdmedic.evidence.PathQuality;
import org.etcdmedic.evidence.PeerReach;
import org.etcdmedic.evidence.Source;

/** Rows N1 and N4: paths that are open, and lose packets, take long, or let only small packets through. */
final class PathQualityExamination implements Examination {
    /** Less may be chance in ten packets. */
    private static final int LOST = 2;

    /** A twentieth of GaussDB's heartbeat of one second, and far beyond what one region takes. */
    private static final Duration SLOW = Duration.ofMillis(50);

    @Override
    public List<Observation> examine(NodeCase node) {
        Map<String, List<String>> byKind = new LinkedHashMap<>();
        List<PeerReach.Peer> peers =
                node.evidence().peerReach().known().map(PeerReach::peers).orElse(List.of());
        for (PeerReach.Peer peer : peers) {
            PathQuality way = peer.quality();
            int lost = way.sent() - way.received();
            if (way.received() == 0) {
                // A host that answers no ping at all is told of elsewhere, or filters pings.
                continue;
            }
            String rtt =
                    way.roundTrip().map(Duration::toMillis).map(String::valueOf).orElse("-") + " ms";
            if (lost >= LOST) {
                add(byKind, "path-lossy", peer, lost + "/" + way.sent() + ", " + rtt);
            }
            if (way.roundTrip().filter(time -> time.compareTo(SLOW) >= 0).isPresent()) {
                add(byKind, "path-slow", peer, rtt);
            }
            if (lost < LOST && way.mtu() > 0 && way.largeReceived() == 0 && peer.peerPort() == Contact.OPEN) {
                add(byKind, "path-large-packets-lost", peer, way.mtu() + " bytes");
            }
        }
        var seen = new ArrayList<Observation>();
        Source[] source = Sources.of(node.evidence().peerReach()).toArray(Source[]::new);
        byKind.forEach((kind, found) ->
                seen.add(Observation.seen(kind, Map.of("peers", String.join(", ", found)), source)));
        return seen;
    }

    private static void add(Map<String, List<String>> byKind, String kind, PeerReach.Peer peer, String what) {
        byKind.computeIfAbsent(kind, ignored -> new ArrayList<>()).add(peer.at().address() + " (" + what + ")");
    }
}
