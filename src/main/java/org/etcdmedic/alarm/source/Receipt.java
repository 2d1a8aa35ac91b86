package org.etcdmedic.alarm.source;

import java.util.List;
import java.util.Optional;
import org.etcdmedic.alarm.source.Mapped.Problem;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.inventory.InstanceId;
import org.etcdmedic.inventory.NodeId;

/** What became of a body. */
public sealed interface Receipt {
    /**
     * Its elements were looked at one by one.
     *
     * @param leftOut how many elements the sender says it left out
     */
    record Taken(List<Result> results, int leftOut) implements Receipt {
        /** Copies the results. */
        public Taken {
            results = List.copyOf(results);
        }

        /** Whether not one element was of use. */
        public boolean allRefused() {
            return !results.isEmpty() && results.stream().allMatch(result -> result.outcome() == Outcome.REJECTED);
        }

        /** Everything that is wrong with its elements. */
        public List<Problem> problems() {
            return results.stream()
                    .flatMap(result -> result.problems().stream())
                    .toList();
        }
    }

    /** A subscription that waits for somebody to confirm it. */
    record Waits() implements Receipt {}

    /** A format of events that is not taken. */
    record UnknownFormat() implements Receipt {}

    /** What became of an element. */
    enum Outcome {
        /** It opened a diagnosis. */
        OPENED,
        /** It joined the open one. */
        JOINED,
        /** It was taken before. */
        REPEATED,
        /** It took alarms back. */
        CLEARED,
        /** It is nothing that we look after. */
        IGNORED,
        /** It could not be used; the body is kept. */
        REJECTED
    }

    /** What else there is to say of an outcome. */
    enum Note {
        /** Only the instance was told; its first node stands for it. */
        NODE_ASSUMED,
        /** It had been taken back before. */
        CLEARED_BEFORE,
        /** No alarm of this key was ever taken. */
        CLEARS_NO_KNOWN_ALARM,
        /** It does not tell which alarm it takes back. */
        CLEARS_NOTHING,
        /** It is an alarm about something else. */
        NOT_MEANT,
        /** It is no alarm. */
        NO_ALARM,
        /** The sender sends here no more. */
        UNSUBSCRIBED
    }

    /**
     * What became of one element.
     *
     * @param pointer where it stands in the body
     * @param alarmId what the alarm is called here
     */
    record Result(
            String pointer,
            Outcome outcome,
            Optional<String> alarmId,
            Optional<InstanceId> instance,
            Optional<NodeId> node,
            Optional<DiagnosisId> diagnosis,
            Optional<Note> note,
            List<Problem> problems) {
        static Result ignored(String pointer, Note note) {
            return new Result(
                    pointer,
                    Outcome.IGNORED,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(note),
                    List.of());
        }

        static Result refused(String pointer, List<Problem> problems) {
            return new Result(
                    pointer,
                    Outcome.REJECTED,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    problems);
        }
    }
}
