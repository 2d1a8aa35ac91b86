package org.etcdmedic.page;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.etcdmedic.diagnosis.Sightings;
import org.etcdmedic.knowledge.Cause;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.knowledge.Knowledge;
import org.etcdmedic.memory.Accuracy;
import org.etcdmedic.memory.FieldAccuracy;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** How right the verdicts of the last months were, by what people said of them. */
@Controller
class AccuracyPage {
    private static final Duration SPAN = Duration.ofDays(90);

    private final FieldAccuracy accuracy;
    private final Knowledge knowledge;
    private final Clock clock;

    AccuracyPage(FieldAccuracy accuracy, Knowledge knowledge, Clock clock) {
        this.accuracy = accuracy;
        this.knowledge = knowledge;
        this.clock = clock;
    }

    /** A row; the share in percent with its interval, where there is one. */
    record Row(String code, String title, String outcome, Accuracy.Count count, Optional<String> share) {}

    /** What was named, and what it was. */
    record MixedUp(String verdict, String actual, long count) {}

    @GetMapping("/ui/accuracy")
    String show(Model model, Locale locale) {
        Instant now = clock.instant();
        Accuracy found = accuracy.of(new Sightings.Span(now.minus(SPAN), now, Optional.empty(), Optional.empty()));
        model.addAttribute("days", Long.toString(SPAN.toDays()));
        model.addAttribute(
                "outcomes",
                found.outcomes().stream()
                        .map(one -> new Row("", "", one.outcome().name(), one.count(), share(one.count())))
                        .toList());
        model.addAttribute(
                "causes",
                found.causes().stream()
                        .map(one -> new Row(
                                one.cause().value(),
                                title(one.cause(), locale),
                                one.outcome().name(),
                                one.count(),
                                share(one.count())))
                        .toList());
        model.addAttribute(
                "confusion",
                found.confusion().stream()
                        .map(one -> new MixedUp(title(one.verdict(), locale), title(one.actual(), locale), one.count()))
                        .toList());
        return "page/accuracy";
    }

    private String title(CauseCode code, Locale locale) {
        return knowledge
                .findCause(code)
                .map(Cause::title)
                .map(text -> text.in(locale))
                .orElse(code.value());
    }

    private static Optional<String> share(Accuracy.Count count) {
        return count.share()
                .map(share ->
                        percent(share.right()) + " % (" + percent(share.low()) + "–" + percent(share.high()) + " %)");
    }

    private static long percent(double share) {
        return Math.round(share * 100);
    }
}
