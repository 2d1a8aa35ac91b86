package org.etcdmedic.probe;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How far we came on the way into a node (runbook row V1), if we went at all. */
public sealed interface Reach {
    /** When connecting began, by the service's clock. */
    Instant startedAt();

    /** How long it took until this was known. */
    Duration took();

    /**
     * We are in.
     *
     * @param serverVersion the server's SSH identification, such as {@code SSH-2.0-OpenSSH_9.2}
     * @param hostKey fingerprint of the accepted host key, {@code SHA256:...}
     */
    record LoggedIn(Instant startedAt, Duration took, String serverVersion, String hostKey) implements Reach {}

    /**
     * We are not in.
     *
     * @param obstacle where it ended
     * @param detail what was said, without secrets
     * @param hostAnswers whether the host itself answers (ICMP echo or a TCP reset); empty when that was not tried
     */
    record NotIn(Instant startedAt, Duration took, Obstacle obstacle, String detail, Optional<Boolean> hostAnswers)
            implements Reach {}

    /**
     * Nobody went there: what stands of the node was collected by hand, and read from a bundle.
     *
     * @param startedAt when reading began
     * @param took how long it took
     */
    record Collected(Instant startedAt, Duration took) implements Reach {}

    /** The ways in which a login fails, told apart because each accuses somebody else. */
    enum Obstacle {
        /** The host name cannot be resolved by us. */
        NAME_UNRESOLVED(Side.OURS),
        /** The machine we run on, or what confines us there, has no IPv6 (or IPv4), and the node's address is of that kind. */
        FAMILY_UNAVAILABLE(Side.OURS),
        /** No answer to the TCP connect: host down, or packets dropped. */
        CONNECT_TIMED_OUT(Side.NODE),
        /** A router or the local stack says there is no way to the host. */
        NO_ROUTE(Side.NODE),
        /** The host is up and nothing listens on the port. */
        CONNECT_REFUSED(Side.NODE),
        /** Connected, and closed or reset before the SSH banner (sshd throttling, TCP wrappers, sshd dying). */
        CLOSED_BEFORE_BANNER(Side.NODE),
        /** Connected, and no SSH banner came: the kernel lives, sshd does not get to run. */
        BANNER_MISSING(Side.NODE),
        /** The banner came and the key exchange did not finish, or broke. */
        KEY_EXCHANGE_FAILED(Side.NODE),
        /** The server and we have no algorithm in common. */
        ALGORITHMS(Side.OURS),
        /** The host key is not in our known_hosts. */
        HOST_KEY_UNKNOWN(Side.OURS),
        /** The host key is another one than in our known_hosts. */
        HOST_KEY_CHANGED(Side.OURS),
        /** The host key is marked revoked in our known_hosts. */
        HOST_KEY_REVOKED(Side.OURS),
        /** The server does not accept our key for this account. */
        KEY_REJECTED(Side.OURS),
        /** Authentication began and never ended: the node hangs (PAM, directory service, disk). */
        AUTHENTICATION_STALLED(Side.NODE),
        /** The login is not in our configuration, or its key cannot be read. */
        LOGIN_NOT_CONFIGURED(Side.OURS),
        /** The jump host could not be reached or refused us. */
        BASTION_FAILED(Side.OURS),
        /** The jump host could not reach the node. */
        BASTION_TO_NODE_FAILED(Side.NODE),
        /** The connection broke in a way that tells nothing more. */
        CONNECTION_LOST(Side.NODE),
        /** We did not get to it: all our connections were in use, or we were asked to stop. */
        NOT_TRIED(Side.OURS);

        /** Whom the obstacle accuses. */
        public enum Side {
            /** Our own access: key, host key, configuration. Never the VM's fault (PROBE_ACCESS). */
            OURS,
            /** The node or the way to it. */
            NODE
        }

        private final Side side;

        Obstacle(Side side) {
            this.side = side;
        }

        /** Whom it accuses. */
        public Side side() {
            return side;
        }
    }
}
