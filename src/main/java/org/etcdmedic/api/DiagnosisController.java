package org.etcdmedic.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.etcdmedic.diagnosis.Bundles;
import org.etcdmedic.diagnosis.Diagnoses;
import org.etcdmedic.diagnosis.Diagnosis;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.diagnosis.Mode;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** One diagnosis, with all that is known of it. */
@RestController
@RequestMapping(path = "/diagnoses/{id}", version = "1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "diagnoses")
class DiagnosisController {
    private final Diagnoses diagnoses;
    private final Bundles bundles;
    private final Surroundings surroundings;
    private final Messages messages;

    DiagnosisController(Diagnoses diagnoses, Bundles bundles, Surroundings surroundings, Messages messages) {
        this.diagnoses = diagnoses;
        this.bundles = bundles;
        this.surroundings = surroundings;
        this.messages = messages;
    }

    @GetMapping
    @Operation(operationId = "getDiagnosis")
    DiagnosisView get(@PathVariable UUID id, Locale locale) {
        Diagnosis diagnosis = existing(id);
        DiagnosisView view = live(diagnosis, repeated(diagnosis, surroundings.around(diagnosis, locale)));
        return diagnosis.mode() == Mode.SSH
                ? view
                : bundles.find(diagnosis.id())
                        .map(BundleView::of)
                        .map(view::with)
                        .orElse(view);
    }

    private DiagnosisView live(Diagnosis diagnosis, DiagnosisView view) {
        return diagnosis.progress().status().open()
                ? Optional.ofNullable(diagnoses.live(List.of(diagnosis.id())).get(diagnosis.id()))
                        // It may have ended since it was read: then its progress would contradict it.
                        .filter(now -> now.status().open())
                        .map(ProgressView::of)
                        .map(view::with)
                        .orElse(view)
                : view;
    }

    private DiagnosisView repeated(Diagnosis diagnosis, DiagnosisView view) {
        return diagnosis
                .rerun()
                .map(rerun -> view.with(RerunView.of(rerun, diagnosis, diagnoses.find(rerun.of()), messages)))
                .orElse(view);
    }

    private Diagnosis existing(UUID id) {
        return diagnoses.find(new DiagnosisId(id)).orElseThrow(() -> new ProblemException(Problem.NOT_FOUND));
    }
}
