package org.etcdmedic.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.etcdmedic.alarm.source.DryRun;
import org.etcdmedic.alarm.source.SentBody;
import org.etcdmedic.alarm.source.Source;
import org.etcdmedic.alarm.source.SourceDocument;
import org.etcdmedic.alarm.source.Sources;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** How sources are understood, and a try of what a body would become. */
@RestController
@RequestMapping(version = "1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "alarms")
class SourceOrders {
    private final RequestBodies bodies;
    private final Messages messages;
    private final Sources sources;
    private final DryRun dryRun;
    private final ReceiptAnswers answers;

    SourceOrders(RequestBodies bodies, Messages messages, Sources sources, DryRun dryRun, ReceiptAnswers answers) {
        this.bodies = bodies;
        this.messages = messages;
        this.sources = sources;
        this.dryRun = dryRun;
        this.answers = answers;
    }

    /** A source; its schema is {@code Source} in the contract. */
    record SourceView(String name, Source.Envelope envelope, SourceDocument document) {
        static SourceView of(Source source) {
            return new SourceView(source.name(), source.envelope(), source.document());
        }
    }

    /** All sources. */
    record SourceList(List<SourceView> items) {}

    @GetMapping("/sources")
    @Operation(operationId = "getSources")
    SourceList all() {
        return new SourceList(sources.all().stream().map(SourceView::of).toList());
    }

    /** What is tried; its schema is {@code DryRunRequest} in the contract. */
    record DryRunBody(
            @Nullable JsonNode body,
            @Nullable String text,
            @Nullable Map<String, String> headers,
            @Nullable SourceDocument document) {
        SentBody sent() {
            var lower = new TreeMap<String, String>();
            if (headers != null) {
                headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
            }
            return new SentBody(text != null ? text : String.valueOf(body), lower);
        }
    }

    @PostMapping(path = "/alarms/{source}/dry-run", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "dryRunSource",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content = @Content(schema = @Schema(implementation = DryRunBody.class))))
    DryRunView dryRun(@PathVariable String source, HttpServletRequest request) throws IOException {
        String text = bodies.text(request).whole();
        DryRunBody wish =
                bodies.read(bodies.tree(text, messages.text("problem.not-json")), "DryRunRequest", DryRunBody.class);
        Source found = sources.find(source).orElseThrow(() -> new ProblemException(Problem.NOT_FOUND));
        try {
            return DryRunView.of(
                    dryRun.of(found, Optional.ofNullable(wish.document()), wish.sent()), answers, messages);
        } catch (IllegalArgumentException wrong) {
            throw new ProblemException(
                    Problem.INVALID_REQUEST,
                    List.of(new ProblemException.FieldError("/document", String.valueOf(wrong.getMessage()))));
        }
    }
}
