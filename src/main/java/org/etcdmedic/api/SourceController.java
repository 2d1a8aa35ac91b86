package org.etcdmedic.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.etcdmedic.alarm.source.ConfirmSubscription;
import org.etcdmedic.alarm.source.Receipt;
import org.etcdmedic.alarm.source.SentBody;
import org.etcdmedic.alarm.source.Source;
import org.etcdmedic.alarm.source.Sources;
import org.etcdmedic.alarm.source.TakeBody;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Alarms in, as other systems send them. */
@RestController
@RequestMapping(path = "/alarms/{source}", version = "1")
@Tag(name = "alarms")
class SourceController {
    private static final Logger log = LoggerFactory.getLogger(SourceController.class);

    private final RequestBodies bodies;
    private final Sources sources;
    private final TakeBody take;
    private final ConfirmSubscription subscriptions;
    private final ReceiptAnswers answers;

    SourceController(
            RequestBodies bodies,
            Sources sources,
            TakeBody take,
            ConfirmSubscription subscriptions,
            ReceiptAnswers answers) {
        this.bodies = bodies;
        this.sources = sources;
        this.take = take;
        this.subscriptions = subscriptions;
        this.answers = answers;
    }

    @PostMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "postToSource",
            requestBody =
                    @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema = @Schema(implementation = JsonNode.class))))
    @ApiResponse(responseCode = "202", useReturnTypeSchema = true)
    ResponseEntity<ReceiptAnswers.BodyTaken> post(@PathVariable String source, HttpServletRequest request)
            throws IOException {
        return take(source, request);
    }

    /** Grafana may be told to use this method. */
    @PutMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "putToSource",
            requestBody =
                    @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema = @Schema(implementation = JsonNode.class))))
    @ApiResponse(responseCode = "202", useReturnTypeSchema = true)
    ResponseEntity<ReceiptAnswers.BodyTaken> put(@PathVariable String source, HttpServletRequest request)
            throws IOException {
        return take(source, request);
    }

    /** The handshake of CloudEvents' web hooks: who asks whether events may be sent here is told so, when he may. */
    @RequestMapping(method = RequestMethod.OPTIONS)
    @Operation(hidden = true)
    ResponseEntity<Void> handshake(@PathVariable String source, HttpServletRequest request) {
        Source found = existing(source);
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.ALLOW, "POST, PUT, OPTIONS");
        Optional.ofNullable(request.getHeader("WebHook-Request-Origin"))
                .filter(origin -> origins(found).contains(origin))
                .ifPresent(origin -> {
                    headers.set("WebHook-Allowed-Origin", origin);
                    headers.set("WebHook-Allowed-Rate", "*");
                });
        return ResponseEntity.ok().headers(headers).build();
    }

    private static List<String> origins(Source source) {
        List<String> origins = source.document().origins();
        return origins == null ? List.of() : origins;
    }

    private ResponseEntity<ReceiptAnswers.BodyTaken> take(String name, HttpServletRequest request) throws IOException {
        Source source = existing(name);
        RequestBodies.Text text = bodies.text(request);
        var sent = new SentBody(text.beginning(), headers(request));
        if (text.tooLarge()) {
            take.tooLarge(source, sent);
            answers.countRefused(name);
            throw new ProblemException(Problem.TOO_LARGE);
        }
        if (signed(request) && subscriptions.confirmed(source, sent)) {
            log.info("source {}: a subscription is confirmed without asking anybody", name);
            return ResponseEntity.accepted().body(new ReceiptAnswers.BodyTaken(List.of()));
        }
        Receipt receipt;
        try {
            receipt = take.take(source, sent);
        } catch (RuntimeException e) {
            answers.countUnavailable(name);
            throw e;
        }
        return answers.answer(name, receipt);
    }

    /** Whether the sender was let in by its signature, and not by a token. */
    private static boolean signed(HttpServletRequest request) {
        return String.valueOf(request.getRemoteUser()).startsWith("signed:");
    }

    private Source existing(String name) {
        return sources.find(name).orElseThrow(() -> new ProblemException(Problem.NOT_FOUND));
    }

    private static Map<String, String> headers(HttpServletRequest request) {
        var headers = new TreeMap<String, String>();
        for (String name : Collections.list(request.getHeaderNames())) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (SentBody.needs(lower)) {
                headers.put(lower, request.getHeader(name));
            }
        }
        return headers;
    }
}
