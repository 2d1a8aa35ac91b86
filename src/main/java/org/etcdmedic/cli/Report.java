package org.etcdmedic.cli;

import java.io.PrintWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.etcdmedic.bundle.EntryName;

/**
 * A diagnosis as an engineer reads it on a terminal: the verdict, what to do, the lines that decided, what was not looked at.
 * What nodes wrote is shown without anything that could steer the terminal.
 */
final class Report {
    private static final int LINES = 8;
    private static final int FILES = 30;
    private static final int WIDTH = 400;

    private final PrintWriter out;
    private final Words words;
    private final Paint paint;
    private final ZoneId here;

    /** Prints there; times that no log states are told in the zone of the reader. */
    Report(PrintWriter out, Words words, Paint paint, ZoneId here) {
        this.out = out;
        this.words = words;
        this.paint = paint;
        this.here = here;
    }

    /** Prints one that a service keeps, and where its report is. */
    void print(Diagnosed diagnosed, Quotations quotations, ServiceAddress address) {
        print(diagnosed, quotations, "");
        if (diagnosed.verdict() != null) {
            out.println();
            line(words.text("cli.report-at", address.shown() + "/diagnoses/" + shown(diagnosed.id()) + "/report"));
        }
    }

    /** Prints one that is judged here, where another time can be named. */
    void print(Diagnosed diagnosed, Quotations quotations) {
        print(diagnosed, quotations, words.text("cli.time.hint"));
    }

    private void print(Diagnosed diagnosed, Quotations quotations, String hint) {
        if (diagnosed.verdict() == null) {
            unjudged(diagnosed);
            return;
        }
        line(words.text(
                "cli.verdict",
                head(diagnosed.verdict()),
                shown(diagnosed.verdict().summary())));
        if (diagnosed.bundle() == null) {
            about(diagnosed);
        } else {
            time(diagnosed, diagnosed.bundle(), hint);
        }
        if (diagnosed.rerun() != null && diagnosed.rerun().text() != null) {
            line(shown(diagnosed.rerun().text()));
        }
        if (diagnosed.history() != null) {
            remembered(diagnosed.history());
        }
        steps(diagnosed.remediation());
        seen(diagnosed, diagnosed.verdict(), quotations);
        notLooked(diagnosed);
        if (diagnosed.bundle() != null) {
            files(diagnosed.bundle());
        }
    }

    private void remembered(Diagnosed.History history) {
        if (history.summary() != null) {
            line(shown(history.summary()));
        }
        if (history.correction() != null && history.correction().text() != null) {
            line(shown(history.correction().text()));
        }
    }

    /** One that failed, was called off, or is not over. */
    private void unjudged(Diagnosed diagnosed) {
        String status = words.word("cli.status.", diagnosed.status());
        line(paint.outcome(diagnosed.status(), status)
                + (diagnosed.failure() == null ? "" : words.text("cli.because", shown(diagnosed.failure()))));
        about(diagnosed);
    }

    private String head(Diagnosed.Verdict verdict) {
        String outcome = words.word("cli.outcome.", verdict.outcome());
        return paint.outcome(verdict.outcome(), verdict.names() ? outcome + " " + shown(verdict.cause()) : outcome);
    }

    private void about(Diagnosed diagnosed) {
        line(words.text(
                "cli.about",
                shown(diagnosed.nodeId()),
                shown(diagnosed.instanceId()),
                stamp(diagnosed.alarmedAt(), here)));
        if (diagnosed.startedAt() != null && diagnosed.completedAt() != null) {
            line(words.text("cli.asked", stamp(diagnosed.startedAt(), here), stamp(diagnosed.completedAt(), here)));
        }
        Diagnosed.Quorum quorum = diagnosed.quorum();
        if (quorum != null) {
            line(words.text(
                    quorum.held() ? "report.quorum.held" : "report.quorum.lost",
                    Integer.toString(quorum.healthy()),
                    Integer.toString(quorum.members())));
        }
    }

    private void time(Diagnosed diagnosed, Diagnosed.Bundle bundle, String hint) {
        ZoneId zone = bundle.nodes().stream()
                .filter(node -> node.nodeId().equals(diagnosed.nodeId()))
                .map(node -> zone(node.zone()))
                .findFirst()
                .orElse(ZoneOffset.UTC);
        line(words.text(
                        words.key("cli.time.", bundle.timeBy(), "GIVEN"),
                        stamp(bundle.at(), zone),
                        stamp(bundle.from(), zone),
                        stamp(bundle.to(), zone))
                + (bundle.timeBy().equals("GIVEN") ? "" : hint));
        Map<String, List<String>> zones = new LinkedHashMap<>();
        bundle.nodes().stream()
                .filter(node -> node.visited().equals("BY_HAND"))
                .forEach(node -> zones.computeIfAbsent(
                                words.text(
                                        words.key("cli.zone.", node.zoneBy(), "GIVEN"),
                                        node.zone().equals("Z") ? "UTC" : shown(node.zone())),
                                key -> new ArrayList<>())
                        .add(shown(node.nodeId())));
        zones.forEach((text, nodes) -> line(zones.size() == 1 ? text : String.join(", ", nodes) + ": " + text));
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException unknown) {
            return ZoneOffset.UTC;
        }
    }

    static String stamp(Instant at, ZoneId zone) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                at.truncatedTo(ChronoUnit.SECONDS).atZone(zone));
    }

    private void steps(List<Diagnosed.Step> steps) {
        if (steps.isEmpty()) {
            return;
        }
        heading("cli.what-to-do");
        for (Diagnosed.Step step : steps) {
            line("  " + step.order() + ". " + shown(step.action()) + " "
                    + words.text(
                            "report.step-tag",
                            words.word("cli.actor.", step.actor()),
                            words.word("cli.risk.", step.risk())));
            if (step.command() != null) {
                line("       $ " + paint.command(shown(step.command())));
            }
            if (step.helpedBefore() != null && step.helpedBefore().text() != null) {
                line("       " + shown(step.helpedBefore().text()));
            }
        }
    }

    /**
     * The findings that speak for the verdict, then for what is true beside it; else what was seen at all. All with the
     * lines they stand on.
     */
    private void seen(Diagnosed diagnosed, Diagnosed.Verdict verdict, Quotations quotations) {
        List<Diagnosed.Finding> observed = diagnosed.findings().stream()
                .filter(finding -> finding.state().equals("OBSERVED"))
                .toList();
        Set<String> decisive = Stream.concat(
                        diagnosed.classifications().stream()
                                .filter(c -> c.cause().equals(verdict.cause())),
                        diagnosed.classifications().stream()
                                .filter(c -> verdict.others().contains(c.cause()))
                                .filter(Diagnosed.Classification::holds))
                .flatMap(c -> c.findings().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        boolean decided = observed.stream().anyMatch(finding -> decisive.contains(finding.id()));
        heading(decided ? "cli.decisive" : "cli.seen");
        // The strongest first, as the classification has them.
        List<String> order = List.copyOf(decisive);
        List<Diagnosed.Finding> told = observed.stream()
                .filter(finding -> !decided || decisive.contains(finding.id()))
                .sorted(Comparator.comparingInt(finding -> order.indexOf(finding.id())))
                .limit(LINES)
                .toList();
        if (told.isEmpty()) {
            line("  " + words.text("cli.nothing-seen"));
        }
        Diagnosed.Bundle bundle = diagnosed.bundle();
        boolean several = bundle == null || bundle.nodes().size() > 1;
        Set<String> files = bundle == null
                ? Set.of()
                : bundle.files().stream().map(Diagnosed.Bundle.File::path).collect(Collectors.toSet());
        for (Diagnosed.Finding finding : told) {
            line("  - " + shown(finding.statement()));
            finding.evidence().stream()
                    .filter(source -> source.lines().size() == 2)
                    .filter(source ->
                            source.lines().getFirst().equals(source.lines().getLast()))
                    .limit(2)
                    .forEach(source -> quotations
                            .piece(source.id())
                            .ifPresent(piece -> quote(piece, source.lines().getFirst(), files, several)));
        }
        if (decided && observed.size() > told.size()) {
            line("  " + words.text("cli.also-seen", Integer.toString(observed.size() - told.size())));
        }
    }

    /** Of a log that our own probe read a piece of, the number of a line within that piece would lead astray. */
    private void quote(Quotations.Piece piece, int line, Set<String> files, boolean several) {
        String place = (several ? shown(piece.node()) + " " : "")
                + shown(asHandedIn(piece.where(), files))
                + (piece.cut() ? "" : ":" + line);
        piece.text()
                .lines()
                .skip(line - 1L)
                .findFirst()
                .ifPresent(text -> line("      > " + place + ": "
                        + paint.quotation(shown(text.length() > WIDTH ? text.substring(0, WIDTH) + "…" : text))));
    }

    /** The file as it was handed in: a log that lay elsewhere was read as one of its program's own folder. */
    private static String asHandedIn(String path, Set<String> files) {
        String withoutFolder = path.replaceFirst("[^/]+/([^/]+)$", "$1");
        return !files.contains(path) && files.contains(withoutFolder) ? withoutFolder : path;
    }

    private void notLooked(Diagnosed diagnosed) {
        if (diagnosed.gaps().isEmpty()) {
            return;
        }
        heading("cli.not-looked");
        diagnosed.gaps().forEach(gap -> line("  - " + shown(gap.reason())));
        line("  " + words.text(diagnosed.bundle() == null ? "cli.not-looked.on-nodes" : "cli.not-looked.in-files"));
    }

    private void files(Diagnosed.Bundle bundle) {
        heading("cli.files");
        bundle.files().stream()
                .limit(FILES)
                .forEach(file -> line("  "
                        + words.text(
                                "cli.file",
                                shown(file.path()),
                                shown(file.nodeId()),
                                words.word("bundle.what.", file.what()))));
        if (bundle.files().size() > FILES) {
            line("  "
                    + words.text("cli.and-more", Integer.toString(bundle.files().size() - FILES)));
        }
        if (!bundle.skipped().isEmpty()) {
            heading("cli.skipped");
            words.skipped(bundle.skipped()).forEach(this::line);
        }
    }

    private void heading(String key) {
        out.println();
        line(paint.heading(words.text(key)));
    }

    private static String shown(String text) {
        return EntryName.line(text);
    }

    private void line(String text) {
        out.println(text);
    }
}
