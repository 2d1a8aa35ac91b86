package org.etcdmedic.probe.ssh;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.etcdmedic.inventory.Node;
import org.etcdmedic.probe.Prober;
import org.etcdmedic.probe.Reach;
import org.etcdmedic.probe.Reach.Obstacle;
import org.etcdmedic.probe.Visit;

/** Visits nodes by SSH with JSch. */
public final class JschProber implements Prober {
    /** With less than this left, a silent node would be accused of our own lateness. */
    private static final Duration LEAST = Duration.ofMillis(500);

    private static final Duration LONGEST_ECHO = Duration.ofMillis(1500);

    private final SshSettings settings;
    private final InstantSource clock;
    private final Dialer dialer;
    private final Semaphore connections;
    /** One visit at a time to a node, whoever asks for it; as many as the inventory has nodes. */
    private final Map<String, Semaphore> turns = new ConcurrentHashMap<>();

    /** A prober with these settings; {@code clock} stamps what it brings back. */
    public JschProber(SshSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.dialer = new Dialer(settings);
        this.connections = new Semaphore(settings.maxConnections(), true);
    }

    @Override
    public Visit visit(Node node, Instant deadline) {
        Instant startedAt = clock.instant();
        var began = Deadline.in(Duration.ZERO);
        Deadline until = Deadline.in(Duration.between(startedAt, deadline));
        try {
            return visit(node, startedAt, began, until);
        } catch (Blocked blocked) {
            return new NoVisit(notIn(node, startedAt, began, until, blocked), node, clock);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            var reach = new Reach.NotIn(
                    startedAt, began.since(), Obstacle.NOT_TRIED, "we were asked to stop", Optional.empty());
            return new NoVisit(reach, node, clock);
        }
    }

    private Visit visit(Node node, Instant startedAt, Deadline began, Deadline until)
            throws Blocked, InterruptedException {
        Semaphore turn = turns.computeIfAbsent(
                node.viaBastion().orElse("") + " " + node.host() + " " + node.sshPort(), _ -> new Semaphore(1, true));
        // The node's turn first: who waits for a node must not keep the others from a connection.
        if (!turn.tryAcquire(until.left().toNanos(), TimeUnit.NANOSECONDS)) {
            throw new Blocked(Failure.denied(Stage.QUEUE, "another visit to this node was under way"));
        }
        boolean free;
        try {
            free = connections.tryAcquire(until.left().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException stopped) {
            turn.release();
            throw stopped;
        }
        var released = new AtomicBoolean();
        Runnable release = () -> {
            if (released.compareAndSet(false, true)) {
                if (free) {
                    connections.release();
                }
                turn.release();
            }
        };
        boolean visiting = false;
        try {
            if (!free || until.left().compareTo(LEAST) < 0) {
                throw new Blocked(Failure.denied(
                        Stage.QUEUE, free ? "there was no time left for it" : "all our connections were in use"));
            }
            SshConnection connection = dialer.dial(node, until);
            var reach = new Reach.LoggedIn(startedAt, began.since(), connection.serverVersion(), connection.hostKey());
            var exchanges = new Exchanges(
                    connection.session(), new Lanes(settings.maxSessionsPerNode()), until, settings.loginTimeout());
            var login = settings.login(node.login()).orElseThrow();
            visiting = true;
            return new JschVisit(reach, node, login, exchanges, clock, new Leaving(connection, until, release));
        } finally {
            if (!visiting) {
                release.run();
            }
        }
    }

    private Reach.NotIn notIn(Node node, Instant startedAt, Deadline began, Deadline until, Blocked blocked) {
        Optional<Boolean> answers = Optional.empty();
        if (blocked.obstacle() == Obstacle.CONNECT_TIMED_OUT
                && node.viaBastion().isEmpty()
                && !until.passed()) {
            try {
                answers = Optional.of(dialer.answers(node.host(), until.within(LONGEST_ECHO)));
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
        return new Reach.NotIn(startedAt, began.since(), blocked.obstacle(), blocked.detail(), answers);
    }
}
