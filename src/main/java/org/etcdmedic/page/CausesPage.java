package org.etcdmedic.page;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.etcdmedic.knowledge.Cause;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.knowledge.Family;
import org.etcdmedic.knowledge.Knowledge;
import org.etcdmedic.knowledge.Remediation;
import org.etcdmedic.knowledge.TextTemplate;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The catalogue of causes, to read. */
@Controller
class CausesPage {
    private final Knowledge knowledge;

    CausesPage(Knowledge knowledge) {
        this.knowledge = knowledge;
    }

    /** A cause in the list. */
    record CauseLine(String code, String title, String summary) {}

    /** A step of the repair as the catalogue has it. */
    record StepLine(String action, Optional<String> command, String actor, String risk, String verify) {}

    @GetMapping("/ui/causes")
    String list(Model model, Locale locale) {
        Map<Family, List<CauseLine>> families = knowledge.causes().stream()
                .collect(Collectors.groupingBy(
                        Cause::family,
                        TreeMap::new,
                        Collectors.mapping(cause -> line(cause, locale), Collectors.toList())));
        model.addAttribute("families", families);
        model.addAttribute("version", knowledge.version());
        return "page/causes";
    }

    @GetMapping("/ui/causes/{code}")
    String show(@PathVariable String code, Model model, Locale locale) {
        Cause cause = code(code).flatMap(knowledge::findCause).orElseThrow(NotThere::new);
        model.addAttribute("cause", line(cause, locale));
        model.addAttribute("family", cause.family().name());
        model.addAttribute(
                "steps",
                cause.remediation().stream()
                        .map(knowledge::remediation)
                        .map(step -> step(step, locale))
                        .toList());
        model.addAttribute(
                "explains",
                cause.explains().stream()
                        .sorted()
                        .map(knowledge::cause)
                        .map(other -> line(other, locale))
                        .toList());
        model.addAttribute("source", cause.source());
        return "page/cause";
    }

    private static Optional<CauseCode> code(String text) {
        try {
            return Optional.of(new CauseCode(text));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    private static CauseLine line(Cause cause, Locale locale) {
        return new CauseLine(
                cause.code().value(),
                cause.title().in(locale),
                shown(cause.summary().in(locale)));
    }

    private static StepLine step(Remediation step, Locale locale) {
        return new StepLine(
                shown(step.action().in(locale)),
                step.command().map(CausesPage::shown),
                step.actor().name(),
                step.risk().name(),
                shown(step.verify().in(locale)));
    }

    /** A template as people read it: {@code <variable>} for each variable. */
    private static String shown(String template) {
        return TextTemplate.fill(
                template,
                TextTemplate.variables(template).stream()
                        .collect(Collectors.toMap(Function.identity(), name -> "<" + name + ">")));
    }
}
