package org.etcdmedic.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.etcdmedic.diagnosis.Diagnoses;
import org.etcdmedic.diagnosis.Diagnosis;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.evidence.Redactor;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.memory.Feedbacks;
import org.etcdmedic.memory.GiveFeedback.Given;
import org.etcdmedic.memory.GiveFeedback.Mistake;
import org.etcdmedic.memory.Recall;
import org.etcdmedic.memory.Statement;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What is remembered of the fault that a diagnosis found, and what people say of its verdict. */
@RestController
@RequestMapping(path = "/diagnoses/{id}", version = "1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "memory")
class MemoryController {
    /** Nobody answers so often. */
    private static final int ANSWERS = 100;

    private final Diagnoses diagnoses;
    private final Recall recall;
    private final Feedbacks feedbacks;
    private final FeedbackDesk desk;
    private final Messages messages;

    MemoryController(Diagnoses diagnoses, Recall recall, Feedbacks feedbacks, FeedbackDesk desk, Messages messages) {
        this.diagnoses = diagnoses;
        this.recall = recall;
        this.feedbacks = feedbacks;
        this.desk = desk;
        this.messages = messages;
    }

    /** What somebody says; its schema is {@code FeedbackRequest} in the contract. */
    record FeedbackBody(
            Statement.Said verdict,
            @Nullable String actualCause,
            @Nullable List<String> helped,
            @Nullable String note,
            @Nullable OffsetDateTime repairedAt) {
        Statement statement() {
            return new Statement(
                    verdict,
                    Optional.ofNullable(actualCause).map(CauseCode::new),
                    Objects.requireNonNullElse(helped, List.of()),
                    // A note may quote a node, and what a node says is never kept with its secrets.
                    Optional.ofNullable(note)
                            .map(words -> UnseenCharacters.shown(Redactor.clean(words.strip())))
                            .filter(words -> !words.isBlank()),
                    Optional.ofNullable(repairedAt).map(OffsetDateTime::toInstant));
        }
    }

    /** All that was said of a diagnosis, newest first. */
    record FeedbackList(List<FeedbackView> items) {}

    @PostMapping("/feedback")
    @Operation(
            operationId = "giveFeedback",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content = @Content(schema = @Schema(implementation = FeedbackBody.class))))
    @ApiResponse(responseCode = "200", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "201", useReturnTypeSchema = true)
    ResponseEntity<FeedbackView> give(@PathVariable UUID id, HttpServletRequest request) throws IOException {
        return switch (desk.take(new DiagnosisId(id), request)) {
            case Given.Kept kept ->
                ResponseEntity.status(HttpStatus.CREATED)
                        .location(URI.create("/diagnoses/" + id + "/feedback"))
                        .body(FeedbackView.of(kept.feedback(), true));
            case Given.Repeated repeated -> ResponseEntity.ok(FeedbackView.of(repeated.feedback(), true));
            case Given.Refused(List<Mistake> mistakes) ->
                throw new ProblemException(
                        Problem.INVALID_REQUEST,
                        mistakes.stream().map(this::fieldError).toList());
            case Given.Unknown ignored -> throw new ProblemException(Problem.NOT_FOUND);
            case Given.NoVerdict ignored -> throw new ProblemException(Problem.NO_VERDICT);
        };
    }

    private ProblemException.FieldError fieldError(Mistake mistake) {
        String pointer = switch (mistake) {
            case CAUSE_MISSING, CAUSE_UNKNOWN, CAUSE_THE_SAME, CAUSE_ANOTHER -> "/actualCause";
            case STEP_UNKNOWN -> "/helped";
            case REPAIRED_IMPOSSIBLE -> "/repairedAt";
        };
        return new ProblemException.FieldError(pointer, messages.text("problem.feedback." + mistake));
    }

    @GetMapping("/feedback")
    @Operation(operationId = "getFeedback")
    FeedbackList feedback(@PathVariable UUID id) {
        return new FeedbackList(
                FeedbackView.newestCounts(feedbacks.of(existing(id).id(), ANSWERS)));
    }

    @GetMapping("/history")
    @Operation(operationId = "getHistory")
    HistoryPage history(
            @PathVariable UUID id,
            @RequestParam Optional<String> cursor,
            @RequestParam(defaultValue = "50") int limit,
            Locale locale) {
        Limits.check(limit, messages);
        Optional<PageCursor.Place> after = cursor.map(text -> PageCursor.place(text)
                .orElseThrow(() -> new ProblemException(
                        Problem.INVALID_REQUEST,
                        List.of(new ProblemException.FieldError("#cursor", messages.text("problem.cursor"))))));
        Diagnosis diagnosis = existing(id);
        return HistoryPage.of(diagnosis, recall.of(diagnosis), after, limit, locale);
    }

    private Diagnosis existing(UUID id) {
        return diagnoses.find(new DiagnosisId(id)).orElseThrow(() -> new ProblemException(Problem.NOT_FOUND));
    }
}
