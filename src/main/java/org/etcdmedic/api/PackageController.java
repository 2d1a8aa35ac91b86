package org.etcdmedic.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.etcdmedic.diagnosis.Diagnoses;
import org.etcdmedic.diagnosis.Diagnosis;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.handover.PackDiagnosis;
import org.etcdmedic.veil.Pseudonym;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** A diagnosis for another team, and what the pseudonyms in it stand for. */
@RestController
@RequestMapping(path = "/diagnoses/{id}/bundle", version = "1")
@Tag(name = "diagnoses")
class PackageController {
    private static final String GZIP = "application/gzip";

    private final Diagnoses diagnoses;
    private final PackDiagnosis pack;

    PackageController(Diagnoses diagnoses, PackDiagnosis pack) {
        this.diagnoses = diagnoses;
        this.pack = pack;
    }

    @GetMapping(produces = GZIP)
    @Operation(operationId = "getPackage")
    @ApiResponse(
            responseCode = "200",
            content = @Content(mediaType = GZIP, schema = @Schema(type = "string", format = "binary")))
    ResponseEntity<byte[]> get(@PathVariable UUID id, Locale locale) {
        return pack.of(concluded(id), locale)
                .map(made -> ResponseEntity.ok()
                        .contentType(MediaType.parseMediaType(GZIP))
                        .header(
                                HttpHeaders.CONTENT_DISPOSITION,
                                ContentDisposition.attachment()
                                        .filename(made.name())
                                        .build()
                                        .toString())
                        .header("X-Content-Type-Options", "nosniff")
                        .body(made.content()))
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND));
    }

    /** What the pseudonyms stand for. */
    record PseudonymList(List<PseudonymView> items) {}

    /** A pseudonym. */
    record PseudonymView(Pseudonym.Kind kind, String pseudonym, String original) {}

    @GetMapping(path = "/map", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "getPackageMap")
    PseudonymList map(@PathVariable UUID id) {
        return pack.names(concluded(id))
                .map(names -> new PseudonymList(names.stream()
                        .map(name -> new PseudonymView(name.kind(), name.pseudonym(), name.original()))
                        .toList()))
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND));
    }

    private Diagnosis concluded(UUID id) {
        Diagnosis diagnosis =
                diagnoses.find(new DiagnosisId(id)).orElseThrow(() -> new ProblemException(Problem.NOT_FOUND));
        if (diagnosis.judgement().isEmpty()) {
            throw new ProblemException(Problem.NO_VERDICT);
        }
        return diagnosis;
    }
}
