package org.etcdmedic.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.etcdmedic.diagnosis.Diagnoses;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.report.DiagnosisReport;
import org.etcdmedic.report.FindReport;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** A diagnosis for people: a page that prints, or Markdown for a ticket, by {@code Accept}. */
@RestController
@RequestMapping(path = "/diagnoses/{id}/report", version = "1")
@Tag(name = "diagnoses")
class ReportController {
    /** The page runs no script and fetches nothing, also where a browser would let it. */
    private static final String NOTHING_BUT_ITSELF =
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

    private final Diagnoses diagnoses;
    private final FindReport reports;

    ReportController(Diagnoses diagnoses, FindReport reports) {
        this.diagnoses = diagnoses;
        this.reports = reports;
    }

    @GetMapping(produces = {MediaType.TEXT_HTML_VALUE, MediaType.TEXT_MARKDOWN_VALUE})
    @Operation(operationId = "getReport")
    ResponseEntity<DiagnosisReport> get(@PathVariable UUID id) {
        return diagnoses
                .find(new DiagnosisId(id))
                .map(diagnosis -> reports.of(diagnosis).orElseThrow(() -> new ProblemException(Problem.NO_VERDICT)))
                .map(report -> ResponseEntity.ok()
                        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT, HttpHeaders.ACCEPT_LANGUAGE)
                        .header("X-Content-Type-Options", "nosniff")
                        .header("Content-Security-Policy", NOTHING_BUT_ITSELF)
                        .body(report))
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND));
    }
}
