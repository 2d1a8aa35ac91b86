package org.etcdmedic.probe.ssh;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.probe.Capture;
import org.etcdmedic.probe.Capture.Reason;
import org.etcdmedic.probe.Question;
import org.etcdmedic.probe.SudoWords;
import org.etcdmedic.probe.Who;
import org.etcdmedic.probe.Who.Through;

/** One question on its way; becomes a capture when its end is known. */
record Asking(NodeId node, Question question, String command, Optional<Who> who, Instant startedAt, long beganNanos) {
    private static final int TIMED_OUT = 124;
    private static final int CANNOT_RUN = 126;
    private static final int NOT_FOUND = 127;
    private static final int KILLED = 137;

    private static final Pattern RUNUSER_REFUSES = Pattern.compile("^runuser: ", Pattern.MULTILINE);

    static Asking of(NodeId node, Question question, InstantSource clock) {
        return new Asking(node, question, "", Optional.empty(), clock.instant(), System.nanoTime());
    }

    /** This is what goes over the wire. */
    Asking sent(WireCommand.Send send) {
        return new Asking(node, question, send.text(), Optional.of(send.who()), startedAt, beganNanos);
    }

    private Asking unsent() {
        return new Asking(node, question, "", Optional.empty(), startedAt, beganNanos);
    }

    private Asking begunBefore(Duration ran) {
        Duration waited = took().minus(ran);
        return new Asking(node, question, command, who, startedAt.plus(waited), beganNanos + waited.toNanos());
    }

    Capture capture(Ending ending) {
        return switch (ending) {
            case Ending.NotRun(Reason reason, String detail, boolean sent) ->
                (sent ? this : unsent()).noAnswer(reason, detail, "");
            // Waiting for a channel is not asking: node clocks are compared with these times.
            case Ending.Ran ran -> begunBefore(ran.ran()).capture(ran);
        };
    }

    Capture.NoAnswer noAnswer(Reason reason, String detail, String text) {
        return new Capture.NoAnswer(
                UUID.randomUUID(), node, question, command, startedAt, took(), reason, detail, text, who);
    }

    private Capture capture(Ending.Ran ran) {
        return switch (ran.cut()) {
            case BYTE_LIMIT -> answer(ran, true);
            case TIME_LIMIT -> noAnswer(Reason.TIMED_OUT, "no end within its time limit", ran.text());
            case DEADLINE -> noAnswer(Reason.DEADLINE, "the visit was over before its end", ran.text());
            case LOST -> noAnswer(Reason.CONNECTION_LOST, "the connection broke before its end", ran.text());
            case NOTHING -> ended(ran);
        };
    }

    private Capture ended(Ending.Ran ran) {
        if (ran.exitStatus().isEmpty()) {
            boolean overTime = ran.ran().compareTo(question.probe().timeLimit()) >= 0;
            return noAnswer(
                    overTime ? Reason.TIMED_OUT : Reason.CONNECTION_LOST,
                    "ended on the node by signal " + Detail.of(ran.signal().orElse("?")),
                    ran.text());
        }
        int status = ran.exitStatus().get();
        if (refused(status, ran)) {
            return noAnswer(Reason.NOT_PERMITTED, Detail.of(SudoWords.withoutWarnings(ran.errorText())), ran.text());
        }
        return switch (status) {
            case TIMED_OUT, KILLED ->
                noAnswer(Reason.TIMED_OUT, "ended by the node at its time limit, exit status " + status, ran.text());
            case CANNOT_RUN, NOT_FOUND ->
                noAnswer(Reason.PROGRAM_MISSING, Detail.of(SudoWords.withoutWarnings(ran.errorText())), ran.text());
            default -> answer(ran, false);
        };
    }

    /** Whether it was sudo or runuser that said no, so that the probe itself never ran. */
    private boolean refused(int status, Ending.Ran ran) {
        String said = ran.errorText();
        boolean absent = status == CANNOT_RUN || status == NOT_FOUND;
        boolean silent = status == 1 && ran.text().isEmpty();
        return switch (who.map(Who::through).orElse(Through.NOTHING)) {
            case NOTHING -> false;
            case SUDO -> absent ? said.contains("sudo") : silent && SudoWords.refuse(said);
            case RUNUSER ->
                absent
                        ? said.contains("runuser")
                        : silent && RUNUSER_REFUSES.matcher(said).find();
        };
    }

    private Capture.Answer answer(Ending.Ran ran, boolean truncated) {
        Optional<Integer> status = truncated ? Optional.empty() : ran.exitStatus();
        return new Capture.Answer(
                UUID.randomUUID(),
                node,
                question,
                command,
                startedAt,
                took(),
                status,
                ran.text(),
                ran.errorText(),
                ran.bytes(),
                truncated,
                who);
    }

    private Duration took() {
        return Duration.ofNanos(System.nanoTime() - beganNanos);
    }
}
