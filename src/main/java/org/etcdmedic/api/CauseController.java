package org.etcdmedic.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.etcdmedic.knowledge.Cause;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.knowledge.Decider;
import org.etcdmedic.knowledge.Family;
import org.etcdmedic.knowledge.FindingKind;
import org.etcdmedic.knowledge.Knowledge;
import org.etcdmedic.knowledge.Remediation;
import org.etcdmedic.knowledge.Signature;
import org.etcdmedic.knowledge.TextTemplate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The catalogue of causes: what each means, what speaks for it, and what to do. */
@RestController
@RequestMapping(path = "/causes", version = "1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "causes")
class CauseController {
    private final Knowledge knowledge;

    CauseController(Knowledge knowledge) {
        this.knowledge = knowledge;
    }

    /** A cause in a list. */
    record CauseSummary(String code, Family family, int rank, String title) {
        static CauseSummary of(Cause cause, Locale locale) {
            return new CauseSummary(
                    cause.code().value(),
                    cause.family(),
                    cause.rank(),
                    cause.title().in(locale));
        }
    }

    /** The catalogue, in the order of repair. */
    record CauseList(String knowledgeVersion, List<CauseSummary> items) {}

    /** An answer that decides. */
    record DeciderView(String check, @Nullable String probe) {
        static DeciderView of(Decider decider) {
            return new DeciderView(decider.check(), decider.probe().orElse(null));
        }
    }

    /** What speaks for a cause, or against it. */
    record SignView(
            String kind,
            String check,
            String statement,
            @Nullable Double weight) {}

    /** A step, with its variables in angle brackets. */
    record StepTemplateView(
            String id,
            int order,
            String action,
            @Nullable String command,
            Remediation.Actor actor,
            Remediation.Risk risk,
            String verify) {
        static StepTemplateView of(Remediation step, int order, Locale locale) {
            return new StepTemplateView(
                    step.id(),
                    order,
                    shown(step.action().in(locale)),
                    step.command().map(CauseController::shown).orElse(null),
                    step.actor(),
                    step.risk(),
                    shown(step.verify().in(locale)));
        }
    }

    /** All that is known of a cause. */
    record CauseView(
            String code,
            Family family,
            int rank,
            String title,
            String summary,
            List<String> checks,
            List<String> explains,
            List<String> explainsOnPeers,
            List<DeciderView> decidedBy,
            List<SignView> supportedBy,
            List<SignView> refutedBy,
            List<StepTemplateView> remediation,
            String source) {}

    @GetMapping
    @Operation(operationId = "getCauses")
    CauseList list(Locale locale) {
        return new CauseList(
                knowledge.version(),
                knowledge.causes().stream()
                        .map(cause -> CauseSummary.of(cause, locale))
                        .toList());
    }

    @GetMapping("/{code}")
    @Operation(operationId = "getCause")
    CauseView get(@PathVariable String code, Locale locale) {
        Cause cause =
                code(code).flatMap(knowledge::findCause).orElseThrow(() -> new ProblemException(Problem.NOT_FOUND));
        List<Remediation> steps =
                cause.remediation().stream().map(knowledge::remediation).toList();
        return new CauseView(
                cause.code().value(),
                cause.family(),
                cause.rank(),
                cause.title().in(locale),
                shown(cause.summary().in(locale)),
                cause.needs(),
                codes(cause.explains().stream()),
                codes(cause.explainsOnPeers().stream()),
                cause.decidedBy().stream().map(DeciderView::of).toList(),
                signs(
                        locale,
                        kind -> Optional.ofNullable(kind.supports().get(cause.code())),
                        line -> Optional.ofNullable(line.supports().get(cause.code()))),
                signs(
                        locale,
                        kind -> kind.refutes().contains(cause.code()) ? Optional.of(0.0) : Optional.empty(),
                        line -> line.refutes().contains(cause.code()) ? Optional.of(0.0) : Optional.empty()),
                java.util.stream.IntStream.range(0, steps.size())
                        .mapToObj(i -> StepTemplateView.of(steps.get(i), i + 1, locale))
                        .toList(),
                cause.source());
    }

    private static Optional<CauseCode> code(String text) {
        try {
            return Optional.of(new CauseCode(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static List<String> codes(Stream<CauseCode> codes) {
        return codes.map(CauseCode::value).sorted().toList();
    }

    private List<SignView> signs(
            Locale locale,
            Function<FindingKind, Optional<Double>> ofKind,
            Function<Signature, Optional<Double>> ofLine) {
        Stream<SignView> kinds = knowledge.findings().stream()
                .flatMap(kind -> ofKind.apply(kind).stream()
                        .map(weight ->
                                sign(kind.id(), kind.check(), kind.statement().in(locale), weight)));
        Stream<SignView> lines = knowledge.signatures().stream()
                .flatMap(line -> ofLine.apply(line).stream()
                        .map(weight ->
                                sign(line.id(), line.check(), line.statement().in(locale), weight)));
        return Stream.concat(kinds, lines)
                .sorted(Comparator.comparing(SignView::weight, Comparator.nullsLast(Comparator.reverseOrder()))
                        .thenComparing(SignView::kind))
                .toList();
    }

    private static SignView sign(String kind, String check, String statement, double weight) {
        return new SignView(kind, check, shown(statement), weight == 0 ? null : weight);
    }

    /** A template as people read it: {@code <variable>} for each variable. */
    private static String shown(String template) {
        return TextTemplate.fill(
                template,
                TextTemplate.variables(template).stream()
                        .collect(Collectors.toMap(Function.identity(), name -> "<" + name + ">")));
    }
}
