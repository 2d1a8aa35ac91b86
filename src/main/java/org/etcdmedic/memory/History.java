package org.etcdmedic.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.diagnosis.Sighting;
import org.etcdmedic.verdict.Fingerprint;
import org.etcdmedic.verdict.Hallmark;

/**
 * What is remembered of a fault at the time at which one diagnosis found it.
 *
 * @param fingerprint its name
 * @param found what it is known again by
 * @param window so far back it is looked for
 * @param alarmedAt when this time's alarm says that it happened
 * @param since when it first happened within that; the diagnosis' own alarm where it did not happen before
 * @param occurrences how many times it came, this time included: twice only where it was known to be gone in between
 * @param sightings in how many diagnoses it was found, this one included and those left out that were said to be wrong
 * @param previous the diagnoses before, newest first
 * @param more whether there are more than were looked at
 * @param helped steps that people said had helped, the most often named first
 */
public record History(
        Fingerprint fingerprint,
        Hallmark found,
        Duration window,
        Instant alarmedAt,
        Instant since,
        int occurrences,
        int sightings,
        List<Previous> previous,
        boolean more,
        List<Help> helped) {
    /** Copies the lists. */
    public History {
        previous = List.copyOf(previous);
        helped = List.copyOf(helped);
    }

    /**
     * A diagnosis that found it before.
     *
     * @param sighting the diagnosis
     * @param feedback what was said of it
     * @param held how long it stayed away after that; empty where it was not known to be gone before it was found the next time
     */
    public record Previous(Sighting sighting, Optional<Feedback> feedback, Optional<Held> held) {
        /** Whether somebody said that it was something else. */
        public boolean wrong() {
            return feedback.filter(said -> said.statement().verdict() == Statement.Said.WRONG)
                    .isPresent();
        }
    }

    /**
     * How long it stayed away.
     *
     * @param lasted until the next time's alarm
     * @param basis what that is counted from
     * @param helped steps that are said to have helped
     */
    public record Held(Duration lasted, Basis basis, List<String> helped) {
        /** Copies the list. */
        public Held {
            helped = List.copyOf(helped);
        }
    }

    /** From when on it was known to be gone. */
    public enum Basis {
        /** A rerun ruled its cause out, or a diagnosis of the instance found no fault. */
        SEEN_GONE,
        /** The time that somebody told for the repair. */
        REPAIR_TOLD,
        /** The time at which somebody said what had helped. */
        HELP_TOLD
    }

    /**
     * A step that helped.
     *
     * @param step its id
     * @param times how many diagnoses that was said of
     * @param last when that was last said
     * @param diagnosis the latest of them
     * @param where of the same fault, or of its like
     */
    public record Help(String step, int times, Instant last, DiagnosisId diagnosis, Where where) {}

    /** Whose step it was. */
    public enum Where {
        /** The same fault. */
        HERE,
        /** One of its kind, on another node or instance. */
        ELSEWHERE
    }

    /** The latest time at which it was known to be gone. */
    public Optional<Previous> lastHeld() {
        return previous.stream().filter(one -> one.held().isPresent()).findFirst();
    }

    /** What was said last that the cause was instead. */
    public Optional<Feedback> correction() {
        return previous.stream()
                .flatMap(one -> one.feedback().stream())
                .filter(said -> said.statement().verdict() != Statement.Said.RIGHT)
                .filter(said -> said.statement()
                        .actualCause()
                        .filter(cause -> !cause.equals(found.cause()))
                        .isPresent())
                .findFirst();
    }

    /** What is known of this step. */
    public Optional<Help> help(String step) {
        return helped.stream().filter(one -> one.step().equals(step)).findFirst();
    }
}
