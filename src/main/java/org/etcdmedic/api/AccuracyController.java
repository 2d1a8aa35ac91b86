package org.etcdmedic.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.etcdmedic.diagnosis.Sightings;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.memory.Accuracy;
import org.etcdmedic.memory.FieldAccuracy;
import org.etcdmedic.verdict.Verdict;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How right the verdicts were, by what people said of them. */
@RestController
@RequestMapping(path = "/accuracy", version = "1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "memory")
class AccuracyController {
    private static final Duration USUAL = Duration.ofDays(90);

    private final FieldAccuracy accuracy;
    private final Messages messages;
    private final Clock clock;

    AccuracyController(FieldAccuracy accuracy, Messages messages, Clock clock) {
        this.accuracy = accuracy;
        this.messages = messages;
        this.clock = clock;
    }

    /** The accuracy; its schema is {@code Accuracy} in the contract. */
    record AccuracyView(
            Instant since, Instant until, List<RowView> outcomes, List<RowView> causes, List<MixupView> confusion) {}

    /** One row; {@code share}, {@code low} and {@code high} are absent where nothing was answered. */
    record RowView(
            @Nullable String cause,
            Verdict.Outcome outcome,
            long concluded,
            long answered,
            long unanswered,
            long right,
            long partly,
            long wrong,
            @Nullable Double share,
            @Nullable Double low,
            @Nullable Double high) {
        static RowView of(@Nullable String cause, Verdict.Outcome outcome, Accuracy.Count count) {
            Optional<Accuracy.Share> share = count.share();
            return new RowView(
                    cause,
                    outcome,
                    count.concluded(),
                    count.answered(),
                    count.unanswered(),
                    count.right(),
                    count.partly(),
                    count.wrong(),
                    share.map(Accuracy.Share::right).map(RowView::rounded).orElse(null),
                    share.map(Accuracy.Share::low).map(RowView::rounded).orElse(null),
                    share.map(Accuracy.Share::high).map(RowView::rounded).orElse(null));
        }

        private static double rounded(double share) {
            return Math.round(share * 1000) / 1000.0;
        }
    }

    /** So often this was named, and it was that. */
    record MixupView(String verdict, String actual, long count) {}

    @GetMapping
    @Operation(operationId = "getAccuracy")
    AccuracyView get(
            @RequestParam @DateTimeFormat(iso = DateTimeFormat.ISO.DATE_TIME) Optional<OffsetDateTime> since,
            @RequestParam @DateTimeFormat(iso = DateTimeFormat.ISO.DATE_TIME) Optional<OffsetDateTime> until,
            @RequestParam Optional<String> cause,
            @RequestParam Optional<String> knowledgeVersion) {
        Instant end = until.map(time -> Instants.of("#until", time, messages)).orElseGet(clock::instant);
        Instant begin = since.map(time -> Instants.of("#since", time, messages)).orElseGet(() -> end.minus(USUAL));
        Accuracy found = accuracy.of(
                new Sightings.Span(begin, end, cause.map(this::causeCode), knowledgeVersion.map(this::version)));
        return new AccuracyView(
                begin,
                end,
                found.outcomes().stream()
                        .map(one -> RowView.of(null, one.outcome(), one.count()))
                        .toList(),
                found.causes().stream()
                        .map(one -> RowView.of(one.cause().value(), one.outcome(), one.count()))
                        .toList(),
                found.confusion().stream()
                        .map(one -> new MixupView(
                                one.verdict().value(), one.actual().value(), one.count()))
                        .toList());
    }

    private CauseCode causeCode(String text) {
        try {
            return new CauseCode(text);
        } catch (IllegalArgumentException e) {
            throw wrong("#cause", "problem.parameter");
        }
    }

    /** First digits of a digest: anything else could not be compared with what is kept, or is no version. */
    private String version(String text) {
        if (!text.matches("[0-9a-f]{1,64}")) {
            throw wrong("#knowledgeVersion", "problem.parameter");
        }
        return text;
    }

    private ProblemException wrong(String pointer, String message) {
        return new ProblemException(
                Problem.INVALID_REQUEST, List.of(new ProblemException.FieldError(pointer, messages.text(message))));
    }
}
