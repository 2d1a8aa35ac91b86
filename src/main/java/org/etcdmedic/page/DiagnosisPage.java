package org.etcdmedic.page;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.etcdmedic.diagnosis.Diagnoses;
import org.etcdmedic.diagnosis.Diagnosis;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.page.measured.Measurements;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;

/** One diagnosis: how far it is, and once it is over the verdict, what to do, and what decides. */
@Controller
@RequestMapping("/ui/diagnoses/{id}")
class DiagnosisPage {
    private final Diagnoses diagnoses;
    private final CaseFiles files;
    private final Measurements measurements;

    DiagnosisPage(Diagnoses diagnoses, CaseFiles files, Measurements measurements) {
        this.diagnoses = diagnoses;
        this.files = files;
        this.measurements = measurements;
    }

    @GetMapping
    String show(@PathVariable UUID id, Model model, Locale locale) {
        model.addAttribute("file", files.of(existing(id), locale));
        return "page/diagnosis";
    }

    /** How far it is; once it is over the whole page is of another kind, and the browser is told to get that. */
    @GetMapping("/progress")
    String progress(@PathVariable UUID id, Model model, Locale locale, HttpServletResponse response) {
        Diagnosis diagnosis = existing(id);
        if (!diagnosis.progress().status().open()) {
            response.setHeader("HX-Refresh", "true");
        }
        model.addAttribute("file", files.of(diagnosis, locale));
        return "page/parts :: progress";
    }

    /** What was measured around the alarm: by itself, for reading it takes longer than the verdict may be waited for. */
    @GetMapping("/plots")
    String plots(
            @PathVariable UUID id,
            @RequestHeader(name = "HX-Request", required = false) Optional<String> part,
            Model model,
            Locale locale) {
        model.addAttribute("id", id);
        model.addAttribute("measured", measurements.of(existing(id), locale));
        return part.isPresent() ? "page/plot :: all" : "page/plots";
    }

    private Diagnosis existing(UUID id) {
        Optional<Diagnosis> found = diagnoses.find(new DiagnosisId(id));
        return found.orElseThrow(NotThere::new);
    }
}
