package org.etcdmedic.probe.ssh;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.etcdmedic.inventory.Node;
import org.etcdmedic.probe.Reach.Obstacle;
import org.etcdmedic.probe.ssh.SshSettings.Bastion;
import org.etcdmedic.probe.ssh.SshSettings.Login;

/** Makes connections: resolves, connects, logs in, if need be through a jump host. */
final class Dialer {
    /** OpenSSH's default MaxStartups begins to drop at ten logins under way. */
    private static final int LOGINS_PER_HOST = 8;

    private static final int RETRIES = 2;

    private final SshSettings settings;
    /** By address; as many as the inventory has hosts. */
    private final Map<String, Semaphore> underWay = new ConcurrentHashMap<>();

    Dialer(SshSettings settings) {
        this.settings = settings;
    }

    /** Logs in to the node by the deadline. */
    SshConnection dial(Node node, Deadline deadline) throws Blocked, InterruptedException {
        Login login = login(node.login());
        if (node.viaBastion().isEmpty()) {
            return persistently(new Hop(node.host(), node.sshPort(), login, Optional.empty()), deadline);
        }
        SshConnection bastion = bastion(node.viaBastion().get(), deadline);
        try {
            return persistently(new Hop(node.host(), node.sshPort(), login, Optional.of(bastion)), deadline);
        } catch (Blocked blocked) {
            boolean bastionGone = bastion.broken();
            bastion.close();
            throw bastionGone ? new Blocked(Failure.at(Stage.BASTION, blocked)) : blocked;
        } catch (InterruptedException | RuntimeException stopped) {
            bastion.close();
            throw stopped;
        }
    }

    /** Whether the host answers at all: ICMP echo where we may send it, else a TCP answer of whatever kind. */
    boolean answers(String host, Deadline deadline) throws InterruptedException {
        try {
            return resolve(host, deadline).isReachable(deadline.millis());
        } catch (IOException no) {
            return false;
        }
    }

    private SshConnection bastion(String name, Deadline deadline) throws Blocked, InterruptedException {
        Bastion bastion = settings.bastion(name)
                .orElseThrow(() -> new Blocked(Failure.denied(
                        Stage.BASTION, "jump host " + Detail.of(name) + " is not in the configuration")));
        try {
            var hop = new Hop(bastion.host(), bastion.port(), login(bastion.login()), Optional.empty());
            return persistently(hop, deadline);
        } catch (Blocked blocked) {
            throw new Blocked(
                    Failure.at(Stage.BASTION, blocked), name + ": " + blocked.obstacle() + ": " + blocked.detail());
        }
    }

    private Login login(String name) throws Blocked {
        return settings.login(name)
                .orElseThrow(() -> new Blocked(
                        Failure.denied(Stage.SETTINGS, "login " + Detail.of(name) + " is not in the configuration")));
    }

    /** A server that drops us before its banner may be throttling: it is asked again after a while, not at once. */
    private SshConnection persistently(Hop hop, Deadline deadline) throws Blocked, InterruptedException {
        for (int attempt = 0; ; attempt++) {
            try {
                return once(hop, deadline);
            } catch (Blocked blocked) {
                Duration pause = Duration.ofMillis(ThreadLocalRandom.current().nextLong(200, 600) << attempt);
                if (blocked.obstacle() != Obstacle.CLOSED_BEFORE_BANNER
                        || attempt == RETRIES
                        || deadline.left().compareTo(pause.multipliedBy(2)) < 0) {
                    throw blocked;
                }
                TimeUnit.NANOSECONDS.sleep(pause.toNanos());
            }
        }
    }

    private SshConnection once(Hop hop, Deadline deadline) throws Blocked, InterruptedException {
        var handshake = new Handshake(hop.login(), settings);
        Semaphore turn = underWay.computeIfAbsent(hop.host() + ":" + hop.port(), _ -> new Semaphore(LOGINS_PER_HOST));
        if (!turn.tryAcquire(deadline.left().toNanos(), TimeUnit.NANOSECONDS)) {
            throw new Blocked(Failure.denied(Stage.QUEUE, "too many logins to this host are under way"));
        }
        try {
            Wire wire = wire(hop, deadline.within(settings.connectTimeout()));
            var session = handshake.over(wire, hop.host(), hop.port(), deadline.within(settings.loginTimeout()));
            return new SshConnection(session, wire, handshake.hostKeyFingerprint(), hop.through());
        } finally {
            turn.release();
        }
    }

    private static Wire wire(Hop hop, Deadline deadline) throws Blocked, InterruptedException {
        if (hop.through().isPresent()) {
            return hop.through().get().onwards(hop.host(), hop.port(), deadline);
        }
        InetAddress address;
        try {
            address = resolve(hop.host(), deadline);
        } catch (UnknownHostException unknown) {
            throw new Blocked(Failure.at(Stage.NAME, unknown));
        }
        try {
            return Wire.tcp(new InetSocketAddress(address, hop.port()), deadline);
        } catch (IOException failed) {
            throw new Blocked(Failure.at(Stage.CONNECT, failed));
        }
    }

    /** The resolver has no time limit of its own that we could set. */
    private static InetAddress resolve(String host, Deadline deadline)
            throws UnknownHostException, InterruptedException {
        var answer = new CompletableFuture<InetAddress>();
        Thread.ofVirtual().name("ssh-resolve").start(() -> {
            try {
                answer.complete(InetAddress.getByName(host));
            } catch (UnknownHostException | RuntimeException unknown) {
                answer.completeExceptionally(unknown);
            }
        });
        try {
            return answer.get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException unknown) {
            throw new UnknownHostException(Detail.of(host) + ": unknown name");
        } catch (TimeoutException silent) {
            throw new UnknownHostException(Detail.of(host) + ": no answer from the resolver");
        }
    }

    /** One login to make. */
    private record Hop(String host, int port, Login login, Optional<SshConnection> through) {}
}
