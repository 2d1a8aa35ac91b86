package org.etcdmedic.alarm;

import java.time.Instant;
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
     * @param diagnosis the diagnosis that looks after it, or will once it is opened in the same transaction
     * @param joined whether that is an open one
     */
    Optional<UUID> keep(Alarm alarm, DiagnosisId diagnosis, boolean joined, Instant now);

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
    List<Kept> newest(Optional<State> state, int limit);

    /**
     * What was refused.
     *
     * @param reason why
     * @param instanceId the instance it names, where that could be read
     * @param nodeId the node it names, where that could be read
     * @param alarmId the sender's identifier, where that could be read
     * @param body what was sent, cut to what is kept
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
        REJECTED
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
            Instant receivedAt) {}
}
