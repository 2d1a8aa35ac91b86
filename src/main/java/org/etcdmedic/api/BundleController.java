package org.etcdmedic.api;

import com.fasterxml.jackson.annotation.JsonFormat;
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
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.etcdmedic.access.BodyLimit;
import org.etcdmedic.bundle.BundleLimits;
import org.etcdmedic.bundle.BundleReader;
import org.etcdmedic.bundle.EntryName;
import org.etcdmedic.bundle.archive.Packed;
import org.etcdmedic.diagnosis.AcceptBundle;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.diagnosis.RequestKey;
import org.etcdmedic.diagnosis.Status;
import org.etcdmedic.inventory.InstanceId;
import org.etcdmedic.inventory.NodeId;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;
import org.springframework.web.util.WebUtils;

/** Bundles in: what was collected by hand is judged without a connection. */
@RestController
@RequestMapping(path = "/diagnoses", version = "1")
@Tag(name = "diagnoses")
class BundleController {
    private static final String UNNAMED = "bundle";

    private final RequestBodies bodies;
    private final Messages messages;
    private final AcceptBundle accept;
    private final BundleLimits limits;
    private final RequestKeyHeader keys;

    BundleController(
            RequestBodies bodies, Messages messages, AcceptBundle accept, BundleReader reader, RequestKeyHeader keys) {
        this.bodies = bodies;
        this.messages = messages;
        this.accept = accept;
        this.limits = reader.limits();
        this.keys = keys;
    }

    /** What is said of the bundle; its schema is {@code BundleRequest} in the contract. */
    record BundleBody(
            @Nullable String instanceId,
            @Nullable String nodeId,
            // The offset is what was sent: it tells of the zone of the logs.
            @JsonFormat(without = JsonFormat.Feature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE) @Nullable
            OffsetDateTime occurredAt,

            @Nullable String timeZone) {
        static final BundleBody NOTHING = new BundleBody(null, null, null, null);
    }

    /** The body is only taken up when there is a place for it, and then stays in memory: it may hold secrets. */
    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
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
                            content =
                                    @Content(
                                            mediaType = MediaType.MULTIPART_FORM_DATA_VALUE,
                                            schema = @Schema(implementation = BundleBody.class))))
    @ApiResponse(responseCode = "202", useReturnTypeSchema = true)
    ResponseEntity<Accepted> post(HttpServletRequest request) throws IOException {
        try (AcceptBundle.Place place = accept.place().orElseThrow(() -> new ProblemException(Problem.UNAVAILABLE))) {
            MultipartHttpServletRequest parts = WebUtils.getNativeRequest(request, MultipartHttpServletRequest.class);
            MultipartFile bundle = parts == null ? null : parts.getFile("bundle");
            if (parts == null || bundle == null) {
                throw new ProblemException(
                        Problem.INVALID_REQUEST,
                        List.of(new ProblemException.FieldError("#bundle", messages.text("problem.bundle-part"))));
            }
            String text = text(parts);
            AcceptBundle.Said said = said(body(text));
            String name = name(bundle);
            byte[] content = bundle.getBytes();
            Optional<RequestKey> key = keys.key(
                    request, text.getBytes(StandardCharsets.UTF_8), name.getBytes(StandardCharsets.UTF_8), content);
            DiagnosisId id = RequestKeyHeader.once(() -> place.accept(Packed.upload(name, content), said, key));
            return Accepted.answer(null, id, Status.QUEUED, null);
        }
    }

    /** The sender's name for a file tells at most what it is; one that is no plain name is not used. */
    private String name(MultipartFile bundle) {
        String stated = Optional.ofNullable(bundle.getOriginalFilename()).orElse("");
        String last = stated.substring(Math.max(stated.lastIndexOf('/'), stated.lastIndexOf('\\')) + 1);
        return EntryName.wrong(last, limits).isPresent() ? UNNAMED : last;
    }

    private static String text(MultipartHttpServletRequest parts) throws IOException {
        MultipartFile file = parts.getFile("request");
        return file == null
                ? Objects.requireNonNullElse(parts.getParameter("request"), "")
                : new String(file.getBytes(), StandardCharsets.UTF_8);
    }

    private BundleBody body(String text) {
        if (text.isBlank()) {
            return BundleBody.NOTHING;
        }
        if (text.length() > BodyLimit.BYTES) {
            throw new ProblemException(Problem.TOO_LARGE);
        }
        return bodies.read(bodies.tree(text, messages.text("problem.not-json")), "BundleRequest", BundleBody.class);
    }

    private AcceptBundle.Said said(BundleBody body) {
        return new AcceptBundle.Said(
                Optional.ofNullable(body.instanceId()).map(InstanceId::new),
                Optional.ofNullable(body.nodeId()).map(NodeId::new),
                Optional.ofNullable(body.occurredAt()).map(OffsetDateTime::toInstant),
                Optional.ofNullable(body.occurredAt()).map(OffsetDateTime::getOffset),
                Optional.ofNullable(body.timeZone()).map(this::zone));
    }

    private ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException noZone) {
            throw new ProblemException(
                    Problem.INVALID_REQUEST,
                    List.of(new ProblemException.FieldError("/timeZone", messages.text("problem.zone"))));
        }
    }
}
