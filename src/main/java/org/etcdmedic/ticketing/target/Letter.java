package org.etcdmedic.ticketing.target;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.etcdmedic.knowledge.Remediation;

/**
 * What a ticket has to say, in one reader's language, for any target. Every text is one line or, where it is a list, a list of
 * lines; what nodes wrote in them is cleaned of control characters, but of nothing else: whoever sets it into JSON, HTML or a
 * chat's markup escapes it for that.
 *
 * @param event what happened
 * @param ticket our own identifier of the ticket
 * @param revision the how manieth telling of this ticket; 1 is the first
 * @param language of all texts
 * @param matter what it is about, as codes and names
 * @param words the same for people
 * @param links where to read more
 */
public record Letter(Event event, UUID ticket, int revision, Locale language, Matter matter, Words words, Links links) {

    /** What happened, and what Standard Webhooks calls it. */
    public enum Event {
        /** A diagnosis has its verdict. */
        COMPLETED("diagnosis.completed"),
        /** A diagnosis ended without one, because we failed. */
        FAILED("diagnosis.failed"),
        /** The alarms of the case were cleared by their senders, or a rerun finds nothing wrong any more. */
        CLEARED("diagnosis.cleared"),
        /** Somebody tries whether the target can be reached. */
        TEST("webhook.test");

        private final String type;

        Event(String type) {
            this.type = type;
        }

        /** Its dotted name. */
        public String type() {
            return type;
        }
    }

    /**
     * What it is about.
     *
     * @param diagnosis its identifier
     * @param instance the instance that hurts
     * @param alarmedNode the node that the alarm names
     * @param node the node at fault; empty where no node is, or none is known
     * @param severity of the worst alarm
     * @param ending how the diagnosis ended
     * @param family branch of the runbook; empty without a verdict
     * @param cause code of the cause; empty without a verdict
     * @param owner who has to act
     * @param alarmedAt when it happened, as the alarm says
     * @param endedAt when the diagnosis ended
     */
    public record Matter(
            UUID diagnosis,
            String instance,
            String alarmedNode,
            Optional<String> node,
            Severity severity,
            Ending ending,
            Optional<String> family,
            Optional<String> cause,
            Remediation.Actor owner,
            Instant alarmedAt,
            Instant endedAt) {}

    /**
     * The texts.
     *
     * @param title how sure, of what, and where
     * @param summary the verdict in a sentence
     * @param owner who has to act
     * @param severity how bad
     * @param facts what decided
     * @param steps what to do, in order
     * @param notLooked what could not be looked at, and why
     * @param changed what is new since the telling before; empty for the first one
     * @param whole all of it as plain text of several lines
     * @param markdown all of it as Markdown (CommonMark), node text escaped
     */
    public record Words(
            String title,
            String summary,
            String owner,
            String severity,
            List<String> facts,
            List<StepWords> steps,
            List<String> notLooked,
            Optional<String> changed,
            String whole,
            String markdown) {
        /** Copies the lists. */
        public Words {
            facts = List.copyOf(facts);
            steps = List.copyOf(steps);
            notLooked = List.copyOf(notLooked);
        }
    }

    /** A step of the repair: what, by whom, at what risk, the line to copy where there is one, and how to see that it worked. */
    public record StepWords(String action, String who, String risk, Optional<String> command, String verify) {}

    /** Where to read more; empty when {@code medic.tickets.link} is not set. */
    public record Links(Optional<String> page, Optional<String> report) {}
}
