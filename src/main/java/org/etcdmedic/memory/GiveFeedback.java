package org.etcdmedic.memory;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.etcdmedic.audit.Actors;
import org.etcdmedic.audit.AuditTrail;
import org.etcdmedic.audit.Change;
import org.etcdmedic.diagnosis.Diagnoses;
import org.etcdmedic.diagnosis.Diagnosis;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.knowledge.Knowledge;
import org.etcdmedic.memory.Statement.Said;
import org.etcdmedic.verdict.Judgement;
import org.springframework.transaction.annotation.Transactional;

/** Takes what people say of a verdict. The verdict stays what it is: it was right or wrong by what was known then. */
public class GiveFeedback {
    private final Diagnoses diagnoses;
    private final Feedbacks feedbacks;
    private final Knowledge knowledge;
    private final Clerk clerk;

    GiveFeedback(Diagnoses diagnoses, Feedbacks feedbacks, Knowledge knowledge, Clerk clerk) {
        this.diagnoses = diagnoses;
        this.feedbacks = feedbacks;
        this.knowledge = knowledge;
        this.clerk = clerk;
    }

    /** Who says it, when, and where that is put down. */
    record Clerk(Actors actors, AuditTrail audit, Clock clock) {}

    /** What came of it. */
    public sealed interface Given {
        /** It is on record. */
        record Kept(Feedback feedback, Judgement judged) implements Given {}

        /** The same person had said the very same last: nothing was added. */
        record Repeated(Feedback feedback) implements Given {}

        /** It contradicts itself, or what is known. */
        record Refused(List<Mistake> mistakes) implements Given {
            /** Copies the list. */
            public Refused {
                mistakes = List.copyOf(mistakes);
            }
        }

        /** There is no such diagnosis. */
        record Unknown() implements Given {}

        /** The diagnosis has no verdict. */
        record NoVerdict() implements Given {}
    }

    /** What is wrong with a statement. */
    public enum Mistake {
        /** The verdict was wrong, and nothing says what it was instead. */
        CAUSE_MISSING,
        /** The catalogue has no such cause. */
        CAUSE_UNKNOWN,
        /** It is said to be wrong, and the cause is the verdict's own. */
        CAUSE_THE_SAME,
        /** It is said to be right, and the cause is another one. */
        CAUSE_ANOTHER,
        /** Neither the diagnosis nor the catalogue has such a step. */
        STEP_UNKNOWN,
        /** The repair lies before the alarm, or in the future. */
        REPAIRED_IMPOSSIBLE
    }

    /** Puts it on record. */
    @Transactional
    public Given give(DiagnosisId id, Statement statement) {
        Optional<Diagnosis> found = diagnoses.find(id);
        if (found.isEmpty()) {
            return new Given.Unknown();
        }
        Diagnosis diagnosis = found.get();
        return diagnosis
                .judgement()
                .map(judgement -> give(diagnosis, judgement, statement))
                .orElseGet(Given.NoVerdict::new);
    }

    private Given give(Diagnosis diagnosis, Judgement judgement, Statement statement) {
        // As the database keeps it, so that the answer is what is read later.
        Instant now = clerk.clock().instant().truncatedTo(ChronoUnit.MICROS);
        List<Mistake> mistakes = mistakes(diagnosis, judgement, statement, now);
        if (!mistakes.isEmpty()) {
            return new Given.Refused(mistakes);
        }
        String by = clerk.actors().current().name();
        Optional<Feedback> last = feedbacks.of(diagnosis.id(), 1).stream().findFirst();
        if (last.filter(one -> one.by().equals(by) && one.statement().equals(statement))
                .isPresent()) {
            return new Given.Repeated(last.get());
        }
        var feedback = new Feedback(diagnosis.id(), by, now, statement);
        feedbacks.keep(feedback, diagnosis);
        clerk.audit()
                .record(
                        new Change(
                                Change.Action.FEEDBACK_GIVEN,
                                diagnosis.id().toString(),
                                last.map(before -> before.statement().onRecord()),
                                Optional.of(statement.onRecord())),
                        now);
        return new Given.Kept(feedback, judgement);
    }

    private List<Mistake> mistakes(Diagnosis diagnosis, Judgement judgement, Statement statement, Instant now) {
        var mistakes = new ArrayList<Mistake>();
        Optional<CauseCode> actual = statement.actualCause();
        boolean same = actual.filter(judgement.verdict().cause()::equals).isPresent();
        if (statement.verdict() == Said.WRONG && actual.isEmpty()) {
            mistakes.add(Mistake.CAUSE_MISSING);
        }
        if (actual.filter(code -> knowledge.findCause(code).isEmpty()).isPresent()) {
            mistakes.add(Mistake.CAUSE_UNKNOWN);
        } else if (statement.verdict() == Said.WRONG && same) {
            mistakes.add(Mistake.CAUSE_THE_SAME);
        } else if (statement.verdict() == Said.RIGHT && actual.isPresent() && !same) {
            mistakes.add(Mistake.CAUSE_ANOTHER);
        }
        if (!statement.helped().stream().allMatch(step -> isStep(judgement, step))) {
            mistakes.add(Mistake.STEP_UNKNOWN);
        }
        if (statement
                .repairedAt()
                .filter(at -> at.isAfter(now) || at.isBefore(diagnosis.alarmedAt()))
                .isPresent()) {
            mistakes.add(Mistake.REPAIRED_IMPOSSIBLE);
        }
        return mistakes;
    }

    private boolean isStep(Judgement judgement, String id) {
        return judgement.remediation().stream().anyMatch(step -> step.id().equals(id))
                || knowledge.remediation().stream().anyMatch(step -> step.id().equals(id));
    }
}
