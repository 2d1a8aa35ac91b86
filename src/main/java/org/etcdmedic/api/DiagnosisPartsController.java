package org.etcdmedic.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.etcdmedic.alarm.Alarms;
import org.etcdmedic.diagnosis.Diagnoses;
import org.etcdmedic.diagnosis.Diagnosis;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.diagnosis.Status;
import org.etcdmedic.memory.History;
import org.etcdmedic.memory.Recall;
import org.etcdmedic.verdict.Classification;
import org.etcdmedic.verdict.Finding;
import org.etcdmedic.verdict.Judgement;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Parts of a diagnosis, each by itself. As long as there is no verdict they are empty, and their status says why. */
@RestController
@RequestMapping(path = "/diagnoses/{id}", version = "1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "diagnoses")
class DiagnosisPartsController {
    private final Diagnoses diagnoses;
    private final Alarms alarms;
    private final Messages messages;
    private final Recall recall;

    DiagnosisPartsController(Diagnoses diagnoses, Alarms alarms, Messages messages, Recall recall) {
        this.diagnoses = diagnoses;
        this.alarms = alarms;
        this.messages = messages;
        this.recall = recall;
    }

    /** One kind of parts, and how far the diagnosis is. */
    record Parts<T>(Status status, List<T> items) {}

    @GetMapping("/findings")
    @Operation(operationId = "getFindings")
    Parts<JudgementView.FindingView> findings(
            @PathVariable UUID id,
            @RequestParam Optional<Finding.State> state,
            @RequestParam Optional<String> nodeId,
            @RequestParam Optional<String> check,
            Locale locale) {
        return parts(
                id,
                judgement -> judgement.findings().stream()
                        .filter(f -> state.isEmpty() || state.get() == f.state())
                        .filter(f ->
                                nodeId.isEmpty() || nodeId.get().equals(f.node().value()))
                        .filter(f -> check.isEmpty() || check.get().equals(f.check()))
                        .map(f -> JudgementView.FindingView.of(f, locale))
                        .toList());
    }

    @GetMapping("/classifications")
    @Operation(operationId = "getClassifications")
    Parts<JudgementView.ClassificationView> classifications(
            @PathVariable UUID id, @RequestParam Optional<Classification.State> state, Locale locale) {
        return parts(
                id,
                judgement -> judgement.classifications().stream()
                        .filter(c -> state.isEmpty() || state.get() == c.state())
                        .map(c -> JudgementView.ClassificationView.of(c, locale))
                        .toList());
    }

    @GetMapping("/remediation")
    @Operation(operationId = "getRemediation")
    Parts<JudgementView.StepView> remediation(@PathVariable UUID id, Locale locale) {
        Diagnosis diagnosis = existing(id);
        Optional<History> history = recall.of(diagnosis);
        return new Parts<>(
                diagnosis.progress().status(),
                diagnosis.judgement().stream()
                        .flatMap(judgement -> judgement.remediation().stream())
                        .map(s -> JudgementView.StepView.of(s, locale).with(history, locale))
                        .toList());
    }

    @GetMapping("/timeline")
    @Operation(operationId = "getTimeline")
    TimelineView timeline(@PathVariable UUID id, Locale locale) {
        Diagnosis diagnosis = existing(id);
        return TimelineView.of(diagnosis, alarms.of(diagnosis.id()), messages, locale);
    }

    private <T> Parts<T> parts(UUID id, Function<Judgement, List<T>> part) {
        Diagnosis diagnosis = existing(id);
        return new Parts<>(
                diagnosis.progress().status(), diagnosis.judgement().map(part).orElse(List.of()));
    }

    private Diagnosis existing(UUID id) {
        return diagnoses.find(new DiagnosisId(id)).orElseThrow(() -> new ProblemException(Problem.NOT_FOUND));
    }
}
