package org.etcdmedic.diagnosis.jpa;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

interface DiagnosisRows extends JpaRepository<DiagnosisRow, UUID> {
    /**
     * Adds what a joining alarm tells to the open diagnosis of its instance, which is held open by that. An endless stream of
     * alarms does not make an endless row; each alarm itself is kept all the same.
     */
    @Modifying(clearAutomatically = true)
    @Query(nativeQuery = true, value = """
                    update diagnosis set joined_told = joined_told || cast(:told as jsonb)
                    where instance_id = :instanceId and status in ('QUEUED', 'RUNNING') and mode = 'SSH'
                      and jsonb_array_length(joined_told) < 100
                    """)
    int tell(String instanceId, String told);

    /** Takes an open diagnosis up; any earlier worker has lost it with that. */
    @Modifying(clearAutomatically = true)
    @Query(nativeQuery = true, value = """
                    update diagnosis
                    set status = 'RUNNING', attempt = attempt + 1, started_at = coalesce(started_at, :now)
                    where id = :id and status in ('QUEUED', 'RUNNING')
                    """)
    int claim(UUID id, Instant now);

    /** Ends a diagnosis, for the latest worker only, and only when it has judged all that joined alarms told. */
    @Modifying(clearAutomatically = true)
    @Query(nativeQuery = true, value = """
                    update diagnosis
                    set status = 'COMPLETED', completed_at = :now, outcome = :outcome, family = :family, cause = :cause,
                        judgement = cast(:judgement as jsonb),
                        fingerprint = cast(:fingerprint as text), kind_fingerprint = cast(:kind as text)
                    where id = :id and status = 'RUNNING' and attempt = :attempt
                      and jsonb_array_length(joined_told) = :told
                    """)
    int conclude(
            UUID id,
            int attempt,
            int told,
            Instant now,
            String outcome,
            String family,
            String cause,
            String judgement,
            @Nullable String fingerprint,
            @Nullable String kind);

    @Modifying(clearAutomatically = true)
    @Query(nativeQuery = true, value = """
                    update diagnosis set status = 'FAILED', completed_at = :now, failure = :reason
                    where id = :id and status = 'RUNNING' and attempt = :attempt
                    """)
    int fail(UUID id, int attempt, Instant now, String reason);

    @Modifying(clearAutomatically = true)
    @Query(nativeQuery = true, value = """
                    update diagnosis set excused = excused + 1
                    where id = :id and status = 'RUNNING' and attempt = :attempt
                    """)
    int excuse(UUID id, int attempt);

    /** An open diagnosis, held so until the transaction ends. */
    @Query(nativeQuery = true, value = """
                    select * from diagnosis where id = :id and status in ('QUEUED', 'RUNNING') for update
                    """)
    Optional<DiagnosisRow> seize(UUID id);

    @Modifying(clearAutomatically = true)
    @Query(nativeQuery = true, value = """
                    update diagnosis set status = 'CANCELLED', completed_at = :now where id = :id
                    """)
    int cancel(UUID id, Instant now);

    @Query(nativeQuery = true, value = """
                    select exists (select from diagnosis where id = :id and status = 'RUNNING' and attempt = :attempt)
                    """)
    boolean holds(UUID id, int attempt);

    /** The same case once more, of a bundle. */
    @Modifying
    @Query(nativeQuery = true, value = """
                    insert into diagnosis (id, instance_id, node_id, vm_id, mode, status, alarmed_at, queued_at, rerun_of)
                    select :id, instance_id, node_id, vm_id, mode, 'QUEUED', alarmed_at, :now, id
                    from diagnosis where id = :before
                    """)
    int copy(UUID id, UUID before, Instant now);

    @Modifying
    @Query(
            nativeQuery = true,
            value = "insert into bundle select :id, content from bundle where diagnosis_id = :before")
    int copyBundle(UUID id, UUID before);

    /** What was read of the bundle (attempt 0); never what a worker captured. */
    @Modifying
    @Query(nativeQuery = true, value = """
                    insert into capture (id, diagnosis_id, attempt, ordinal, node_id, probe, arguments, command, started_at,
                        took_millis, exit_status, reason, detail, text, error_text, bytes, truncated, login, account, through)
                    select gen_random_uuid(), :id, 0, ordinal, node_id, probe, arguments, command, started_at,
                        took_millis, exit_status, reason, detail, text, error_text, bytes, truncated, login, account, through
                    from capture where diagnosis_id = :before and attempt = 0
                    """)
    int copyCaptures(UUID id, UUID before);
}
