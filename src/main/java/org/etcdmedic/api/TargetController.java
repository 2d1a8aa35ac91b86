package org.etcdmedic.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.ticketing.Hidden;
import org.etcdmedic.ticketing.OperateTickets;
import org.etcdmedic.ticketing.TryTarget;
import org.etcdmedic.ticketing.target.Action;
import org.etcdmedic.ticketing.target.Manner;
import org.etcdmedic.ticketing.target.Reference;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where tickets go. Nothing here is secret: addresses that are one are shown without it. */
@RestController
@RequestMapping(path = "/targets", version = "1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "targets")
class TargetController {
    private final OperateTickets operate;
    private final TryTarget tries;
    private final RequestBodies bodies;
    private final Messages messages;

    TargetController(OperateTickets operate, TryTarget tries, RequestBodies bodies, Messages messages) {
        this.operate = operate;
        this.tries = tries;
        this.bodies = bodies;
        this.messages = messages;
    }

    /** A target on the wire; its schema is {@code Target} in the contract. */
    record TargetView(
            String name,
            String preset,
            String url,
            Manner manner,
            List<String> rates,
            @Nullable Instant lastSuccessAt,
            @Nullable Instant disabledAt,
            @Nullable String disabledReason) {
        static TargetView of(OperateTickets.Shown target) {
            return new TargetView(
                    target.name(),
                    target.preset(),
                    target.url(),
                    target.manner(),
                    target.rates(),
                    target.state().lastSuccessAt().orElse(null),
                    target.state().disabledAt().orElse(null),
                    target.state().disabledReason().orElse(null));
        }
    }

    /** All of them. */
    record TargetList(List<TargetView> items) {}

    /** What came of a test; its schema is {@code TargetTested} in the contract. */
    record TargetTested(
            boolean accepted,
            @Nullable Integer status,
            @Nullable String reason,
            @Nullable String reference,
            @Nullable String link,
            long durationMillis) {}

    /** What is to be shown; its schema is {@code PreviewRequest} in the contract. */
    record PreviewBody(
            UUID diagnosisId,
            @Nullable Action action,
            @Nullable String language,
            @Nullable String template) {}

    /** What would be sent; its schema is {@code Preview} in the contract. */
    record Preview(
            boolean told,
            @Nullable ShownRequest request,
            @Nullable List<String> mistakes) {}

    /** A request without its secrets. */
    record ShownRequest(
            String method,
            String url,
            List<ShownHeader> headers,
            @Nullable String body) {
        static ShownRequest of(Hidden.Shown shown) {
            return new ShownRequest(
                    shown.method(),
                    shown.url(),
                    shown.headers().stream()
                            .map(header -> new ShownHeader(header.name(), header.value()))
                            .toList(),
                    shown.body().orElse(null));
        }
    }

    /** A header of it. */
    record ShownHeader(String name, String value) {}

    @GetMapping
    @Operation(operationId = "getTargets")
    TargetList list() {
        return new TargetList(operate.targets().stream().map(TargetView::of).toList());
    }

    @PostMapping("/{name}/resume")
    @Operation(operationId = "resumeTarget")
    TargetView resume(@PathVariable String name) {
        if (operate.resume(name) == OperateTickets.Done.UNKNOWN) {
            throw new ProblemException(Problem.NOT_FOUND);
        }
        return list().items().stream()
                .filter(target -> target.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND));
    }

    @PostMapping("/{name}/test")
    @Operation(operationId = "testTarget")
    TargetTested test(@PathVariable String name, Locale locale) {
        return tries.test(name, locale)
                .map(tested -> new TargetTested(
                        tested.accepted(),
                        tested.status().orElse(null),
                        tested.reason().orElse(null),
                        tested.reference().map(Reference::id).orElse(null),
                        tested.reference().flatMap(Reference::link).orElse(null),
                        tested.took().toMillis()))
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND));
    }

    @PostMapping(path = "/{name}/preview", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "previewTarget",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content = @Content(schema = @Schema(implementation = PreviewBody.class))))
    Preview preview(@PathVariable String name, HttpServletRequest request, Locale locale) throws IOException {
        PreviewBody body = bodies.read(
                bodies.tree(bodies.text(request).whole(), messages.text("problem.not-json")),
                "PreviewRequest",
                PreviewBody.class);
        TryTarget.Preview preview = tries.preview(
                name,
                new DiagnosisId(body.diagnosisId()),
                body.action() == null ? Action.OPEN : body.action(),
                body.language() == null ? locale : Locale.forLanguageTag(body.language()),
                Optional.ofNullable(body.template()));
        return switch (preview) {
            case TryTarget.Preview.Sent(Hidden.Shown shown) -> new Preview(true, ShownRequest.of(shown), null);
            case TryTarget.Preview.NotTold ignored -> new Preview(false, null, null);
            case TryTarget.Preview.Wrong(List<String> mistakes) -> new Preview(false, null, mistakes);
            case TryTarget.Preview.UnknownTarget ignored -> throw new ProblemException(Problem.NOT_FOUND);
            case TryTarget.Preview.UnknownDiagnosis ignored ->
                throw new ProblemException(
                        Problem.INVALID_REQUEST,
                        List.of(new ProblemException.FieldError("/diagnosisId", messages.text("problem.diagnosis"))));
        };
    }
}
