package org.etcdmedic.api;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.etcdmedic.alarm.Acceptance;
import org.etcdmedic.alarm.Alarms;
import org.etcdmedic.alarm.source.Mapped;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.evidence.Redactor;
import org.jspecify.annotations.Nullable;

/** A kept alarm; its schema is {@code AlarmView} in the contract. */
record AlarmView(
        UUID id,
        @Nullable String alarmId,
        @Nullable String instanceId,
        @Nullable String nodeId,
        @Nullable Instant occurredAt,
        Alarms.State state,
        @Nullable UUID diagnosisId,
        Acceptance.@Nullable Reason problem,
        @Nullable String body,
        Instant receivedAt,
        @Nullable String source,
        @Nullable String name,
        @Nullable Instant clearedAt,
        @Nullable List<WrongView> errors,
        @Nullable Integer repeats,
        @Nullable Boolean resendable,
        @Nullable Instant resentAt) {
    static AlarmView of(Alarms.Kept kept, Messages messages) {
        Alarms.Sent sent = kept.sent();
        boolean refused = kept.state() == Alarms.State.REJECTED || kept.state() == Alarms.State.RESENT;
        return new AlarmView(
                kept.id(),
                kept.alarmId().orElse(null),
                kept.instanceId().orElse(null),
                kept.nodeId().orElse(null),
                kept.occurredAt().orElse(null),
                kept.state(),
                kept.diagnosis().map(DiagnosisId::value).orElse(null),
                kept.problem().orElse(null),
                kept.body().map(Redactor::clean).orElse(null),
                kept.receivedAt(),
                sent.source().orElse(null),
                sent.name().orElse(null),
                sent.clearedAt().orElse(null),
                sent.wrong().isEmpty()
                        ? null
                        : sent.wrong().stream()
                                .map(wrong -> WrongView.of(wrong, messages))
                                .toList(),
                refused ? sent.repeats() : null,
                refused ? kept.state() == Alarms.State.REJECTED && sent.whole() : null,
                sent.resentAt().orElse(null));
    }

    /** What is wrong in a refused body; its schema is {@code AlarmError} in the contract. */
    record WrongView(String pointer, Mapped.Problem.Code code, String detail) {
        static WrongView of(Alarms.Wrong wrong, Messages messages) {
            return new WrongView(
                    wrong.pointer(),
                    Mapped.Problem.Code.valueOf(wrong.code()),
                    messages.text("source.problem." + wrong.code()));
        }
    }
}
