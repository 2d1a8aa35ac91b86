package org.etcdmedic.probe.ssh;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.etcdmedic.inventory.OsUser;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the service logs in to nodes. Keys and known hosts are named here and read at each connection, so that they can
 * be rotated while the service runs.
 *
 * @param logins by the name that the inventory uses
 * @param knownHosts {@code file:/...} of accepted host keys, in OpenSSH's format; needed as soon as there is a login
 * @param hostKeys what happens with a host that is not in it
 * @param bastions jump hosts by the name that the inventory uses
 * @param connectTimeout limit of one TCP connect
 * @param loginTimeout limit of banner, key exchange and authentication together
 * @param maxSessionsPerNode commands side by side on one connection
 * @param maxConnections connections at the same time over all nodes
 */
@ConfigurationProperties(prefix = "medic.ssh", ignoreUnknownFields = false)
public record SshSettings(
        @DefaultValue Map<String, Login> logins,
        @DefaultValue("") String knownHosts,
        @DefaultValue("strict") HostKeyPolicy hostKeys,
        @DefaultValue Map<String, Bastion> bastions,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("10s") Duration loginTimeout,
        @DefaultValue("4") int maxSessionsPerNode,
        @DefaultValue("32") int maxConnections) {

    /** What happens with the key of a host that is not in the known hosts. */
    public enum HostKeyPolicy {
        /** It is refused. */
        STRICT,
        /** It is written down and accepted. A key other than the one written down is refused all the same. */
        TRUST_ON_FIRST_USE
    }

    /**
     * An account on the nodes with its key.
     *
     * @param user the account
     * @param privateKey {@code file:/...} in OpenSSH, PEM or PuTTY format
     * @param passphrase of the key, when it has one
     * @param sudo the account may use {@code sudo -n}
     */
    public record Login(
            @DefaultValue("") String user,
            @DefaultValue("") String privateKey,
            @Nullable String passphrase,
            @DefaultValue("false") boolean sudo) {

        OsUser account() {
            return new OsUser(user);
        }

        Path keyFile() {
            return path(privateKey).orElseThrow();
        }

        /** Without the passphrase. */
        @Override
        public String toString() {
            return "Login[user=" + user + ", privateKey=" + privateKey + ", sudo=" + sudo + "]";
        }
    }

    /**
     * A host through which nodes are reached.
     *
     * @param host address or name
     * @param port TCP port of its SSH server
     * @param login name of a login
     */
    public record Bastion(
            @DefaultValue("") String host,
            @DefaultValue("22") int port,
            @DefaultValue("") String login) {}

    /** Refuses settings that cannot work, and says everything that is wrong at once. */
    public SshSettings {
        logins = Map.copyOf(logins);
        bastions = Map.copyOf(bastions);
        List<String> problems = new ArrayList<>();
        logins.forEach((name, login) -> {
            if (!login.user().matches(OsUser.PATTERN)) {
                problems.add("medic.ssh.logins." + name + ".user is not an account name");
            }
            if (path(login.privateKey()).isEmpty()) {
                problems.add("medic.ssh.logins." + name + ".private-key is not file:/...");
            }
        });
        for (var bastion : bastions.entrySet()) {
            String key = "medic.ssh.bastions." + bastion.getKey();
            if (bastion.getValue().host().isBlank()) {
                problems.add(key + ".host is missing");
            }
            if (bastion.getValue().port() < 1 || bastion.getValue().port() > 65535) {
                problems.add(key + ".port is not 1 to 65535");
            }
            if (!logins.containsKey(bastion.getValue().login())) {
                problems.add(key + ".login is not one of medic.ssh.logins");
            }
        }
        if (!logins.isEmpty() && path(knownHosts).isEmpty()) {
            problems.add("medic.ssh.known-hosts is not file:/...");
        }
        limited(connectTimeout, "connect-timeout", problems);
        limited(loginTimeout, "login-timeout", problems);
        if (maxSessionsPerNode < 1) {
            problems.add("medic.ssh.max-sessions-per-node is less than 1");
        }
        if (maxConnections < 1) {
            problems.add("medic.ssh.max-connections is less than 1");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    Optional<Login> login(String name) {
        return Optional.ofNullable(logins.get(name));
    }

    Optional<Bastion> bastion(String name) {
        return Optional.ofNullable(bastions.get(name));
    }

    Path knownHostsFile() {
        return path(knownHosts).orElseThrow();
    }

    private static void limited(Duration value, String key, List<String> problems) {
        if (value.compareTo(Duration.ofMillis(100)) < 0 || value.compareTo(Duration.ofMinutes(2)) > 0) {
            problems.add("medic.ssh." + key + " is not 100ms to 2m");
        }
    }

    private static Optional<Path> path(String file) {
        if (!file.startsWith("file:/")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Path.of(URI.create(file)));
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }
}
