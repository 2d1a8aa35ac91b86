package org.etcdmedic.alarm.jpa;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

interface AlarmRows extends JpaRepository<AlarmRow, UUID> {
    /** Inserts unless the same alarm was accepted; waits for a transaction that is about to accept it. */
    @Modifying
    @Query(nativeQuery = true, value = """
                    insert into alarm (id, alarm_id, name, instance_id, node_id, vm_id, severity, occurred_at,
                                       cluster_status, vm_events, labels, state, diagnosis_id, received_at)
                    values (:id, :alarmId, :name, :instanceId, :nodeId, :vmId, :severity, :occurredAt,
                            :clusterStatus, cast(:vmEvents as jsonb), cast(:labels as jsonb), :state, cast(:diagnosis as uuid), :receivedAt)
                    on conflict (instance_id, alarm_id) where state <> 'REJECTED' and alarm_id is not null do nothing
                    """)
    int keepOnce(
            UUID id,
            @Nullable String alarmId,
            @Nullable String name,
            String instanceId,
            String nodeId,
            @Nullable String vmId,
            @Nullable String severity,
            Instant occurredAt,
            @Nullable String clusterStatus,
            String vmEvents,
            String labels,
            String state,
            @Nullable String diagnosis,
            Instant receivedAt);

    @Modifying
    @Query(nativeQuery = true, value = "update alarm set diagnosis_id = :diagnosis, state = :state where id = :id")
    int attach(UUID id, UUID diagnosis, String state);

    @Query("""
            select a.diagnosisId from AlarmRow a
            where a.instanceId = :instanceId and a.alarmId = :alarmId and a.state <> 'REJECTED'
            """)
    Optional<UUID> diagnosisOf(String instanceId, String alarmId);

    long countByDiagnosisId(UUID diagnosisId);

    List<AlarmRow> findAllByDiagnosisIdOrderByReceivedAtAscIdAsc(UUID diagnosisId, Limit limit);

    List<AlarmRow> findAllByOrderByReceivedAtDescIdDesc(Limit limit);

    List<AlarmRow> findAllByStateOrderByReceivedAtDescIdDesc(String state, Limit limit);
}
