package org.etcdmedic.diagnosis;

import java.util.Optional;
import org.etcdmedic.bundle.BundleCase;
import org.etcdmedic.diagnosis.StoredCase.NotKept;
import org.etcdmedic.diagnosis.StoredCase.Reason;

/** Finds concluded diagnoses with all that they were judged by, one at a time: a case may be many megabytes. */
public final class StoredCases {
    private final Diagnoses diagnoses;
    private final Bundles bundles;

    StoredCases(Diagnoses diagnoses, Bundles bundles) {
        this.diagnoses = diagnoses;
        this.bundles = bundles;
    }

    /** The case of a diagnosis. */
    public StoredCase find(DiagnosisId id) {
        Optional<Diagnosis> found = diagnoses.find(id);
        if (found.isEmpty()) {
            return new NotKept(Reason.GONE);
        }
        Diagnosis diagnosis = found.get();
        if (diagnosis.judgement().isEmpty()) {
            return new NotKept(Reason.NO_VERDICT);
        }
        Optional<BundleCase> bundle = bundles.find(id);
        if (bundle.isPresent()) {
            return new StoredCase.OfBundle(diagnosis, bundle.get(), bundles.captures(id));
        }
        return diagnoses
                .asked(id)
                .<StoredCase>map(asked -> new StoredCase.OfNodes(
                        diagnosis,
                        asked,
                        diagnoses.captures(id).stream()
                                .map(StoredCapture::asTaken)
                                .toList(),
                        diagnoses.told(id)))
                .orElseGet(() -> new NotKept(Reason.TOO_OLD));
    }
}
