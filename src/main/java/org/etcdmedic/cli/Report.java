package org.etcdmedic.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.etcdmedic.bundle.Bundle;
import org.etcdmedic.bundle.BundleCase;
import org.etcdmedic.bundle.EntryName;
import org.etcdmedic.evidence.Source;
import org.etcdmedic.probe.Capture;
import org.etcdmedic.verdict.Classification;
import org.etcdmedic.verdict.Finding;
import org.etcdmedic.verdict.Judgement;
import org.etcdmedic.verdict.Step;
import org.etcdmedic.verdict.Verdict;

/**
 * A judgement as an engineer reads it on a terminal: the verdict, what to do, the lines that decided, what was not looked at.
 * What nodes wrote is shown without anything that could steer the terminal.
 */
final class Report {
    private static final int LINES = 8;
    private static final int WIDTH = 400;
    private static final String BOLD = "\u001b[1m";
    private static final String PLAIN = "\u001b[0m";

    private final PrintWriter out;
    private final Words words;
    private final boolean colours;

    Report(PrintWriter out, Words words, boolean colours) {
        this.out = out;
        this.words = words;
        this.colours = colours;
    }

    void print(Bundle bundle, Judgement judgement) {
        Verdict verdict = judgement.verdict();
        line(words.text(
                "cli.verdict", head(verdict), EntryName.line(verdict.summary().in(words.locale()))));
        time(bundle.bundleCase());
        steps(judgement.remediation());
        seen(bundle, judgement);
        notLooked(judgement);
        files(bundle.bundleCase());
        out.flush();
    }

    private String head(Verdict verdict) {
        String outcome = words.text("cli.outcome." + verdict.outcome());
        boolean named = verdict.outcome() == Verdict.Outcome.CONFIRMED || verdict.outcome() == Verdict.Outcome.LIKELY;
        return bold(named ? outcome + " " + verdict.cause().value() : outcome);
    }

    private void time(BundleCase bundle) {
        ZoneOffset zone = bundle.nodes().stream()
                .filter(node -> node.node().id().equals(bundle.named()))
                .map(BundleCase.CaseNode::zone)
                .findFirst()
                .orElse(ZoneOffset.UTC);
        line(words.text(
                "cli.time." + bundle.timeBy(),
                stamp(bundle.window().alarmedAt(), zone),
                stamp(bundle.window().from(), zone),
                stamp(bundle.window().to(), zone)));
        Map<String, List<String>> zones = new LinkedHashMap<>();
        bundle.nodes().stream()
                .filter(node -> node.visited() == BundleCase.Visited.BY_HAND)
                .forEach(node -> zones.computeIfAbsent(
                                words.text(
                                        "cli.zone." + node.zoneBy(),
                                        node.zone().getId().equals("Z")
                                                ? "UTC"
                                                : node.zone().getId()),
                                key -> new ArrayList<>())
                        .add(node.node().id().value()));
        zones.forEach((text, nodes) -> line(zones.size() == 1 ? text : String.join(", ", nodes) + ": " + text));
    }

    private static String stamp(Instant at, ZoneOffset zone) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                at.truncatedTo(ChronoUnit.SECONDS).atOffset(zone));
    }

    private void steps(List<Step> steps) {
        heading("cli.what-to-do");
        for (Step step : steps) {
            line("  " + step.order() + ". " + EntryName.line(step.action().in(words.locale())) + " "
                    + words.text(
                            "cli.step",
                            words.text("cli.actor." + step.actor()),
                            words.text("cli.risk." + step.risk())));
            step.command().ifPresent(command -> line("       " + EntryName.line(command)));
        }
    }

    /**
     * The findings that speak for the verdict, then for what is true beside it; else what was seen at all. All with the
     * lines they stand on.
     */
    private void seen(Bundle bundle, Judgement judgement) {
        List<Finding> observed = judgement.findings().stream()
                .filter(finding -> finding.state() == Finding.State.OBSERVED)
                .toList();
        Set<String> decisive = new LinkedHashSet<>();
        Stream.concat(
                        judgement.classifications().stream()
                                .filter(c ->
                                        c.cause().equals(judgement.verdict().cause())),
                        judgement.classifications().stream()
                                .filter(c -> judgement.verdict().others().contains(c.cause()))
                                .filter(Classification::holds))
                .map(Classification::findings)
                .forEach(decisive::addAll);
        boolean decided = observed.stream().anyMatch(finding -> decisive.contains(finding.id()));
        heading(decided ? "cli.decisive" : "cli.seen");
        // The strongest first, as the classification has them.
        List<String> order = List.copyOf(decisive);
        List<Finding> shown = observed.stream()
                .filter(finding -> !decided || decisive.contains(finding.id()))
                .sorted(Comparator.comparingInt(finding -> order.indexOf(finding.id())))
                .limit(LINES)
                .toList();
        if (shown.isEmpty()) {
            line("  " + words.text("cli.nothing-seen"));
        }
        Map<UUID, Capture> captures = new HashMap<>();
        bundle.captures().forEach(capture -> captures.put(capture.id(), capture));
        Set<String> files = bundle.bundleCase().files().stream()
                .map(BundleCase.ReadFile::path)
                .collect(Collectors.toSet());
        for (Finding finding : shown) {
            line("  - " + EntryName.line(finding.statement().in(words.locale())));
            finding.evidence().stream()
                    .limit(2)
                    .forEach(source -> quote(
                            source, captures, files, bundle.bundleCase().nodes().size() > 1));
        }
        if (decided && observed.size() > shown.size()) {
            line("  " + words.text("cli.also-seen", observed.size() - shown.size()));
        }
    }

    /** The file as it was handed in: a log that lay elsewhere was read as one of its program's own folder. */
    private static String asHandedIn(String path, Set<String> files) {
        String withoutFolder = path.replaceFirst("[^/]+/([^/]+)$", "$1");
        return !files.contains(path) && files.contains(withoutFolder) ? withoutFolder : path;
    }

    /** Of a log that our own probe read a piece of, the number of a line within that piece would lead astray. */
    private void quote(Source source, Map<UUID, Capture> captures, Set<String> files, boolean several) {
        if (!(captures.get(source.capture()) instanceof Capture.Answer answer)) {
            return;
        }
        String where = answer.question()
                .arguments()
                .getOrDefault("file", answer.question().probe().id().value());
        boolean piece =
                !answer.command().isEmpty() && answer.question().arguments().containsKey("file");
        String place = (several ? answer.node() + " " : "")
                + EntryName.line(asHandedIn(where, files))
                + (piece ? "" : ":" + source.firstLine());
        answer.text()
                .lines()
                .skip(source.firstLine() - 1L)
                .findFirst()
                .filter(text -> source.firstLine() == source.lastLine())
                .ifPresent(text -> line("      " + place + ": "
                        + EntryName.line(text.length() > WIDTH ? text.substring(0, WIDTH) + "…" : text)));
    }

    private void notLooked(Judgement judgement) {
        if (judgement.notEvaluated().isEmpty()) {
            return;
        }
        heading("cli.not-looked");
        judgement
                .gaps()
                .orElse(List.of())
                .forEach(gap -> line("  - " + EntryName.line(gap.reason().in(words.locale()))));
        line("  " + words.text("cli.not-looked.meaning"));
    }

    private void files(BundleCase bundle) {
        heading("cli.files");
        bundle.files().stream()
                .limit(30)
                .forEach(file -> line("  "
                        + words.text(
                                "cli.file",
                                EntryName.line(file.path()),
                                file.node(),
                                words.text("bundle.what." + file.what()))));
        if (bundle.files().size() > 30) {
            line("  " + words.text("cli.and-more", bundle.files().size() - 30));
        }
        if (!bundle.skipped().isEmpty()) {
            heading("cli.skipped");
            words.skipped(bundle.skipped()).forEach(this::line);
        }
    }

    private void heading(String key) {
        out.println();
        line(bold(words.text(key)));
    }

    private String bold(String text) {
        return colours ? BOLD + text + PLAIN : text;
    }

    private void line(String text) {
        out.println(text);
    }
}
