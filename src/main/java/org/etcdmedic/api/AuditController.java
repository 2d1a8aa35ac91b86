package org.etcdmedic.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.etcdmedic.audit.AuditTrail;
import org.etcdmedic.audit.AuditTrail.Entry;
import org.etcdmedic.audit.Change;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Who changed what. */
@RestController
@RequestMapping(path = "/audit", version = "1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "audit")
class AuditController {
    private final AuditTrail audit;
    private final Messages messages;
    private final JsonMapper json;

    AuditController(AuditTrail audit, Messages messages, JsonMapper json) {
        this.audit = audit;
        this.messages = messages;
        this.json = json;
    }

    /** A change; its schema is {@code AuditEntry} in the contract. */
    record AuditEntry(
            UUID id,
            Instant at,
            String actor,
            @Nullable String address,
            Change.Action action,
            String target,
            @Nullable JsonNode before,
            @Nullable JsonNode after) {}

    /** A page of changes, newest first. */
    record AuditPage(List<AuditEntry> items, @Nullable String next) {}

    @GetMapping
    @Operation(operationId = "getAudit")
    AuditPage list(
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) Change.@Nullable Action action,
            @RequestParam(required = false) @Nullable String target,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit) {
        Limits.check(limit, messages);
        Optional<AuditTrail.Cursor> after = Optional.ofNullable(cursor).map(this::cursor);
        var filter = new AuditTrail.Filter(
                Optional.ofNullable(actor), Optional.ofNullable(action), Optional.ofNullable(target));
        List<Entry> found = audit.newest(filter, after, limit + 1);
        List<Entry> page = found.subList(0, Math.min(limit, found.size()));
        return new AuditPage(
                page.stream().map(this::entry).toList(),
                found.size() > limit
                        ? PageCursor.text(page.getLast().at(), page.getLast().id())
                        : null);
    }

    private AuditTrail.Cursor cursor(String text) {
        return PageCursor.place(text)
                .map(place -> new AuditTrail.Cursor(place.at(), place.id()))
                .orElseThrow(() -> new ProblemException(
                        Problem.INVALID_REQUEST,
                        List.of(new ProblemException.FieldError("#cursor", messages.text("problem.cursor")))));
    }

    private AuditEntry entry(Entry entry) {
        return new AuditEntry(
                entry.id(),
                entry.at(),
                entry.actor().name(),
                entry.actor().address().orElse(null),
                entry.action(),
                entry.target(),
                entry.before().map(json::readTree).orElse(null),
                entry.after().map(json::readTree).orElse(null));
    }
}
