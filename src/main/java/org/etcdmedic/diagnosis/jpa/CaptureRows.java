package org.etcdmedic.diagnosis.jpa;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;

interface CaptureRows extends JpaRepository<CaptureRow, UUID> {
    List<CaptureRow> findAllByDiagnosisIdOrderByAttemptAscOrdinalAsc(UUID diagnosisId);

    Optional<CaptureRow> findByIdAndDiagnosisId(UUID id, UUID diagnosisId);
}
