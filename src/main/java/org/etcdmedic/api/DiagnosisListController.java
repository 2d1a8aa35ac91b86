package org.etcdmedic.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.etcdmedic.diagnosis.Diagnoses;
import org.etcdmedic.diagnosis.Listed;
import org.etcdmedic.diagnosis.Status;
import org.etcdmedic.inventory.InstanceId;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.inventory.OpaqueId;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.knowledge.Family;
import org.etcdmedic.verdict.Verdict;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The diagnoses, newest first, by whatever somebody looks for. */
@RestController
@RequestMapping(path = "/diagnoses", version = "1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "diagnoses")
class DiagnosisListController {
    private final Diagnoses diagnoses;
    private final Messages messages;

    DiagnosisListController(Diagnoses diagnoses, Messages messages) {
        this.diagnoses = diagnoses;
        this.messages = messages;
    }

    /** A page of diagnoses. */
    record DiagnosisList(List<CaseView> items, @Nullable String next) {}

    @GetMapping
    @Operation(operationId = "getDiagnoses")
    DiagnosisList list(
            @RequestParam Optional<String> instanceId,
            @RequestParam Optional<String> nodeId,
            @RequestParam Optional<Status> status,
            @RequestParam Optional<Family> family,
            @RequestParam Optional<String> cause,
            @RequestParam Optional<Verdict.Outcome> outcome,
            @RequestParam @DateTimeFormat(iso = DateTimeFormat.ISO.DATE_TIME) Optional<OffsetDateTime> since,
            @RequestParam @DateTimeFormat(iso = DateTimeFormat.ISO.DATE_TIME) Optional<OffsetDateTime> until,
            @RequestParam Optional<String> cursor,
            @RequestParam(defaultValue = "50") int limit,
            Locale locale) {
        Limits.check(limit, messages);
        var filter = new Diagnoses.Filter(
                instanceId.map(v -> new InstanceId(identifier("instanceId", v))),
                nodeId.map(v -> new NodeId(identifier("nodeId", v))),
                status,
                family.map(Family::name),
                cause.map(this::causeCode),
                outcome,
                since.map(v -> Instants.of("#since", v, messages)),
                until.map(v -> Instants.of("#until", v, messages)));
        List<Listed> found = diagnoses.newest(filter, cursor.map(this::cursor), limit + 1);
        List<Listed> page = found.stream().limit(limit).toList();
        String next = found.size() > limit ? PageCursor.text(page.getLast()) : null;
        return new DiagnosisList(page.stream().map(d -> CaseView.of(d, locale)).toList(), next);
    }

    private String causeCode(String text) {
        try {
            return new CauseCode(text).value();
        } catch (IllegalArgumentException e) {
            throw wrong("cause", "problem.parameter");
        }
    }

    private Diagnoses.Cursor cursor(String text) {
        return PageCursor.read(text).orElseThrow(() -> wrong("cursor", "problem.cursor"));
    }

    private String identifier(String parameter, String value) {
        if (!OpaqueId.fits(value)) {
            throw wrong(parameter, "problem.identifier");
        }
        return value;
    }

    private ProblemException wrong(String parameter, String message) {
        return new ProblemException(
                Problem.INVALID_REQUEST,
                List.of(new ProblemException.FieldError("#" + parameter, messages.text(message))));
    }
}
