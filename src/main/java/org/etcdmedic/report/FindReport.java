package org.etcdmedic.report;

import java.util.List;
import java.util.Optional;
import org.etcdmedic.diagnosis.Diagnoses;
import org.etcdmedic.diagnosis.Diagnosis;
import org.etcdmedic.memory.Recall;

/** Puts the report of a diagnosis together from what is kept. */
public final class FindReport {
    private final Diagnoses diagnoses;
    private final Recall recall;

    FindReport(Diagnoses diagnoses, Recall recall) {
        this.diagnoses = diagnoses;
        this.recall = recall;
    }

    /** The report; empty as long as there is no verdict. */
    public Optional<DiagnosisReport> of(Diagnosis diagnosis) {
        return DiagnosisReport.of(diagnosis, recall.of(diagnosis), diagnoses.captures(diagnosis.id()));
    }

    /** The same without the lines that were read, for those who quote none. */
    public Optional<DiagnosisReport> withoutLines(Diagnosis diagnosis) {
        return DiagnosisReport.of(diagnosis, recall.of(diagnosis), List.of());
    }
}
