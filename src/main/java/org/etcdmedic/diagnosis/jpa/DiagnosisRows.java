package org.etcdmedic.diagnosis.jpa;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

interface DiagnosisRows extends JpaRepository<DiagnosisRow, UUID> {

    /** Inserts unless one is open for the instance: the partial unique index decides, whoever else tries at this moment. */
    @Modifying
    @Query(nativeQuery = true, value = """
                    insert into diagnosis (id, instance_id, node_id, vm_id, mode, status, alarmed_at, queued_at,
                        cluster_status, vm_events)
                    values (:id, :instanceId, :nodeId, :vmId, 'SSH', 'QUEUED', :alarmedAt, :queuedAt,
                        :clusterStatus, cast(:vmEvents as jsonb))
                    on conflict (instance_id) where status in ('QUEUED', 'RUNNING') and mode = 'SSH' do nothing
                    """)
    int openUnlessOpen(
            UUID id,
            String instanceId,
            String nodeId,
            @Nullable String vmId,
            Instant alarmedAt,
            Instant queuedAt,
            @Nullable String clusterStatus,
            String vmEvents);

    /** The open diagnosis of an instance, held open until the transaction ends. */
    @Query(nativeQuery = true, value = """
                    select * from diagnosis where instance_id = :instanceId and status in ('QUEUED', 'RUNNING')
                        and mode = 'SSH'
                    for share
                    """)
    Optional<DiagnosisRow> holdOpen(String instanceId);

    /**
     * Adds what a joining alarm tells to the open diagnosis of its instance, which is held open by that. An endless stream of
     * alarms does not make an endless row; each alarm itself is kept all the same.
     */
    @Modifying(clearAutomatically = true)
    @Query(nativeQuery = true, value = """
                    update diagnosis set joined_told = joined_told || cast(:told as jsonb)
                    where instance_id = :instanceId and status in ('QUEUED', 'RUNNING')
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
                        judgement = cast(:judgement as jsonb)
                    where id = :id and status = 'RUNNING' and attempt = :attempt
                      and jsonb_array_length(joined_told) = :told
                    """)
    int conclude(
            UUID id, int attempt, int told, Instant now, String outcome, String family, String cause, String judgement);

    @Modifying(clearAutomatically = true)
    @Query(nativeQuery = true, value = """
                    update diagnosis set status = 'FAILED', completed_at = :now, failure = :reason
                    where id = :id and status = 'RUNNING' and attempt = :attempt
                    """)
    int fail(UUID id, int attempt, Instant now, String reason);
}
