package org.etcdmedic.probe;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.etcdmedic.inventory.NodeId;

/** What came of one question to one node, unread. */
public sealed interface Capture {
    /** Identifies the capture within all diagnoses. */
    UUID id();

    /** The node that was asked. */
    NodeId node();

    /** What it was asked. */
    Question question();

    /** The command as it went over the wire, arguments not in it; empty when nothing was sent. */
    String command();

    /** When asking began, by the service's clock. */
    Instant startedAt();

    /** How long it took. */
    Duration took();

    /** Under which names it ran; empty when nothing was sent, and for what was collected by hand or comes from outside. */
    Optional<Who> who();

    /**
     * The node answered.
     *
     * @param exitStatus the script's exit status; empty when the channel was cut before it was known
     * @param text standard output, decoded as UTF-8 with replacement characters, otherwise as it came
     * @param errorText standard error, likewise, at most 4 KiB
     * @param bytes bytes of standard output taken
     * @param truncated more was there than the byte limit allows
     * @param who under which names it ran
     */
    record Answer(
            UUID id,
            NodeId node,
            Question question,
            String command,
            Instant startedAt,
            Duration took,
            Optional<Integer> exitStatus,
            String text,
            String errorText,
            long bytes,
            boolean truncated,
            Optional<Who> who)
            implements Capture {
        /** An answer that nobody was sent to a node for. */
        public Answer(
                UUID id,
                NodeId node,
                Question question,
                String command,
                Instant startedAt,
                Duration took,
                Optional<Integer> exitStatus,
                String text,
                String errorText,
                long bytes,
                boolean truncated) {
            this(
                    id,
                    node,
                    question,
                    command,
                    startedAt,
                    took,
                    exitStatus,
                    text,
                    errorText,
                    bytes,
                    truncated,
                    Optional.empty());
        }
    }

    /**
     * There is no answer that could be read.
     *
     * @param reason why
     * @param detail what the transport or the node said, without secrets
     * @param text what had come until then, possibly empty
     * @param who under which names it was run, where it was
     */
    record NoAnswer(
            UUID id,
            NodeId node,
            Question question,
            String command,
            Instant startedAt,
            Duration took,
            Reason reason,
            String detail,
            String text,
            Optional<Who> who)
            implements Capture {
        /** No answer, and nothing that was run for it. */
        public NoAnswer(
                UUID id,
                NodeId node,
                Question question,
                String command,
                Instant startedAt,
                Duration took,
                Reason reason,
                String detail,
                String text) {
            this(id, node, question, command, startedAt, took, reason, detail, text, Optional.empty());
        }

        /** Bytes of standard output that had come until then. */
        public long bytes() {
            return text.getBytes(StandardCharsets.UTF_8).length;
        }
    }

    /** Why a question has no answer. */
    enum Reason {
        /** The node did not finish within the probe's time limit. */
        TIMED_OUT,
        /** The connection broke or was closed by the node. */
        CONNECTION_LOST,
        /** The server opened no channel for the command. */
        CHANNEL_REFUSED,
        /** {@code sudo -n} asked for a password or does not allow the command, or the account does not exist. */
        NOT_PERMITTED,
        /** The diagnosis' deadline came first. */
        DEADLINE,
        /** A program that the probe needs is not on the node (exit status 126 or 127). */
        PROGRAM_MISSING
    }
}
