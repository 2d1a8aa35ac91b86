package org.etcdmedic.report;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.etcdmedic.bundle.EntryName;
import org.etcdmedic.diagnosis.StoredCapture;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.memory.HistoryText;
import org.etcdmedic.platform.Texts;
import org.etcdmedic.verdict.Classification;
import org.etcdmedic.verdict.Judgement;
import org.etcdmedic.verdict.ReachMatrix;
import org.etcdmedic.verdict.Verdict;

/**
 * A report put into words of one language; whatever a node wrote in it can be shown anywhere. Page and Markdown differ only in
 * how they set it.
 *
 * @param outcome how sure, as the contract names it
 * @param title how sure, and of what
 * @param summary the verdict in a sentence
 * @param about what the diagnosis is about, as names and values
 * @param memory what is remembered of the fault, and what people said that it was instead
 * @param steps what to do, in order
 * @param decisive the facts that decided
 * @param further what else was seen
 * @param alsoTrue causes that are true beside the verdict's own
 * @param possible causes that something speaks for, though too little
 * @param story what happened
 * @param paths who reaches whom
 * @param ruledOut what was ruled out, and why
 * @param notLooked what could not be looked at, and why
 * @param open causes that nobody could look for; empty when there are none
 * @param evidence what was run and asked
 */
public record ReportText(
        Verdict.Outcome outcome,
        String title,
        String summary,
        List<Named> about,
        List<String> memory,
        List<StepText> steps,
        List<FactText> decisive,
        List<FactText> further,
        List<String> alsoTrue,
        List<String> possible,
        List<MomentText> story,
        List<PathText> paths,
        List<String> ruledOut,
        List<String> notLooked,
        Optional<String> open,
        List<PieceText> evidence) {

    /** A value and its name. */
    public record Named(String name, String value) {}

    /**
     * A step of the repair.
     *
     * @param helped whether it helped before
     * @param tag who does it and at what risk, as it stands behind the action
     */
    public record StepText(
            String action,
            String who,
            String risk,
            boolean disruptive,
            Optional<String> command,
            String verify,
            Optional<String> helped,
            String tag) {}

    /**
     * A fact with its lines.
     *
     * @param tag the row of the runbook and the finding's identifier, as they stand behind the statement
     */
    public record FactText(String id, String check, String node, String statement, List<Quotation> lines, String tag) {}

    /** Something that happened. */
    public record MomentText(Instant at, String node, String lane, String kind, String text, Optional<String> finding) {
        /** The instant, in whole seconds. */
        public String stamp() {
            return ReportText.stamp(at);
        }
    }

    /** How one reaches another; each way as the contract names it. */
    public record PathText(
            String from, String to, Way ping, Way peerPort, Way clientPort, Way ssh, Optional<Way> etcd) {}

    /** How one way stands. */
    public record Way(String name, String text) {}

    /** A piece of evidence. */
    public record PieceText(int number, UUID id, String node, String what, String at, String result) {}

    /** The report in this reader's language. */
    public static ReportText of(DiagnosisReport report, Locale locale) {
        return new Writer(report, new Texts(locale)).write();
    }

    static String stamp(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Puts one report into words. */
    private record Writer(DiagnosisReport report, Texts texts) {
        ReportText write() {
            Judgement judgement = report.judgement();
            Verdict verdict = judgement.verdict();
            boolean named =
                    verdict.outcome() == Verdict.Outcome.CONFIRMED || verdict.outcome() == Verdict.Outcome.LIKELY;
            String outcome = texts.text("cli.outcome." + verdict.outcome());
            return new ReportText(
                    verdict.outcome(),
                    named ? texts.text("report.is", outcome, verdict.cause().value()) : outcome,
                    line(verdict.summary().in(texts.locale())),
                    about(verdict),
                    memory(),
                    steps(),
                    facts(report.decisive()),
                    facts(report.further()),
                    report.alsoTrue().stream().map(this::alsoTrue).toList(),
                    report.possible().stream().map(this::because).toList(),
                    story(),
                    paths(),
                    report.ruledOut().stream().map(this::because).toList(),
                    judgement.gaps().orElse(List.of()).stream()
                            .map(gap -> line(gap.reason().in(texts.locale())))
                            .toList(),
                    report.open().isEmpty()
                            ? Optional.empty()
                            : Optional.of(texts.text(
                                    "report.open",
                                    report.open().stream().map(CauseCode::value).collect(Collectors.joining(", ")))),
                    report.evidence().stream().map(this::piece).toList());
        }

        private List<Named> about(Verdict verdict) {
            var rows = new ArrayList<Named>();
            rows.add(named("report.instance", report.diagnosis().instance().value()));
            rows.add(named("report.alarmed-node", report.diagnosis().node().value()));
            verdict.node().ifPresent(node -> rows.add(named("report.node-at-fault", node.value())));
            rows.add(named("report.alarmed-at", stamp(report.diagnosis().alarmedAt())));
            if (verdict.confidence() > 0) {
                rows.add(named("report.confidence", Math.round(verdict.confidence() * 100) + " %"));
            }
            report.judgement()
                    .quorum()
                    .ifPresent(quorum -> rows.add(named(
                            "report.quorum",
                            texts.text(
                                    quorum.held() ? "report.quorum.held" : "report.quorum.lost",
                                    quorum.healthy(),
                                    quorum.members()))));
            rows.add(named("report.diagnosis", report.diagnosis().id().value().toString()));
            rows.add(named("report.knowledge", report.judgement().knowledgeVersion()));
            return rows;
        }

        private List<String> memory() {
            var words = new HistoryText(texts);
            return report.history().stream()
                    .flatMap(history ->
                            Stream.concat(Stream.of(words.summary(history)), words.correction(history).stream()))
                    .map(Writer::line)
                    .toList();
        }

        private Named named(String key, String value) {
            return new Named(texts.text(key), line(value));
        }

        private List<StepText> steps() {
            return report.judgement().remediation().stream()
                    .map(step -> new StepText(
                            line(step.action().in(texts.locale())),
                            texts.text("cli.actor." + step.actor()),
                            texts.text("cli.risk." + step.risk()),
                            step.risk() == org.etcdmedic.knowledge.Remediation.Risk.DISRUPTIVE,
                            step.command().map(EntryName::line),
                            line(step.verify().in(texts.locale())),
                            report.history()
                                    .flatMap(history -> history.help(step.id()))
                                    .map(help -> new HistoryText(texts).help(help)),
                            texts.text(
                                    "report.step-tag",
                                    texts.text("cli.actor." + step.actor()),
                                    texts.text("cli.risk." + step.risk()))))
                    .toList();
        }

        private List<FactText> facts(List<DiagnosisReport.Fact> facts) {
            return facts.stream()
                    .map(fact -> new FactText(
                            fact.finding().id(),
                            fact.finding().check(),
                            fact.finding().node().value(),
                            line(fact.finding().statement().in(texts.locale())),
                            fact.lines(),
                            texts.text(
                                    "report.fact-tag",
                                    fact.finding().check(),
                                    fact.finding().id())))
                    .toList();
        }

        private String alsoTrue(Classification c) {
            String cause = causeAt(c);
            return c.explainedBy()
                    .map(by -> texts.text("report.is", cause, texts.text("report.effect-of", by.value())))
                    .orElse(cause);
        }

        private String causeAt(Classification c) {
            return texts.text("report.cause-at", c.cause().value(), c.node().value());
        }

        private String because(Classification c) {
            String cause = causeAt(c);
            return c.reasons().stream()
                    .flatMap(reasons -> reasons.whyNot().stream())
                    .findFirst()
                    .map(why -> texts.text("report.is", cause, line(why.in(texts.locale()))))
                    .orElse(cause);
        }

        private List<MomentText> story() {
            return report.story().stream()
                    .map(moment -> new MomentText(
                            moment.at(),
                            moment.node().value(),
                            moment.lane().name(),
                            moment.kind().name(),
                            line(moment.text().in(texts.locale()))
                                    + (moment.count() > 1 ? texts.text("report.times", moment.count()) : ""),
                            moment.finding()))
                    .toList();
        }

        private List<PathText> paths() {
            return report.judgement().reachability().map(ReachMatrix::paths).orElse(List.of()).stream()
                    .map(path -> new PathText(
                            path.from().equals(ReachMatrix.SERVICE) ? texts.text("report.service") : path.from(),
                            path.to(),
                            contact(path.ping().name()),
                            contact(path.peerPort().name()),
                            contact(path.clientPort().name()),
                            contact(path.ssh().name()),
                            Optional.ofNullable(path.etcd())
                                    .map(word -> new Way(word.name(), texts.text("report.etcd." + word)))))
                    .toList();
        }

        private Way contact(String name) {
            return new Way(name, texts.text("report.contact." + name));
        }

        private PieceText piece(DiagnosisReport.Piece piece) {
            StoredCapture capture = piece.capture();
            String what = capture.probe()
                    + capture.arguments().values().stream()
                            .map(value -> " " + value)
                            .collect(Collectors.joining());
            return new PieceText(
                    piece.number(),
                    capture.id(),
                    capture.node().value(),
                    line(what),
                    stamp(capture.startedAt()),
                    capture.reason()
                            .map(reason -> texts.text("report.reason." + reason))
                            .orElseGet(() -> texts.text(
                                    capture.truncated() ? "report.bytes-cut" : "report.bytes",
                                    capture.bytes(),
                                    capture.exitStatus().map(String::valueOf).orElse("-"))));
        }

        private static String line(String text) {
            return EntryName.line(text);
        }
    }
}
