package org.etcdmedic.evidence;

import java.util.List;

/** Which of the other etcd nodes this node reaches now (rows N1, N4 and N6). */
public record PeerReach(List<Peer> peers) {
    /** Copies the list. */
    public PeerReach {
        peers = List.copyOf(peers);
    }

    /** One of them, as this node sees it. */
    public record Peer(
            EtcdAddresses at, Contact ping, Contact clientPort, Contact peerPort, PathQuality quality, Source source) {
        /** Nothing is known of the way but that. */
        public Peer(EtcdAddresses at, Contact ping, Contact clientPort, Contact peerPort, Source source) {
            this(at, ping, clientPort, peerPort, PathQuality.UNKNOWN, source);
        }
    }
}
