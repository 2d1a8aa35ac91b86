package org.etcdmedic.api;

import java.net.URI;
import java.util.UUID;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.diagnosis.Status;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;

/** The diagnosis that looks after what was sent; its schema is {@code AlarmAccepted} in the contract. */
record Accepted(
        @Nullable String alarmId,
        UUID diagnosisId,
        Status status,
        boolean joined,
        @Nullable JoinReason reason) {
    /** A diagnosis takes seconds; asking earlier is of no use. */
    static final String RETRY_AFTER_SECONDS = "2";

    /** Why an alarm joined a diagnosis. */
    enum JoinReason {
        SAME_ALARM,
        OPEN_DIAGNOSIS_OF_INSTANCE
    }

    /**
     * The answer that says so, with the address of the diagnosis and when to look at it.
     *
     * @param reason why it joined one; nothing when it opened its own
     */
    static ResponseEntity<Accepted> answer(
            @Nullable String alarmId, DiagnosisId id, Status status, @Nullable JoinReason reason) {
        return ResponseEntity.accepted()
                .location(URI.create("/diagnoses/" + id))
                .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                .body(new Accepted(alarmId, id.value(), status, reason != null, reason));
    }
}
