package org.etcdmedic.page;

import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.etcdmedic.diagnosis.Diagnoses;
import org.etcdmedic.diagnosis.Listed;
import org.etcdmedic.inventory.Instance;
import org.etcdmedic.inventory.Instances;
import org.etcdmedic.knowledge.Family;
import org.etcdmedic.knowledge.Knowledge;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** The list: what is open now, and what was lately. The part that changes can be had by itself. */
@Controller
class ListPage {
    private static final int SHOWN = 30;
    private static final int OPEN_SHOWN = 100;

    private final Diagnoses diagnoses;
    private final Instances instances;
    private final Knowledge knowledge;
    private final Clock clock;

    ListPage(Diagnoses diagnoses, Instances instances, Knowledge knowledge, Clock clock) {
        this.diagnoses = diagnoses;
        this.instances = instances;
        this.knowledge = knowledge;
        this.clock = clock;
    }

    /** The filter's part of the address. */
    @ModelAttribute("wanted")
    Wanted wanted(
            @RequestParam(defaultValue = "") String instance,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String family,
            @RequestParam(defaultValue = "") String cause,
            @RequestParam(defaultValue = "") String since) {
        return Wanted.of(instance, state, family, cause, since);
    }

    @GetMapping("/")
    String list(
            @ModelAttribute("wanted") Wanted wanted,
            @RequestParam(defaultValue = "") String before,
            @RequestParam(defaultValue = "") String beforeId,
            Model model,
            Locale locale) {
        List<Instance> known = instances.all();
        model.addAttribute("instances", known);
        model.addAttribute(
                "known", known.stream().anyMatch(one -> one.id().value().equals(wanted.instance())));
        model.addAttribute("states", Wanted.State.values());
        model.addAttribute("families", Family.values());
        model.addAttribute("spans", Wanted.Since.values());
        fill(wanted, place(before, beforeId), known, model, locale);
        return "page/list";
    }

    /** The part of the list that changes. */
    @GetMapping("/ui/diagnoses")
    String cases(@ModelAttribute("wanted") Wanted wanted, Model model, Locale locale) {
        fill(wanted, Optional.empty(), instances.all(), model, locale);
        return "page/list :: cases";
    }

    private void fill(
            Wanted wanted, Optional<Diagnoses.Cursor> after, List<Instance> known, Model model, Locale locale) {
        Instant now = clock.instant();
        Map<String, String> names =
                known.stream().collect(Collectors.toMap(one -> one.id().value(), Instance::name));
        List<Listed> open = wanted.open() && after.isEmpty() ? open(wanted, now) : List.of();
        var over = new ArrayList<Listed>();
        boolean more = false;
        if (wanted.over()) {
            List<Listed> found = diagnoses.newest(wanted.overOnes(now), after, SHOWN + open.size() + 1);
            found.stream()
                    .filter(one -> !one.course().status().open())
                    .limit(SHOWN)
                    .forEach(over::add);
            more = !over.isEmpty()
                    && !found.getLast().id().equals(over.getLast().id());
        }
        model.addAttribute("open", lines(open, names, locale));
        model.addAttribute("over", lines(over, names, locale));
        model.addAttribute("older", more ? older(wanted, over.getLast()) : "");
        model.addAttribute("newest", after.isEmpty());
    }

    private List<Listed> open(Wanted wanted, Instant now) {
        return wanted.openOnes(now).stream()
                .flatMap(filter -> diagnoses.newest(filter, Optional.empty(), OPEN_SHOWN).stream())
                .sorted(Comparator.comparing(Listed::queuedAt).reversed())
                .toList();
    }

    private List<CaseLine> lines(List<Listed> found, Map<String, String> names, Locale locale) {
        return found.stream()
                .map(one -> CaseLine.of(one, names, knowledge, locale))
                .toList();
    }

    private static String older(Wanted wanted, Listed last) {
        UriComponentsBuilder address = wanted.address("/");
        return address.queryParam("before", last.queuedAt())
                .queryParam("beforeId", last.id().value())
                .build()
                .encode()
                .toUriString();
    }

    /** An address that holds no place shows the newest. */
    private static Optional<Diagnoses.Cursor> place(String before, String id) {
        try {
            return before.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Diagnoses.Cursor(Instant.parse(before), UUID.fromString(id)));
        } catch (DateTimeParseException | IllegalArgumentException none) {
            return Optional.empty();
        }
    }
}
