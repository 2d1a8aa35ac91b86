package org.etcdmedic.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.etcdmedic.alarm.Alarm;
import org.etcdmedic.alarm.source.ConfirmSubscription;
import org.etcdmedic.alarm.source.Receipt;
import org.etcdmedic.alarm.source.ResendBody;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Bodies that were refused, taken in once more. */
@RestController
@RequestMapping(path = "/alarms/rejected/{id}", version = "1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "alarms")
class RefusedController {
    private final ResendBody resend;
    private final ConfirmSubscription confirm;
    private final ReceiptAnswers answers;
    private final RequestBodies bodies;
    private final Messages messages;

    RefusedController(
            ResendBody resend,
            ConfirmSubscription confirm,
            ReceiptAnswers answers,
            RequestBodies bodies,
            Messages messages) {
        this.resend = resend;
        this.confirm = confirm;
        this.answers = answers;
        this.bodies = bodies;
        this.messages = messages;
    }

    /** What came of sending again; its schema is {@code Resent} in the contract. */
    record ResentView(Instant resentAt, @Nullable UUID diagnosisId, List<ReceiptAnswers.ResultView> results) {}

    @PostMapping("/resend")
    @Operation(operationId = "resendAlarm")
    ResentView resend(@PathVariable UUID id) {
        return switch (confirm.confirm(id)) {
            case ConfirmSubscription.Confirmation.Confirmed(ResendBody.Resent noted) -> resent(noted);
            case ConfirmSubscription.Confirmation.Failed(String why) ->
                throw new ProblemException(
                        Problem.INVALID_REQUEST, List.of(new ProblemException.FieldError("/subscribe_url", why)));
            case ConfirmSubscription.Confirmation.NoSubscription _ -> resent(resend.resend(id, this::ownWords));
        };
    }

    private Alarm ownWords(String text) {
        return bodies.read(bodies.tree(text, messages.text("problem.not-json")), AlarmBody.SCHEMA, AlarmBody.class)
                .toAlarm();
    }

    private ResentView resent(ResendBody.Resent resent) {
        return switch (resent) {
            case ResendBody.Resent.Done(Instant at, Optional<DiagnosisId> diagnosis, Receipt.Taken taken) ->
                new ResentView(
                        at,
                        diagnosis.map(DiagnosisId::value).orElse(null),
                        answers.view(taken).results());
            case ResendBody.Resent.StillRefused(Receipt.Taken taken) -> throw answers.refusal(taken);
            case ResendBody.Resent.Impossible _ ->
                throw new ProblemException(
                        Problem.INVALID_REQUEST,
                        List.of(new ProblemException.FieldError("#id", messages.text("source.not-resendable"))));
            case ResendBody.Resent.Unknown _ -> throw new ProblemException(Problem.NOT_FOUND);
        };
    }
}
