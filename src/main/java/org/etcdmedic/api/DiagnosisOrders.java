package org.etcdmedic.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.etcdmedic.diagnosis.CancelDiagnosis;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.diagnosis.Opening;
import org.etcdmedic.diagnosis.RequestKey;
import org.etcdmedic.diagnosis.RerunDiagnosis;
import org.etcdmedic.diagnosis.Status;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What an operator orders about a diagnosis: to call it off, or to run it again. */
@RestController
@RequestMapping(path = "/diagnoses/{id}", version = "1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "diagnoses")
class DiagnosisOrders {
    private final CancelDiagnosis cancel;
    private final RerunDiagnosis rerun;
    private final RequestBodies bodies;
    private final Messages messages;
    private final RequestKeyHeader keys;

    DiagnosisOrders(
            CancelDiagnosis cancel,
            RerunDiagnosis rerun,
            RequestBodies bodies,
            Messages messages,
            RequestKeyHeader keys) {
        this.cancel = cancel;
        this.rerun = rerun;
        this.bodies = bodies;
        this.messages = messages;
        this.keys = keys;
    }

    /** A diagnosis that was called off; its schema is {@code Cancelled} in the contract. */
    record Cancelled(UUID diagnosisId, Status status) {}

    /** What is to be run again; its schema is {@code RerunRequest} in the contract. */
    record RerunBody(@Nullable OffsetDateTime since) {}

    /** The diagnosis that was started, or joined; its schema is {@code RerunAccepted} in the contract. */
    record RerunAccepted(
            UUID diagnosisId, Status status, boolean joined, Accepted.@Nullable JoinReason reason, UUID rerunOf) {}

    @PostMapping("/cancel")
    @Operation(operationId = "cancelDiagnosis")
    Cancelled cancel(@PathVariable UUID id) {
        return switch (cancel.cancel(new DiagnosisId(id))) {
            case CANCELLED -> new Cancelled(id, Status.CANCELLED);
            case OVER -> throw new ProblemException(Problem.DIAGNOSIS_OVER);
            case UNKNOWN -> throw new ProblemException(Problem.NOT_FOUND);
        };
    }

    @PostMapping("/rerun")
    @Operation(
            operationId = "rerunDiagnosis",
            parameters =
                    @Parameter(
                            in = ParameterIn.HEADER,
                            name = RequestKeyHeader.NAME,
                            schema = @Schema(type = "string")),
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = RerunBody.class))))
    @ApiResponse(responseCode = "202", useReturnTypeSchema = true)
    ResponseEntity<RerunAccepted> rerun(@PathVariable UUID id, HttpServletRequest request) throws IOException {
        String text = bodies.text(request).whole();
        Optional<Instant> since = since(text);
        Optional<RequestKey> key = keys.key(request, text.getBytes(StandardCharsets.UTF_8));
        return switch (RequestKeyHeader.once(() -> rerun.rerun(new DiagnosisId(id), since, key))) {
            case RerunDiagnosis.Started.Again(Opening opening) -> accepted(id, opening);
            case RerunDiagnosis.Started.Unknown ignored -> throw new ProblemException(Problem.NOT_FOUND);
            case RerunDiagnosis.Started.StillOpen ignored -> throw new ProblemException(Problem.DIAGNOSIS_OPEN);
            case RerunDiagnosis.Started.UnknownInstance ignored -> throw new ProblemException(Problem.UNKNOWN_INSTANCE);
            case RerunDiagnosis.Started.UnknownNode ignored -> throw new ProblemException(Problem.UNKNOWN_NODE);
        };
    }

    /** The body may be left out. */
    private Optional<Instant> since(String text) {
        if (text.isBlank()) {
            return Optional.empty();
        }
        OffsetDateTime since = bodies.read(
                        bodies.tree(text, messages.text("problem.not-json")), "RerunRequest", RerunBody.class)
                .since();
        return Optional.ofNullable(since).map(time -> Instants.of("/since", time, messages));
    }

    private static ResponseEntity<RerunAccepted> accepted(UUID before, Opening opening) {
        boolean joined = opening instanceof Opening.Joined;
        return ResponseEntity.accepted()
                .location(URI.create("/diagnoses/" + opening.id()))
                .header(HttpHeaders.RETRY_AFTER, Accepted.RETRY_AFTER_SECONDS)
                .body(new RerunAccepted(
                        opening.id().value(),
                        opening.status(),
                        joined,
                        joined ? Accepted.JoinReason.OPEN_DIAGNOSIS_OF_INSTANCE : null,
                        before));
    }
}
