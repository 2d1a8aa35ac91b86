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
import java.util.List;
import java.util.Optional;
import org.etcdmedic.alarm.AcceptAlarm;
import org.etcdmedic.alarm.Acceptance;
import org.etcdmedic.alarm.Alarms;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.diagnosis.Status;
import org.etcdmedic.inventory.OpaqueId;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.filter.ServerHttpObservationFilter;
import tools.jackson.databind.JsonNode;

/** Alarms in. */
@RestController
@RequestMapping(path = "/alarms", version = "1")
@Tag(name = "alarms")
class AlarmController {
    private final RequestBodies bodies;
    private final Messages messages;
    private final RequestKeyHeader keys;
    private final AcceptAlarm accept;
    private final AlarmCounters counters;

    AlarmController(
            RequestBodies bodies,
            Messages messages,
            RequestKeyHeader keys,
            AcceptAlarm accept,
            AlarmCounters counters) {
        this.bodies = bodies;
        this.messages = messages;
        this.keys = keys;
        this.accept = accept;
        this.counters = counters;
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
            body = bodies.read(tree.get(), AlarmBody.SCHEMA, AlarmBody.class).named(alarmId(request));
        } catch (ProblemException e) {
            accept.refuse(refusal(e.problem(), tree, text.beginning()));
            throw e;
        }
        return switch (accept.accept(body.toAlarm(), text.beginning())) {
            case Acceptance.Opened(DiagnosisId id) -> {
                counters.count(AlarmCounters.Result.OPENED);
                yield Accepted.answer(body.alarmId(), id, Status.QUEUED, null);
            }
            case Acceptance.Joined(DiagnosisId id, Status status) -> {
                counters.count(AlarmCounters.Result.JOINED);
                yield Accepted.answer(body.alarmId(), id, status, Accepted.JoinReason.OPEN_DIAGNOSIS_OF_INSTANCE);
            }
            case Acceptance.Repeated(DiagnosisId id, Status status) -> {
                counters.count(AlarmCounters.Result.REPEATED);
                yield Accepted.answer(body.alarmId(), id, status, Accepted.JoinReason.SAME_ALARM);
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

    private static Alarms.Refusal refusal(Problem problem, Optional<JsonNode> tree, String text) {
        return new Alarms.Refusal(
                problem == Problem.TOO_LARGE ? Acceptance.Reason.TOO_LARGE : Acceptance.Reason.INVALID,
                identifier(tree, "instanceId"),
                identifier(tree, "nodeId"),
                identifier(tree, "alarmId"),
                text);
    }

    private static Optional<String> identifier(Optional<JsonNode> tree, String field) {
        return tree.map(t -> t.path(field))
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .filter(OpaqueId::fits);
    }
}
