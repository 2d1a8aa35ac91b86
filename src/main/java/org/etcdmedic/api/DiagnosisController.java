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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.etcdmedic.alarm.Alarms;
import org.etcdmedic.diagnosis.Bundles;
import org.etcdmedic.diagnosis.Diagnoses;
import org.etcdmedic.diagnosis.Diagnosis;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.diagnosis.Listed;
import org.etcdmedic.diagnosis.Mode;
import org.etcdmedic.diagnosis.Opening;
import org.etcdmedic.diagnosis.RequestKey;
import org.etcdmedic.diagnosis.StartDiagnosis;
import org.etcdmedic.diagnosis.Status;
import org.etcdmedic.diagnosis.StoredCapture;
import org.etcdmedic.evidence.Observed;
import org.etcdmedic.inventory.InstanceId;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.inventory.OpaqueId;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.knowledge.Family;
import org.etcdmedic.memory.Recall;
import org.etcdmedic.probe.Capture;
import org.etcdmedic.probe.ProbeId;
import org.etcdmedic.probe.Who;
import org.etcdmedic.ticketing.Tickets;
import org.etcdmedic.verdict.Verdict;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Diagnoses out. */
@RestController
@RequestMapping(path = "/diagnoses", version = "1")
@Tag(name = "diagnoses")
class DiagnosisController {
    private final RequestBodies bodies;
    private final Messages messages;
    private final Diagnoses diagnoses;
    private final StartDiagnosis start;
    private final Alarms alarms;
    private final Bundles bundles;
    private final RequestKeyHeader keys;
    private final Recall recall;
    private final Tickets tickets;

    DiagnosisController(
            RequestBodies bodies,
            Messages messages,
            Diagnoses diagnoses,
            StartDiagnosis start,
            Alarms alarms,
            Bundles bundles,
            RequestKeyHeader keys,
            Recall recall,
            Tickets tickets) {
        this.bodies = bodies;
        this.messages = messages;
        this.diagnoses = diagnoses;
        this.start = start;
        this.alarms = alarms;
        this.bundles = bundles;
        this.keys = keys;
        this.recall = recall;
        this.tickets = tickets;
    }

    /** The wish for a diagnosis; its schema is {@code DiagnosisRequest} in the contract. */
    record DiagnosisBody(
            String instanceId, String nodeId, @Nullable OffsetDateTime at) {}

    /** A page of diagnoses. */
    record DiagnosisList(List<CaseView> items, @Nullable String next) {}

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

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
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
    ResponseEntity<AlarmController.Accepted> post(HttpServletRequest request) throws IOException {
        String text = bodies.text(request).whole();
        DiagnosisBody body = bodies.read(
                bodies.tree(text, messages.text("problem.not-json")), "DiagnosisRequest", DiagnosisBody.class);
        if (body.at() != null) {
            plausible("/at", body.at());
        }
        Optional<RequestKey> key = keys.key(request, text.getBytes(StandardCharsets.UTF_8));
        StartDiagnosis.Start started = RequestKeyHeader.once(() -> start.start(
                new InstanceId(body.instanceId()),
                new NodeId(body.nodeId()),
                Optional.ofNullable(body.at()).map(OffsetDateTime::toInstant),
                key));
        return switch (started) {
            case StartDiagnosis.Start.Started(Opening opening) ->
                ResponseEntity.accepted()
                        .location(URI.create("/diagnoses/" + opening.id()))
                        .header(HttpHeaders.RETRY_AFTER, AlarmController.RETRY_AFTER_SECONDS)
                        .body(new AlarmController.Accepted(
                                null,
                                opening.id().value(),
                                opening.status(),
                                opening instanceof Opening.Joined,
                                opening instanceof Opening.Joined
                                        ? AlarmController.JoinReason.OPEN_DIAGNOSIS_OF_INSTANCE
                                        : null));
            case StartDiagnosis.Start.UnknownInstance ignored -> throw new ProblemException(Problem.UNKNOWN_INSTANCE);
            case StartDiagnosis.Start.UnknownNode ignored -> throw new ProblemException(Problem.UNKNOWN_NODE);
        };
    }

    @GetMapping(path = "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "getDiagnosis")
    DiagnosisView get(@PathVariable UUID id, Locale locale) {
        Diagnosis diagnosis = existing(id);
        DiagnosisView told = live(
                        diagnosis,
                        repeated(diagnosis, DiagnosisView.of(diagnosis, alarms.count(diagnosis.id()), locale)))
                .with(alarms.clearedAt(diagnosis.id()))
                .with(tickets.of(List.of(diagnosis.id())));
        DiagnosisView view =
                recall.of(diagnosis).map(history -> told.with(history, locale)).orElse(told);
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

    @GetMapping(path = "/{id}/evidence", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "getEvidence")
    EvidenceList evidence(@PathVariable UUID id) {
        return new EvidenceList(diagnoses.captures(existing(id).id()).stream()
                .map(EvidenceView::of)
                .toList());
    }

    @GetMapping(path = "/{id}/evidence/{evidenceId}", produces = MediaType.TEXT_PLAIN_VALUE)
    @Operation(operationId = "getEvidenceText")
    ResponseEntity<String> evidenceText(@PathVariable UUID id, @PathVariable UUID evidenceId) {
        String text = diagnoses
                .capture(new DiagnosisId(id), evidenceId)
                .map(StoredCapture::text)
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND));
        // Nodes are hostile input: a browser must never take this for anything but text.
        return ResponseEntity.ok().header("X-Content-Type-Options", "nosniff").body(UnseenCharacters.shown(text));
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "getDiagnoses")
    DiagnosisList list(
            @RequestParam Optional<String> instanceId,
            @RequestParam Optional<String> nodeId,
            @RequestParam Optional<Status> status,
            @RequestParam Optional<Family> family,
            @RequestParam Optional<String> cause,
            @RequestParam Optional<Verdict.Outcome> outcome,
            @RequestParam @DateTimeFormat(iso = DateTimeFormat.ISO.DATE_TIME) Optional<OffsetDateTime> since,
            @RequestParam @DateTimeFormat(iso = DateTimeFormat.ISO.DATE_TIME) Optional<OffsetDateTime> until,
            @RequestParam Optional<String> cursor,
            @RequestParam(defaultValue = "50") int limit,
            Locale locale) {
        Limits.check(limit, messages);
        var filter = new Diagnoses.Filter(
                instanceId.map(v -> new InstanceId(identifier("instanceId", v))),
                nodeId.map(v -> new NodeId(identifier("nodeId", v))),
                status,
                family.map(Family::name),
                cause.map(this::causeCode),
                outcome,
                since.map(v -> instant("since", v)),
                until.map(v -> instant("until", v)));
        List<Listed> found = diagnoses.newest(filter, cursor.map(this::cursor), limit + 1);
        List<Listed> page = found.stream().limit(limit).toList();
        String next = found.size() > limit ? PageCursor.text(page.getLast()) : null;
        return new DiagnosisList(page.stream().map(d -> CaseView.of(d, locale)).toList(), next);
    }

    private Diagnosis existing(UUID id) {
        return diagnoses.find(new DiagnosisId(id)).orElseThrow(() -> new ProblemException(Problem.NOT_FOUND));
    }

    private Instant instant(String parameter, OffsetDateTime time) {
        plausible("#" + parameter, time);
        return time.toInstant();
    }

    private void plausible(String pointer, OffsetDateTime time) {
        if (time.getYear() < 1970 || time.getYear() > 9999) {
            throw new ProblemException(
                    Problem.INVALID_REQUEST,
                    List.of(new ProblemException.FieldError(pointer, messages.text("problem.instant"))));
        }
    }

    private String causeCode(String text) {
        try {
            return new CauseCode(text).value();
        } catch (IllegalArgumentException e) {
            throw wrong("cause", "problem.parameter");
        }
    }

    private Diagnoses.Cursor cursor(String text) {
        return PageCursor.read(text).orElseThrow(() -> wrong("cursor", "problem.cursor"));
    }

    private String identifier(String parameter, String value) {
        if (!OpaqueId.fits(value)) {
            throw wrong(parameter, "problem.identifier");
        }
        return value;
    }

    private ProblemException wrong(String parameter, String message) {
        return new ProblemException(
                Problem.INVALID_REQUEST,
                List.of(new ProblemException.FieldError("#" + parameter, messages.text(message))));
    }
}
