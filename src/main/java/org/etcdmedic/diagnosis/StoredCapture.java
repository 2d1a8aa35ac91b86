package org.etcdmedic.diagnosis;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.outside.OutsideCaptures;
import org.etcdmedic.probe.Capture;
import org.etcdmedic.probe.Who;

/**
 * A capture as it is kept: what was run, where, when, how long and with what result, and the text that came, redacted.
 *
 * @param id identifier that findings refer to
 * @param node the node that was asked
 * @param probe id of the probe
 * @param arguments values of its arguments
 * @param command the command as it went over the wire; empty when nothing was sent
 * @param startedAt when asking began
 * @param took how long it took
 * @param exitStatus of the command, where known
 * @param reason why there is no answer, where there is none
 * @param detail what was said instead
 * @param text standard output
 * @param errorText standard error
 * @param bytes bytes of standard output taken
 * @param truncated more was there than the byte limit allows
 * @param who under which names it ran, where something was run
 */
public record StoredCapture(
        UUID id,
        NodeId node,
        String probe,
        Map<String, String> arguments,
        String command,
        Instant startedAt,
        Duration took,
        Optional<Integer> exitStatus,
        Optional<Capture.Reason> reason,
        String detail,
        String text,
        String errorText,
        long bytes,
        boolean truncated,
        Optional<Who> who) {
    /** Copies the map. */
    public StoredCapture {
        arguments = Map.copyOf(arguments);
    }

    /** A capture as it would be kept. */
    public static StoredCapture of(Capture capture) {
        Optional<Capture.Answer> answer = capture instanceof Capture.Answer came ? Optional.of(came) : Optional.empty();
        Optional<Capture.NoAnswer> silence =
                capture instanceof Capture.NoAnswer silent ? Optional.of(silent) : Optional.empty();
        return new StoredCapture(
                capture.id(),
                capture.node(),
                capture.question().probe().id().value(),
                capture.question().arguments(),
                capture.command(),
                capture.startedAt(),
                capture.took(),
                answer.flatMap(Capture.Answer::exitStatus),
                silence.map(Capture.NoAnswer::reason),
                silence.map(Capture.NoAnswer::detail).orElse(""),
                answer.map(Capture.Answer::text)
                        .or(() -> silence.map(Capture.NoAnswer::text))
                        .orElse(""),
                answer.map(Capture.Answer::errorText).orElse(""),
                answer.map(Capture.Answer::bytes)
                        .or(() -> silence.map(Capture.NoAnswer::bytes))
                        .orElse(0L),
                answer.map(Capture.Answer::truncated).orElse(false),
                capture.who());
    }

    /** The capture as it was taken, to be read again. */
    public Capture asTaken() {
        var question =
                OutsideCaptures.question(probe, List.of(), Math.max(1, (int) Math.min(bytes, 1 << 30)), arguments);
        if (reason.isPresent()) {
            return new Capture.NoAnswer(id, node, question, command, startedAt, took, reason.get(), detail, text, who);
        }
        return new Capture.Answer(
                id, node, question, command, startedAt, took, exitStatus, text, errorText, bytes, truncated, who);
    }
}
