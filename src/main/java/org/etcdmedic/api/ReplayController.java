package org.etcdmedic.api;

import io.swagger.v3.oas.annotations.Operation;
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
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.etcdmedic.access.BodyLimit;
import org.etcdmedic.diagnosis.Status;
import org.etcdmedic.inventory.InstanceId;
import org.etcdmedic.replay.ReadCandidate;
import org.etcdmedic.replay.Replay;
import org.etcdmedic.replay.ReplayId;
import org.etcdmedic.replay.Replayed;
import org.etcdmedic.replay.Replays;
import org.etcdmedic.replay.StartReplay;
import org.etcdmedic.replay.Wish;
import org.etcdmedic.verdict.Verdict;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;
import org.springframework.web.util.WebUtils;

/** Other knowledge in, what it would change out. */
@RestController
@RequestMapping(path = "/replays", version = "1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "replays")
class ReplayController {
    private static final int USUAL_LIMIT = 100;

    private final RequestBodies bodies;
    private final Messages messages;
    private final ReadCandidate reader;
    private final Replays replays;
    private final StartReplay start;

    /** One body of knowledge is read at a time: each takes its share of memory. */
    private final Semaphore place = new Semaphore(1);

    ReplayController(
            RequestBodies bodies, Messages messages, ReadCandidate reader, Replays replays, StartReplay start) {
        this.bodies = bodies;
        this.messages = messages;
        this.reader = reader;
        this.replays = replays;
        this.start = start;
    }

    /** Over which diagnoses; its schema is {@code ReplayRequest} in the contract. */
    record ReplayBody(
            @Nullable OffsetDateTime since,
            @Nullable OffsetDateTime until,
            @Nullable String instanceId,
            @Nullable String cause,
            Verdict.@Nullable Outcome outcome,
            @Nullable Integer limit) {
        static final ReplayBody ALL = new ReplayBody(null, null, null, null, null, null);
    }

    /** A replay that was taken in; its schema is {@code ReplayAccepted} in the contract. */
    record ReplayAccepted(UUID replayId, Status status) {}

    /** A page of replays. */
    record ReplayList(List<ReplayView> items, @Nullable String next) {}

    /** The body is only taken up when there is a place for it, and then stays in memory. */
    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Operation(
            operationId = "postReplay",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.MULTIPART_FORM_DATA_VALUE,
                                            schema = @Schema(implementation = ReplayBody.class))))
    @ApiResponse(responseCode = "202", useReturnTypeSchema = true)
    ResponseEntity<ReplayAccepted> post(HttpServletRequest request) throws IOException {
        if (!place.tryAcquire()) {
            throw new ProblemException(Problem.UNAVAILABLE);
        }
        try {
            MultipartHttpServletRequest parts = WebUtils.getNativeRequest(request, MultipartHttpServletRequest.class);
            MultipartFile knowledge = parts == null ? null : parts.getFile("knowledge");
            if (parts == null || knowledge == null) {
                throw wrong("knowledge", "problem.knowledge-part");
            }
            Wish wish = wish(body(parts));
            ReplayId id = start.start(reader.read(knowledge.getBytes()), wish);
            return ResponseEntity.accepted()
                    .location(URI.create("/replays/" + id))
                    .header(HttpHeaders.RETRY_AFTER, Accepted.RETRY_AFTER_SECONDS)
                    .body(new ReplayAccepted(id.value(), Status.QUEUED));
        } finally {
            place.release();
        }
    }

    private ReplayBody body(MultipartHttpServletRequest parts) throws IOException {
        MultipartFile file = parts.getFile("request");
        String text = file == null
                ? Objects.requireNonNullElse(parts.getParameter("request"), "")
                : new String(file.getBytes(), StandardCharsets.UTF_8);
        if (text.isBlank()) {
            return ReplayBody.ALL;
        }
        if (text.length() > BodyLimit.BYTES) {
            throw new ProblemException(Problem.TOO_LARGE);
        }
        return bodies.read(bodies.tree(text, messages.text("problem.not-json")), "ReplayRequest", ReplayBody.class);
    }

    private Wish wish(ReplayBody body) {
        return new Wish(
                instant("/since", body.since()),
                instant("/until", body.until()),
                Optional.ofNullable(body.instanceId()).map(InstanceId::new),
                Optional.ofNullable(body.cause()),
                Optional.ofNullable(body.outcome()),
                Objects.requireNonNullElse(body.limit(), USUAL_LIMIT));
    }

    private Optional<Instant> instant(String pointer, @Nullable OffsetDateTime time) {
        return Optional.ofNullable(time).map(named -> Instants.of(pointer, named, messages));
    }

    @GetMapping
    @Operation(operationId = "getReplays")
    ReplayList list(@RequestParam Optional<String> cursor, @RequestParam(defaultValue = "50") int limit) {
        Limits.check(limit, messages);
        Optional<Replays.Cursor> after = cursor.map(text -> PageCursor.place(text)
                .map(place -> new Replays.Cursor(place.at(), place.id()))
                .orElseThrow(() -> wrong("cursor", "problem.cursor")));
        List<Replay> found = replays.newest(after, limit + 1);
        List<Replay> page = found.stream().limit(limit).toList();
        return new ReplayList(
                page.stream().map(ReplayView::of).toList(),
                found.size() > limit
                        ? PageCursor.text(
                                page.getLast().requestedAt(),
                                page.getLast().id().value())
                        : null);
    }

    @GetMapping("/{replayId}")
    @Operation(operationId = "getReplay")
    ReplayView show(
            @PathVariable UUID replayId,
            @RequestParam(defaultValue = "false") boolean changed,
            @RequestParam Optional<String> cursor,
            @RequestParam(defaultValue = "50") int limit) {
        Limits.check(limit, messages);
        int after = cursor.map(this::ordinal).orElse(0);
        var id = new ReplayId(replayId);
        Replay replay = replays.find(id).orElseThrow(() -> new ProblemException(Problem.NOT_FOUND));
        List<Replayed> found = replays.done(id, changed, after, limit + 1);
        List<Replayed> page = found.stream().limit(limit).toList();
        return ReplayView.of(
                replay,
                page,
                found.size() > limit ? Integer.toString(page.getLast().ordinal()) : null);
    }

    private int ordinal(String cursor) {
        if (!cursor.matches("[0-9]{1,6}")) {
            throw wrong("cursor", "problem.cursor");
        }
        return Integer.parseInt(cursor);
    }

    private ProblemException wrong(String parameter, String message) {
        return new ProblemException(
                Problem.INVALID_REQUEST,
                List.of(new ProblemException.FieldError("#" + parameter, messages.text(message))));
    }
}
