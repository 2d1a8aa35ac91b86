package org.etcdmedic.api;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.etcdmedic.access.NotVerifiableException;
import org.etcdmedic.access.TooManyRequestsException;
import org.etcdmedic.bundle.BundleRefused;
import org.etcdmedic.bundle.EntryName;
import org.etcdmedic.diagnosis.QueueFull;
import org.etcdmedic.diagnosis.RequestKey;
import org.etcdmedic.inventory.Instances;
import org.etcdmedic.knowledge.InvalidKnowledge;
import org.etcdmedic.platform.Traces;
import org.etcdmedic.replay.CandidateRefused;
import org.etcdmedic.veil.TooManyNames;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.accept.InvalidApiVersionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Every way in which a request can end badly, as a problem document in the reader's language. */
@RestControllerAdvice
class ProblemAnswers extends ResponseEntityExceptionHandler {
    private static final Logger log = LoggerFactory.getLogger(ProblemAnswers.class);
    private static final String RETRY_AFTER_SECONDS = "10";

    /** So many parts of a bundle are named in a problem. */
    private static final int MOST_PARTS = 100;

    /** So many mistakes are named; there are more only where somebody handed in something else. */
    private static final int MOST_MISTAKES = 10_000;

    private final MessageSource messages;
    private final Traces traces;

    ProblemAnswers(MessageSource messages, Traces traces) {
        this.messages = messages;
        this.traces = traces;
    }

    @ExceptionHandler(ProblemException.class)
    ResponseEntity<Object> problem(ProblemException e) {
        return answer(e.problem(), e.errors(), new HttpHeaders());
    }

    @ExceptionHandler(BundleRefused.class)
    ResponseEntity<Object> bundle(BundleRefused e) {
        var errors = new ArrayList<ProblemException.FieldError>();
        String reason = text("bundle.refused." + e.reason());
        errors.add(new ProblemException.FieldError(
                e.reason() == BundleRefused.Reason.UNKNOWN_NODE ? "/nodeId" : "#bundle",
                e.detail().isEmpty() ? reason : reason + " (" + e.detail() + ")"));
        e.skipped().stream()
                .limit(MOST_PARTS)
                .forEach(part -> errors.add(new ProblemException.FieldError(
                        "#bundle/" + part.path(), text("bundle.skipped." + part.reason()))));
        Problem problem = switch (e.reason()) {
            case TOO_LARGE, UNPACKS_TOO_LARGE, TOO_MANY_ENTRIES -> Problem.BUNDLE_TOO_LARGE;
            case OVERLAPPING, NO_ARCHIVE, NOTHING_READABLE, MANIFEST, UNKNOWN_NODE, NO_TIME -> Problem.BUNDLE_REFUSED;
        };
        return answer(problem, errors, new HttpHeaders());
    }

    @ExceptionHandler(CandidateRefused.class)
    ResponseEntity<Object> candidate(CandidateRefused e) {
        var errors = new ArrayList<ProblemException.FieldError>();
        errors.add(new ProblemException.FieldError("#knowledge", text("knowledge.refused." + e.reason())));
        e.skipped().stream()
                .limit(MOST_PARTS)
                .forEach(part -> errors.add(new ProblemException.FieldError(
                        "#knowledge/" + part.path(), text("bundle.skipped." + part.reason()))));
        return answer(
                e.reason() == CandidateRefused.Reason.TOO_LARGE ? Problem.TOO_LARGE : Problem.KNOWLEDGE_REFUSED,
                errors,
                new HttpHeaders());
    }

    /** Each mistake with its place, in the words in which the start of the service tells it. */
    @ExceptionHandler(InvalidKnowledge.class)
    ResponseEntity<Object> knowledge(InvalidKnowledge e) {
        List<ProblemException.FieldError> errors = e.mistakes().stream()
                .limit(MOST_MISTAKES)
                .map(mistake -> new ProblemException.FieldError(
                        "#knowledge/" + EntryName.shown(mistake.file()),
                        EntryName.line(mistake.what()),
                        mistake.line(),
                        mistake.column()))
                .toList();
        return answer(Problem.KNOWLEDGE_REFUSED, errors, new HttpHeaders());
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMaxUploadSizeExceededException(
            MaxUploadSizeExceededException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        boolean knowledge = request instanceof ServletWebRequest web
                && web.getRequest().getRequestURI().startsWith("/replays");
        return knowledge
                ? answer(Problem.TOO_LARGE, List.of(), new HttpHeaders())
                : bundle(new BundleRefused(BundleRefused.Reason.TOO_LARGE));
    }

    /** What calls itself multipart and is not: the sender's mistake. */
    @ExceptionHandler(MultipartException.class)
    ResponseEntity<Object> multipart(MultipartException e) {
        return answer(Problem.INVALID_REQUEST, List.of(), new HttpHeaders());
    }

    /** Without its database the service can keep nothing: alarm senders try again on 503, and on nothing below 500. */
    @ExceptionHandler({DataAccessException.class, TransactionException.class})
    ResponseEntity<Object> databaseGone(Exception e) {
        log.error(
                "a request could not be served because of the database: {}",
                e.getClass().getSimpleName(),
                e);
        return answer(Problem.UNAVAILABLE, List.of(), new HttpHeaders());
    }

    /** Nothing of the request was kept: its transaction ended with it. */
    @ExceptionHandler(QueueFull.class)
    ResponseEntity<Object> queueFull(QueueFull e) {
        log.warn("a request could not be taken: {}", e.getMessage());
        return answer(Problem.UNAVAILABLE, List.of(), new HttpHeaders());
    }

    @ExceptionHandler(RequestKey.Reused.class)
    ResponseEntity<Object> keyReused() {
        return answer(Problem.KEY_REUSED, List.of(), new HttpHeaders());
    }

    /** Somebody has changed it since the caller looked; nothing was done. */
    @ExceptionHandler(Instances.NotAsExpected.class)
    ResponseEntity<Object> notAsExpected() {
        return answer(Problem.PRECONDITION_FAILED, List.of(), new HttpHeaders());
    }

    /** There is no package: what has no pseudonym would go out as it is. */
    @ExceptionHandler(TooManyNames.class)
    ResponseEntity<Object> tooManyNames(TooManyNames e) {
        log.warn("a diagnosis could not be packed: {}", e.getMessage());
        var error = new ProblemException.FieldError("#id", text("package.too-many-names"));
        return answer(Problem.NOT_FOUND, List.of(error), new HttpHeaders());
    }

    @ExceptionHandler(AuthenticationException.class)
    ResponseEntity<Object> unauthenticated() {
        return answer(Problem.UNAUTHENTICATED, List.of(), new HttpHeaders());
    }

    @ExceptionHandler(AccessDeniedException.class)
    ResponseEntity<Object> forbidden() {
        return answer(Problem.FORBIDDEN, List.of(), new HttpHeaders());
    }

    @ExceptionHandler(NotVerifiableException.class)
    ResponseEntity<Object> notVerifiable() {
        return answer(Problem.UNAVAILABLE, List.of(), new HttpHeaders());
    }

    /** An alarm's sender tries again on 503, and on nothing below 500. */
    @ExceptionHandler(TooManyRequestsException.class)
    ResponseEntity<Object> tooMany(TooManyRequestsException e) {
        return answer(e.alarm() ? Problem.UNAVAILABLE : Problem.TOO_MANY_REQUESTS, List.of(), new HttpHeaders());
    }

    /** Our own mistake, which sending again does not mend. */
    @ExceptionHandler({
        DataIntegrityViolationException.class,
        InvalidDataAccessApiUsageException.class,
        InvalidDataAccessResourceUsageException.class
    })
    ResponseEntity<Object> databaseRefuses(Exception e) {
        return anythingElse(e);
    }

    @ExceptionHandler(MethodArgumentTypeMismatchException.class)
    ResponseEntity<Object> parameter(MethodArgumentTypeMismatchException e) {
        var error = new ProblemException.FieldError("#" + e.getName(), text("problem.parameter"));
        return answer(Problem.INVALID_REQUEST, List.of(error), new HttpHeaders());
    }

    @ExceptionHandler(Exception.class)
    ResponseEntity<Object> anythingElse(Exception e) {
        log.error("a request failed", e);
        return answer(Problem.INTERNAL, List.of(), new HttpHeaders());
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        Problem problem = switch (status.value()) {
            case 404 -> Problem.NOT_FOUND;
            case 405 -> Problem.METHOD_NOT_ALLOWED;
            case 406 -> Problem.NOT_ACCEPTABLE;
            case 413 -> Problem.TOO_LARGE;
            case 415 -> Problem.UNSUPPORTED_MEDIA_TYPE;
            case 503 -> Problem.UNAVAILABLE;
            default -> status.is4xxClientError() ? Problem.INVALID_REQUEST : Problem.INTERNAL;
        };
        if (e instanceof InvalidApiVersionException) {
            return answer(
                    problem,
                    List.of(new ProblemException.FieldError("#API-Version", text("problem.parameter"))),
                    headers);
        }
        if (problem == Problem.INTERNAL) {
            log.error("a request failed", e);
        }
        return answer(problem, List.of(), headers);
    }

    private ResponseEntity<Object> answer(
            Problem problem, List<ProblemException.FieldError> errors, HttpHeaders given) {
        ProblemDetail detail = ProblemDetail.forStatus(problem.status());
        detail.setType(URI.create(problem.type()));
        detail.setTitle(text("problem." + problem.slug() + ".title"));
        detail.setDetail(text("problem." + problem.slug() + ".detail"));
        if (!errors.isEmpty()) {
            detail.setProperty("errors", errors);
        }
        traces.id().ifPresent(trace -> detail.setProperty("traceId", trace));
        var headers = new HttpHeaders();
        headers.putAll(given);
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (problem == Problem.UNAVAILABLE || problem == Problem.TOO_MANY_REQUESTS) {
            headers.set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        return new ResponseEntity<>(detail, headers, problem.status());
    }

    private String text(String key) {
        Locale locale = LocaleContextHolder.getLocale();
        return messages.getMessage(key, null, locale);
    }
}
