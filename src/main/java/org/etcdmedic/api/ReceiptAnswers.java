package org.etcdmedic.api;

import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.etcdmedic.alarm.source.Mapped;
import org.etcdmedic.alarm.source.Receipt;
import org.etcdmedic.alarm.source.TakeBody;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.inventory.InstanceId;
import org.etcdmedic.inventory.NodeId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/**
 * What a sender is told. A body of which anything was of use is answered 202, for a sender that tries again would send all of
 * it; one of which nothing was, 400 or 422, which no sender tries again: it is kept.
 */
@Component
class ReceiptAnswers {
    private static final Logger log = LoggerFactory.getLogger(ReceiptAnswers.class);

    /** So many wrong fields are told. */
    private static final int MOST_ERRORS = 100;

    private final AlarmCounters counters;
    private final Messages messages;

    ReceiptAnswers(AlarmCounters counters, Messages messages) {
        this.counters = counters;
        this.messages = messages;
    }

    /** What became of a body; its schema is {@code BodyTaken} in the contract. */
    record BodyTaken(List<ResultView> results) {}

    /** What became of one element; its schema is {@code AlarmResult} in the contract. */
    record ResultView(
            String pointer,
            Receipt.Outcome outcome,
            @Nullable String alarmId,
            @Nullable String instanceId,
            @Nullable String nodeId,
            @Nullable UUID diagnosisId,
            Receipt.@Nullable Note note,
            @Nullable List<ProblemException.FieldError> errors) {}

    /** The answer; counts what became of the elements. */
    ResponseEntity<BodyTaken> answer(String source, Receipt receipt) {
        return switch (receipt) {
            case Receipt.Taken taken -> answer(source, taken);
            case Receipt.Waits _ -> {
                counters.count(source, AlarmCounters.Result.REFUSED);
                log.warn(
                        "source {}: a subscription waits for somebody to confirm it; see GET /alarms?state=REJECTED",
                        source);
                yield ResponseEntity.accepted().body(new BodyTaken(List.of()));
            }
            case Receipt.UnknownFormat _ -> {
                counters.count(source, AlarmCounters.Result.REFUSED);
                throw new ProblemException(Problem.UNSUPPORTED_MEDIA_TYPE);
            }
        };
    }

    private ResponseEntity<BodyTaken> answer(String source, Receipt.Taken taken) {
        taken.results().forEach(result -> counters.count(source, counted(result.outcome())));
        if (taken.leftOut() > 0) {
            counters.leftOut(source, taken.leftOut());
            log.warn(
                    "source {}: its sender left {} alarms out of a body; let it send more at once",
                    source,
                    taken.leftOut());
        }
        if (taken.allRefused()) {
            throw refusal(taken);
        }
        List<DiagnosisId> diagnoses = taken.results().stream()
                .flatMap(result -> result.diagnosis().stream())
                .distinct()
                .toList();
        var answer = ResponseEntity.accepted();
        if (diagnoses.size() == 1) {
            answer.location(URI.create("/diagnoses/" + diagnoses.getFirst()))
                    .header(HttpHeaders.RETRY_AFTER, Accepted.RETRY_AFTER_SECONDS);
        }
        return answer.body(view(taken));
    }

    /** The problem of a body of which nothing was of use. */
    ProblemException refusal(Receipt.Taken taken) {
        return new ProblemException(
                switch (TakeBody.reason(taken.problems())) {
                    case UNKNOWN_INSTANCE -> Problem.UNKNOWN_INSTANCE;
                    case UNKNOWN_NODE -> Problem.UNKNOWN_NODE;
                    case INVALID, TOO_LARGE -> Problem.INVALID_REQUEST;
                },
                errors(taken.problems()));
    }

    /** A body's elements on the wire. */
    BodyTaken view(Receipt.Taken taken) {
        return new BodyTaken(taken.results().stream().map(this::view).toList());
    }

    private ResultView view(Receipt.Result result) {
        return new ResultView(
                result.pointer(),
                result.outcome(),
                result.alarmId().orElse(null),
                result.instance().map(InstanceId::value).orElse(null),
                result.node().map(NodeId::value).orElse(null),
                result.diagnosis().map(DiagnosisId::value).orElse(null),
                result.note().orElse(null),
                result.problems().isEmpty() ? null : errors(result.problems()));
    }

    /** What is wrong, in the reader's language. */
    List<ProblemException.FieldError> errors(List<Mapped.Problem> problems) {
        return problems.stream()
                .limit(MOST_ERRORS)
                .map(problem -> new ProblemException.FieldError(
                        problem.pointer(), messages.text("source.problem." + problem.code())))
                .toList();
    }

    void countRefused(String source) {
        counters.count(source, AlarmCounters.Result.REFUSED);
    }

    void countUnavailable(String source) {
        counters.count(source, AlarmCounters.Result.UNAVAILABLE);
    }

    private static AlarmCounters.Result counted(Receipt.Outcome outcome) {
        return switch (outcome) {
            case OPENED -> AlarmCounters.Result.OPENED;
            case JOINED -> AlarmCounters.Result.JOINED;
            case REPEATED -> AlarmCounters.Result.REPEATED;
            case CLEARED -> AlarmCounters.Result.CLEARED;
            case IGNORED -> AlarmCounters.Result.IGNORED;
            case REJECTED -> AlarmCounters.Result.REFUSED;
        };
    }
}
