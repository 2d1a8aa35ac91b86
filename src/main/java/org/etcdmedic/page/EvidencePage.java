package org.etcdmedic.page;

import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import org.etcdmedic.bundle.EntryName;
import org.etcdmedic.diagnosis.Diagnoses;
import org.etcdmedic.diagnosis.Diagnosis;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.diagnosis.StoredCapture;
import org.etcdmedic.report.FindReport;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** One piece of evidence: what was run, and what came, with the lines that decide. */
@Controller
class EvidencePage {
    private final Diagnoses diagnoses;
    private final FindReport reports;

    EvidencePage(Diagnoses diagnoses, FindReport reports) {
        this.diagnoses = diagnoses;
        this.reports = reports;
    }

    @GetMapping("/ui/diagnoses/{id}/evidence/{evidenceId}")
    String show(@PathVariable UUID id, @PathVariable UUID evidenceId, Model model, Locale locale) {
        Diagnosis diagnosis = diagnoses.find(new DiagnosisId(id)).orElseThrow(NotThere::new);
        StoredCapture capture = diagnoses.capture(diagnosis.id(), evidenceId).orElseThrow(NotThere::new);
        model.addAttribute("id", id);
        model.addAttribute("capture", capture);
        model.addAttribute("what", what(capture));
        model.addAttribute("command", EntryName.line(capture.command()));
        model.addAttribute("errors", MarkedText.of(capture.errorText()));
        model.addAttribute("detail", EntryName.line(capture.detail()));
        model.addAttribute(
                "text",
                reports.of(diagnosis)
                        .map(report -> MarkedText.of(capture.text(), capture.id(), report, locale))
                        .orElseGet(() -> MarkedText.of(capture.text())));
        return "page/evidence";
    }

    private static String what(StoredCapture capture) {
        return EntryName.line(capture.probe()
                + capture.arguments().entrySet().stream()
                        .filter(argument -> !argument.getKey().equals("needed"))
                        .map(argument -> " " + argument.getValue())
                        .sorted()
                        .collect(Collectors.joining()));
    }
}
