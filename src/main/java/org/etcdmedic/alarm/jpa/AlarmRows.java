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

    long countByDiagnosisId(UUID diagnosisId);

    List<AlarmRow> findAllByDiagnosisIdOrderByReceivedAtAscIdAsc(UUID diagnosisId, Limit limit);

    List<AlarmRow> findAllByOrderByReceivedAtDescIdDesc(Limit limit);

    List<AlarmRow> findAllByStateOrderByReceivedAtDescIdDesc(String state, Limit limit);
}
