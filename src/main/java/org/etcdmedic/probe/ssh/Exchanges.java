package org.etcdmedic.probe.ssh;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.etcdmedic.probe.Capture.Reason;
import org.etcdmedic.probe.Probe;
import org.etcdmedic.probe.ssh.Ending.Cut;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs commands over one connection, each on its own channel. */
final class Exchanges {
    private static final Logger log = LoggerFactory.getLogger(Exchanges.class);

    /** The node ends the command by itself at the time limit; this is for the way there and back. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    /** So long a server may refuse our only channel, because an earlier one is still ending on its side. */
    private static final Duration LINGERING = Duration.ofSeconds(3);

    private static final long LINGERING_PAUSE_MILLIS = 150;
    private static final long LOOK_MILLIS = 200;

    /**
     * A node that keeps to the command sends no more than the limit of errors; what its login prints by itself may come on
     * top. Beyond this somebody floods us, and swallowing that until the time limit would cost the other nodes our attention.
     */
    private static final long BEARABLE_ERRORS = 4L << 20;

    private final Session session;
    private final Lanes lanes;
    private final Deadline deadline;
    private final Duration openLimit;

    Exchanges(Session session, Lanes lanes, Deadline deadline, Duration openLimit) {
        this.session = session;
        this.lanes = lanes;
        this.deadline = deadline;
        this.openLimit = openLimit;
    }

    /** Runs the command with these lines on its standard input. Never throws for what the node does. */
    Ending run(Probe probe, String command, List<String> input) {
        Optional<Deadline> alone = Optional.empty();
        try {
            while (lanes.enter(deadline)) {
                Optional<Ending> ending = Optional.empty();
                boolean noOther = false;
                try {
                    ending = onChannel(probe, command, input);
                } finally {
                    if (ending.isPresent()) {
                        lanes.leave();
                    } else {
                        noOther = lanes.leaveRefused();
                    }
                }
                if (ending.isPresent()) {
                    return ending.get();
                }
                if (noOther) {
                    Deadline patience = alone.orElseGet(() -> deadline.within(LINGERING));
                    alone = Optional.of(patience);
                    if (patience.passed()) {
                        return new Ending.NotRun(Reason.CHANNEL_REFUSED, "the server opens no session", false);
                    }
                    Lanes.pause(patience, LINGERING_PAUSE_MILLIS);
                }
            }
            return new Ending.NotRun(Reason.DEADLINE, "the visit was over before its turn", false);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new Ending.NotRun(Reason.CONNECTION_LOST, "we were asked to stop", true);
        }
    }

    /** Empty when the server refused the channel. */
    private Optional<Ending> onChannel(Probe probe, String command, List<String> input) throws InterruptedException {
        try {
            return exchange(probe, command, input);
        } catch (RuntimeException stumbled) {
            // While the connection stands it is a mistake of ours, of which the node must not be accused.
            if (session.isConnected()) {
                throw stumbled;
            }
            // JSch itself may stumble over a connection that is cut under its hands; that must not cost what else was
            // answered.
            log.warn("a command on a connection that broke ended in a way that its library does not foresee", stumbled);
            return Optional.of(new Ending.NotRun(Reason.CONNECTION_LOST, "the connection broke", true));
        }
    }

    private Optional<Ending> exchange(Probe probe, String command, List<String> input) throws InterruptedException {
        ChannelExec channel;
        try {
            channel = (ChannelExec) session.openChannel("exec");
        } catch (JSchException gone) {
            return Optional.of(lost(gone, false));
        }
        var over = new CountDownLatch(1);
        // JSch closes standard output at its end, but standard error only with the channel: that is the end we wait
        // for.
        var out = new CappedSink(probe.byteLimit(), over::countDown, () -> {});
        var err = new CappedSink(Probe.ERROR_LIMIT, BEARABLE_ERRORS, over::countDown, over::countDown);
        channel.setCommand(command.getBytes(StandardCharsets.UTF_8));
        channel.setInputStream(lines(input));
        channel.setOutputStream(out);
        channel.setErrStream(err);
        long began = System.nanoTime();
        try {
            channel.connect(deadline.within(openLimit).millis());
        } catch (JSchException notOpened) {
            if (channel.isClosed() && session.isConnected()) {
                return Optional.empty();
            }
            return Optional.of(lost(notOpened, true));
        }
        try {
            Deadline limit = deadline.within(probe.timeLimit().plus(GRACE));
            boolean connected = true;
            while (!over.await(LOOK_MILLIS, TimeUnit.MILLISECONDS) && !limit.passed() && connected) {
                connected = channel.isConnected();
            }
            Cut cut = cut(channel, out.over() || err.over(), over.getCount() > 0 && connected);
            return Optional.of(new Ending.Ran(
                    cut,
                    Optional.of(channel.getExitStatus()).filter(status -> status >= 0),
                    Optional.ofNullable(channel.getExitSignal()),
                    out.text(),
                    err.text(),
                    out.size(),
                    Duration.ofNanos(System.nanoTime() - began)));
        } finally {
            channel.disconnect();
        }
    }

    private Cut cut(ChannelExec channel, boolean flooded, boolean running) {
        if (flooded) {
            return Cut.BYTE_LIMIT;
        }
        if (!running && (channel.getExitStatus() >= 0 || channel.getExitSignal() != null)) {
            return Cut.NOTHING;
        }
        if (deadline.passed()) {
            return Cut.DEADLINE;
        }
        return running ? Cut.TIME_LIMIT : Cut.LOST;
    }

    private Ending lost(JSchException failed, boolean sent) {
        if (deadline.passed()) {
            return new Ending.NotRun(Reason.DEADLINE, "the visit was over before the command had started", sent);
        }
        return new Ending.NotRun(
                session.isConnected() ? Reason.CHANNEL_REFUSED : Reason.CONNECTION_LOST, Detail.of(failed), sent);
    }

    private static InputStream lines(List<String> input) {
        return new ByteArrayInputStream(input.stream()
                .map(line -> line + "\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8));
    }
}
