package org.etcdmedic.alarm;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.inventory.InstanceId;

/** Every alarm that was ever sent, also those that were refused. */
public interface Alarms {
    /**
     * Keeps an accepted alarm, unless the same one is kept already. Waits for whoever is just about to keep the same one.
     * Returns its row's identifier, or empty for a repeat. Inside the caller's transaction.
     *
     * @param origin where it came from, when it did not come in our own words
     * @param diagnosis the diagnosis that looks after it, or will once it is opened in the same transaction
     * @param joined whether that is an open one
     */
    Optional<UUID> keep(Alarm alarm, Optional<Alarm.Origin> origin, DiagnosisId diagnosis, boolean joined, Instant now);

    /** Notes that a kept alarm has joined this diagnosis instead. */
    void join(UUID kept, DiagnosisId diagnosis);

    /** The diagnosis of the accepted alarm about this instance with this sender's identifier. */
    Optional<DiagnosisId> diagnosisOf(InstanceId instance, String alarmId);

    /** How many alarms a diagnosis looks after. */
    long count(DiagnosisId diagnosis);

    /** How bad it is in the words of the senders, each word once. */
    List<String> severities(DiagnosisId diagnosis);

    /** The alarms that a diagnosis looks after, as they came; of very many the first ones. */
    List<Kept> of(DiagnosisId diagnosis);

    /** Keeps what was refused, as far as it could be read, and its body. */
    void keepRefused(Refusal refusal, Instant now);

    /** Kept alarms, newest first. */
    List<Kept> newest(Optional<State> state, Optional<String> source, int limit);

    /** The diagnoses that look after the alarms which a clear of this source names. */
    List<DiagnosisId> toClear(String source, String clearKey);

    /**
     * Notes that its sender has taken back those alarms of this key that still stand. Inside the caller's transaction.
     *
     * @return how many there were
     */
    int clear(Alarm.Origin named, Instant at, Instant now);

    /** Whether an alarm opened this diagnosis, rather than somebody by hand. */
    boolean opened(DiagnosisId diagnosis);

    /** Whether an alarm of one of these diagnoses stands: it was not cleared. */
    boolean stands(Collection<DiagnosisId> diagnoses);

    /** When the last alarm of a diagnosis was cleared, if none stands any more; empty when one does, or there is none. */
    Optional<Instant> clearedAt(DiagnosisId diagnosis);

    /**
     * What was refused.
     *
     * @param reason why
     * @param instanceId the instance it names, where that could be read
     * @param nodeId the node it names, where that could be read
     * @param alarmId the sender's identifier, where that could be read
     * @param body what was sent, or as much of it as was taken; the beginning of it is kept
     */
    record Refusal(
            Acceptance.Reason reason,
            Optional<String> instanceId,
            Optional<String> nodeId,
            Optional<String> alarmId,
            String body) {}

    /** What became of a kept alarm. */
    enum State {
        /** It opened its diagnosis. */
        OPENED,
        /** It joined one. */
        JOINED,
        /** It was refused. */
        REJECTED,
        /** It was refused, and its body was sent again since and was taken. */
        RESENT
    }

    /** A kept alarm. */
    record Kept(
            UUID id,
            Optional<String> alarmId,
            Optional<String> instanceId,
            Optional<String> nodeId,
            Optional<Instant> occurredAt,
            State state,
            Optional<DiagnosisId> diagnosis,
            Optional<Acceptance.Reason> problem,
            Optional<String> body,
            Instant receivedAt,
            Sent sent) {}

    /**
     * How a kept alarm was sent.
     *
     * @param source name of the source; empty when it came in our own words
     * @param name what the sender calls it
     * @param clearedAt when its sender took it back, by its word
     * @param wrong what is wrong in a refused body, as far as it is told
     * @param repeats how often the same refused body was sent again
     * @param whole whether a refused body is kept whole, so that it can be sent again
     * @param resentAt when it was sent again and was taken
     */
    record Sent(
            Optional<String> source,
            Optional<String> name,
            Optional<Instant> clearedAt,
            List<Wrong> wrong,
            int repeats,
            boolean whole,
            Optional<Instant> resentAt) {}

    /**
     * What is wrong in a body.
     *
     * @param pointer where
     * @param code what, as {@code Mapped.Problem.Code} has it
     */
    record Wrong(String pointer, String code) {}
}
