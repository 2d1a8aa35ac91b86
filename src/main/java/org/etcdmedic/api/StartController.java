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
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.etcdmedic.diagnosis.Opening;
import org.etcdmedic.diagnosis.RequestKey;
import org.etcdmedic.diagnosis.StartDiagnosis;
import org.etcdmedic.inventory.InstanceId;
import org.etcdmedic.inventory.NodeId;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Diagnoses that somebody asks for, without an alarm. */
@RestController
@RequestMapping(path = "/diagnoses", version = "1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "diagnoses")
class StartController {
    private final RequestBodies bodies;
    private final Messages messages;
    private final RequestKeyHeader keys;
    private final StartDiagnosis start;

    StartController(RequestBodies bodies, Messages messages, RequestKeyHeader keys, StartDiagnosis start) {
        this.bodies = bodies;
        this.messages = messages;
        this.keys = keys;
        this.start = start;
    }

    /** The wish for a diagnosis; its schema is {@code DiagnosisRequest} in the contract. */
    record DiagnosisBody(
            String instanceId, String nodeId, @Nullable OffsetDateTime at) {}

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "postDiagnosis",
            parameters =
                    @Parameter(
                            in = ParameterIn.HEADER,
                            name = RequestKeyHeader.NAME,
                            schema = @Schema(type = "string")),
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content = @Content(schema = @Schema(implementation = DiagnosisBody.class))))
    @ApiResponse(responseCode = "202", useReturnTypeSchema = true)
    ResponseEntity<Accepted> post(HttpServletRequest request) throws IOException {
        String text = bodies.text(request).whole();
        DiagnosisBody body = bodies.read(
                bodies.tree(text, messages.text("problem.not-json")), "DiagnosisRequest", DiagnosisBody.class);
        Optional<Instant> at = Optional.ofNullable(body.at()).map(time -> Instants.of("/at", time, messages));
        Optional<RequestKey> key = keys.key(request, text.getBytes(StandardCharsets.UTF_8));
        StartDiagnosis.Start started = RequestKeyHeader.once(
                () -> start.start(new InstanceId(body.instanceId()), new NodeId(body.nodeId()), at, key));
        return switch (started) {
            case StartDiagnosis.Start.Started(Opening opening) ->
                Accepted.answer(
                        null,
                        opening.id(),
                        opening.status(),
                        opening instanceof Opening.Joined ? Accepted.JoinReason.OPEN_DIAGNOSIS_OF_INSTANCE : null);
            case StartDiagnosis.Start.UnknownInstance ignored -> throw new ProblemException(Problem.UNKNOWN_INSTANCE);
            case StartDiagnosis.Start.UnknownNode ignored -> throw new ProblemException(Problem.UNKNOWN_NODE);
        };
    }
}
