package org.etcdmedic.alarm.jpa;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

interface AlarmRows extends JpaRepository<AlarmRow, UUID> {
    @Query("""
            select a.diagnosisId from AlarmRow a
            where a.instanceId = :instanceId and a.alarmId = :alarmId and a.state <> 'REJECTED'
            """)
    Optional<UUID> diagnosisOf(String instanceId, String alarmId);

    long countByDiagnosisIdAndStateNot(UUID diagnosisId, String state);

    List<AlarmRow> findAllByDiagnosisIdAndStateNotOrderByReceivedAtAscIdAsc(
            UUID diagnosisId, String state, Limit limit);
}
