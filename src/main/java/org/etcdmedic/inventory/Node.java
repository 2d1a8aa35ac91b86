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
    }

    /** The jump host's name, when there is one. */
    public Optional<String> viaBastion() {
        return Optional.ofNullable(bastion);
    }
}
