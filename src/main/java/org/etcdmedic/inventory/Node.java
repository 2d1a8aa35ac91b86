package org.etcdmedic.inventory;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One machine of an instance and how it is reached.
 *
 * @param id the management plane's node identifier
 * @param vmId the virtual machine's identifier at the IaaS layer, when known
 * @param host address or name that the service connects to (management plane)
 * @param sshPort TCP port of the node's SSH server
 * @param login name of a login in the configuration; never a secret
 * @param bastion name of a jump host in the configuration, when the node is only reachable through one
 * @param dbUser the database's operating-system account
 * @param etcd what the inventory states about etcd's addresses; the rest is discovered
 * @param paths what the inventory states about paths; the rest is discovered
 */
public record Node(
        NodeId id,
        @Nullable String vmId,
        String host,
        int sshPort,
        String login,
        @Nullable String bastion,
        OsUser dbUser,
        StatedEtcd etcd,
        StatedPaths paths) {
    /** What a host may look like: a name, an IPv4 or an IPv6 address. */
    public static final String HOST_PATTERN = "[A-Za-z0-9._:%-]{1,253}";

    /** A name of something in the configuration. */
    public static final String NAME_PATTERN = "[A-Za-z0-9_.-]{1,64}";

    /** Refuses what is no host, no port or no name. */
    public Node {
        check("host", host.matches(HOST_PATTERN));
        check("sshPort", sshPort > 0 && sshPort < 65536);
        check("login", login.matches(NAME_PATTERN));
        check("bastion", bastion == null || bastion.matches(NAME_PATTERN));
        check("vmId", vmId == null || OpaqueId.fits(vmId));
    }

    private static void check(String field, boolean fits) {
        if (!fits) {
            throw new IllegalArgumentException(field + " of a node is not well-formed");
        }
    }

    /** Where etcd listens, as far as the inventory states it. Ports are TCP ports. */
    public record StatedEtcd(
            @Nullable String address,
            @Nullable Integer clientPort,
            @Nullable Integer peerPort) {
        /** Nothing is stated: everything is discovered on the node. */
        public static final StatedEtcd NOTHING = new StatedEtcd(null, null, null);
    }

    /** Directories as far as the inventory states them; they win over what is discovered. */
    public record StatedPaths(
            @Nullable String gaussHome,
            @Nullable String gaussLog,
            @Nullable String etcdDataDir) {
        /** Nothing is stated: everything is discovered on the node. */
        public static final StatedPaths NOTHING = new StatedPaths(null, null, null);

        /** What a path may look like: absolute, one line. */
        public static final String PATTERN = "/[^\\p{Cntrl}]{0,1023}";

        /** Refuses what is no absolute path. */
        public StatedPaths {
            for (String path : java.util.Arrays.asList(gaussHome, gaussLog, etcdDataDir)) {
                check("a path", path == null || path.matches(PATTERN));
            }
        }
    }

    /** The jump host's name, when there is one. */
    public Optional<String> viaBastion() {
        return Optional.ofNullable(bastion);
    }
}
