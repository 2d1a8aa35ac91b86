package org.etcdmedic.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.etcdmedic.diagnosis.Diagnoses;
import org.etcdmedic.diagnosis.Diagnosis;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.diagnosis.StoredCapture;
import org.etcdmedic.evidence.Observed;
import org.etcdmedic.probe.Capture;
import org.etcdmedic.probe.ProbeId;
import org.etcdmedic.probe.Who;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the nodes answered to a diagnosis, word for word. */
@RestController
@RequestMapping(path = "/diagnoses/{id}/evidence", version = "1")
@Tag(name = "diagnoses")
class EvidenceController {
    private final Diagnoses diagnoses;

    EvidenceController(Diagnoses diagnoses) {
        this.diagnoses = diagnoses;
    }

    /** A capture on the wire; its schema is {@code Evidence} in the contract. */
    record EvidenceView(
            UUID id,
            String nodeId,
            String probe,
            Map<String, String> args,
            String command,
            Instant startedAt,
            long durationMillis,
            @Nullable Integer exitStatus,
            Capture.@Nullable Reason reason,
            @Nullable String detail,
            @Nullable String errorText,
            long bytes,
            boolean truncated,
            Observed observed,
            @Nullable String login,
            @Nullable String account,
            Who.@Nullable Through through) {
        static EvidenceView of(StoredCapture c) {
            return new EvidenceView(
                    c.id(),
                    c.node().value(),
                    c.probe(),
                    c.arguments(),
                    c.command(),
                    c.startedAt(),
                    c.took().toMillis(),
                    c.exitStatus().orElse(null),
                    c.reason().orElse(null),
                    c.detail().isEmpty() ? null : c.detail(),
                    c.errorText().isEmpty() ? null : c.errorText(),
                    c.bytes(),
                    c.truncated(),
                    Observed.by(new ProbeId(c.probe())),
                    c.who().map(Who::login).orElse(null),
                    c.who().map(Who::account).orElse(null),
                    c.who().map(Who::through).orElse(null));
        }
    }

    /** All evidence of a diagnosis. */
    record EvidenceList(List<EvidenceView> items) {}

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "getEvidence")
    EvidenceList evidence(@PathVariable UUID id) {
        return new EvidenceList(diagnoses.captures(existing(id).id()).stream()
                .map(EvidenceView::of)
                .toList());
    }

    @GetMapping(path = "/{evidenceId}", produces = MediaType.TEXT_PLAIN_VALUE)
    @Operation(operationId = "getEvidenceText")
    ResponseEntity<String> evidenceText(@PathVariable UUID id, @PathVariable UUID evidenceId) {
        String text = diagnoses
                .capture(new DiagnosisId(id), evidenceId)
                .map(StoredCapture::text)
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND));
        // Nodes are hostile input: a browser must never take this for anything but text.
        return ResponseEntity.ok().header("X-Content-Type-Options", "nosniff").body(UnseenCharacters.shown(text));
    }

    private Diagnosis existing(UUID id) {
        return diagnoses.find(new DiagnosisId(id)).orElseThrow(() -> new ProblemException(Problem.NOT_FOUND));
    }
}
