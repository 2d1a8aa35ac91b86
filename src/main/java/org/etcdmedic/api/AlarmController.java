package org.etcdmedic.api;

import io.micrometer.common.KeyValue;
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
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.etcdmedic.alarm.AcceptAlarm;
import org.etcdmedic.alarm.Acceptance;
import org.etcdmedic.alarm.Alarm;
import org.etcdmedic.alarm.Alarms;
import org.etcdmedic.alarm.source.Mapped;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.diagnosis.Status;
import org.etcdmedic.evidence.Redactor;
import org.etcdmedic.inventory.InstanceId;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.inventory.OpaqueId;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.filter.ServerHttpObservationFilter;
import tools.jackson.databind.JsonNode;

/** Alarms in. */
@RestController
@RequestMapping(path = "/alarms", version = "1")
@Tag(name = "alarms")
class AlarmController {
    static final String SCHEMA = "Alarm";

    /** A diagnosis takes seconds; asking earlier is of no use. */
    static final String RETRY_AFTER_SECONDS = "2";

    /** Enough of a refused body to see what was meant. */
    private static final int KEPT_BODY = 16 * 1024;

    private final RequestBodies bodies;
    private final Messages messages;
    private final RequestKeyHeader keys;
    private final AcceptAlarm accept;
    private final Alarms alarms;

    private final AlarmCounters counters;

    AlarmController(
            RequestBodies bodies,
            Messages messages,
            RequestKeyHeader keys,
            AcceptAlarm accept,
            Alarms alarms,
            AlarmCounters counters) {
        this.bodies = bodies;
        this.messages = messages;
        this.keys = keys;
        this.accept = accept;
        this.alarms = alarms;
        this.counters = counters;
    }

    /** An alarm on the wire; its schema is {@code Alarm} in the contract. */
    record AlarmBody(
            @Nullable String alarmId,
            @Nullable String name,
            String instanceId,
            String nodeId,
            @Nullable String vmId,
            @Nullable String severity,
            OffsetDateTime occurredAt,
            @Nullable String clusterStatus,
            @Nullable List<VmEventBody> vmEvents,
            @Nullable Map<String, String> labels) {
        record VmEventBody(Alarm.VmEvent.Type type, OffsetDateTime occurredAt) {}

        AlarmBody named(Optional<String> name) {
            return alarmId != null || name.isEmpty()
                    ? this
                    : new AlarmBody(
                            name.get(),
                            this.name,
                            instanceId,
                            nodeId,
                            vmId,
                            severity,
                            occurredAt,
                            clusterStatus,
                            vmEvents,
                            labels);
        }

        Alarm toAlarm() {
            return new Alarm(
                    alarmId,
                    name,
                    new InstanceId(instanceId),
                    new NodeId(nodeId),
                    vmId,
                    severity,
                    occurredAt.toInstant(),
                    clusterStatus,
                    vmEvents == null
                            ? List.of()
                            : vmEvents.stream()
                                    .map(e -> new Alarm.VmEvent(
                                            e.type(), e.occurredAt().toInstant()))
                                    .toList(),
                    labels == null ? Map.of() : labels);
        }
    }

    /** What became of it; its schema is {@code AlarmAccepted} in the contract. */
    record Accepted(
            @Nullable String alarmId,
            UUID diagnosisId,
            Status status,
            boolean joined,
            @Nullable JoinReason reason) {}

    /** Why an alarm joined a diagnosis. */
    enum JoinReason {
        SAME_ALARM,
        OPEN_DIAGNOSIS_OF_INSTANCE
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "postAlarm",
            parameters =
                    @Parameter(
                            in = ParameterIn.HEADER,
                            name = RequestKeyHeader.NAME,
                            schema = @Schema(type = "string")),
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content = @Content(schema = @Schema(implementation = AlarmBody.class))))
    @ApiResponse(responseCode = "202", useReturnTypeSchema = true)
    ResponseEntity<Accepted> post(HttpServletRequest request) throws IOException {
        try {
            ResponseEntity<Accepted> answer = take(request);
            named(request, answer.getBody());
            return answer;
        } catch (ProblemException e) {
            counters.count(AlarmCounters.Result.REFUSED);
            throw e;
        } catch (RuntimeException e) {
            counters.count(AlarmCounters.Result.UNAVAILABLE);
            throw e;
        }
    }

    /** In a trace the request of an alarm names the diagnosis that looks after it, also when it joined one. */
    private static void named(HttpServletRequest request, @Nullable Accepted accepted) {
        if (accepted != null) {
            ServerHttpObservationFilter.findObservationContext(request)
                    .ifPresent(context -> context.addHighCardinalityKeyValue(KeyValue.of(
                            "medic.diagnosis", accepted.diagnosisId().toString())));
        }
    }

    private ResponseEntity<Accepted> take(HttpServletRequest request) throws IOException {
        RequestBodies.Text text = bodies.text(request);
        Optional<JsonNode> tree = Optional.empty();
        AlarmBody body;
        try {
            tree = Optional.of(bodies.tree(text.whole(), messages.text("problem.not-json")));
            body = bodies.read(tree.get(), SCHEMA, AlarmBody.class).named(alarmId(request));
        } catch (ProblemException e) {
            accept.refuse(refusal(e.problem(), tree, text.beginning()));
            throw e;
        }
        return switch (accept.accept(body.toAlarm(), kept(text.beginning()))) {
            case Acceptance.Opened(DiagnosisId id) -> {
                counters.count(AlarmCounters.Result.OPENED);
                yield accepted(body, id, Status.QUEUED, null);
            }
            case Acceptance.Joined(DiagnosisId id, Status status) -> {
                counters.count(AlarmCounters.Result.JOINED);
                yield accepted(body, id, status, JoinReason.OPEN_DIAGNOSIS_OF_INSTANCE);
            }
            case Acceptance.Repeated(DiagnosisId id, Status status) -> {
                counters.count(AlarmCounters.Result.REPEATED);
                yield accepted(body, id, status, JoinReason.SAME_ALARM);
            }
            case Acceptance.Refused(Acceptance.Reason reason) -> throw unknown(reason);
        };
    }

    /** Who gives its alarms no identifier may call the request one: to send it again is as harmless. */
    private Optional<String> alarmId(HttpServletRequest request) {
        return keys.name(request).map(name -> {
            if (!OpaqueId.fits(name)) {
                throw new ProblemException(
                        Problem.INVALID_REQUEST,
                        List.of(new ProblemException.FieldError(
                                "#" + RequestKeyHeader.NAME, messages.text("problem.identifier"))));
            }
            return name;
        });
    }

    private static ProblemException unknown(Acceptance.Reason reason) {
        return switch (reason) {
            case UNKNOWN_INSTANCE -> new ProblemException(Problem.UNKNOWN_INSTANCE);
            case UNKNOWN_NODE -> new ProblemException(Problem.UNKNOWN_NODE);
            case INVALID -> new ProblemException(Problem.INVALID_REQUEST);
            case TOO_LARGE -> new ProblemException(Problem.TOO_LARGE);
        };
    }

    private static ResponseEntity<Accepted> accepted(
            AlarmBody body, DiagnosisId id, Status status, @Nullable JoinReason reason) {
        return ResponseEntity.accepted()
                .location(URI.create("/diagnoses/" + id))
                .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                .body(new Accepted(body.alarmId(), id.value(), status, reason != null, reason));
    }

    private static Alarms.Refusal refusal(Problem problem, Optional<JsonNode> tree, String text) {
        return new Alarms.Refusal(
                problem == Problem.TOO_LARGE ? Acceptance.Reason.TOO_LARGE : Acceptance.Reason.INVALID,
                identifier(tree, "instanceId"),
                identifier(tree, "nodeId"),
                identifier(tree, "alarmId"),
                kept(text));
    }

    private static Optional<String> identifier(Optional<JsonNode> tree, String field) {
        return tree.map(t -> t.path(field))
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .filter(OpaqueId::fits);
    }

    private static String kept(String text) {
        return text.length() <= KEPT_BODY ? text : text.substring(0, KEPT_BODY);
    }

    /** A kept alarm; its schema is {@code AlarmView} in the contract. */
    record AlarmView(
            UUID id,
            @Nullable String alarmId,
            @Nullable String instanceId,
            @Nullable String nodeId,
            @Nullable Instant occurredAt,
            Alarms.State state,
            @Nullable UUID diagnosisId,
            Acceptance.@Nullable Reason problem,
            @Nullable String body,
            Instant receivedAt,
            @Nullable String source,
            @Nullable String name,
            @Nullable Instant clearedAt,
            @Nullable List<WrongView> errors,
            @Nullable Integer repeats,
            @Nullable Boolean resendable,
            @Nullable Instant resentAt) {
        static AlarmView of(Alarms.Kept kept, Messages messages) {
            Alarms.Sent sent = kept.sent();
            boolean refused = kept.state() == Alarms.State.REJECTED || kept.state() == Alarms.State.RESENT;
            return new AlarmView(
                    kept.id(),
                    kept.alarmId().orElse(null),
                    kept.instanceId().orElse(null),
                    kept.nodeId().orElse(null),
                    kept.occurredAt().orElse(null),
                    kept.state(),
                    kept.diagnosis().map(DiagnosisId::value).orElse(null),
                    kept.problem().orElse(null),
                    kept.body().map(Redactor::clean).orElse(null),
                    kept.receivedAt(),
                    sent.source().orElse(null),
                    sent.name().orElse(null),
                    sent.clearedAt().orElse(null),
                    sent.wrong().isEmpty()
                            ? null
                            : sent.wrong().stream()
                                    .map(wrong -> WrongView.of(wrong, messages))
                                    .toList(),
                    refused ? sent.repeats() : null,
                    refused ? kept.state() == Alarms.State.REJECTED && sent.whole() : null,
                    sent.resentAt().orElse(null));
        }
    }

    /** What is wrong in a refused body; its schema is {@code AlarmError} in the contract. */
    record WrongView(String pointer, Mapped.Problem.Code code, String detail) {
        static WrongView of(Alarms.Wrong wrong, Messages messages) {
            return new WrongView(
                    wrong.pointer(),
                    Mapped.Problem.Code.valueOf(wrong.code()),
                    messages.text("source.problem." + wrong.code()));
        }
    }

    /** A page of kept alarms. */
    record AlarmList(List<AlarmView> items) {}

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "getAlarms")
    AlarmList list(
            @RequestParam Optional<Alarms.State> state,
            @RequestParam Optional<String> source,
            @RequestParam(defaultValue = "50") int limit) {
        Limits.check(limit, messages);
        return new AlarmList(alarms.newest(state, source, limit).stream()
                .map(kept -> AlarmView.of(kept, messages))
                .toList());
    }
}
