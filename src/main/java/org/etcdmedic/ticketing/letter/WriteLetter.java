package org.etcdmedic.ticketing.letter;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.etcdmedic.alarm.Alarms;
import org.etcdmedic.bundle.EntryName;
import org.etcdmedic.diagnosis.Comparison;
import org.etcdmedic.diagnosis.Diagnoses;
import org.etcdmedic.diagnosis.Diagnosis;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.knowledge.Knowledge;
import org.etcdmedic.knowledge.Remediation;
import org.etcdmedic.platform.Texts;
import org.etcdmedic.report.DiagnosisReport;
import org.etcdmedic.report.FindReport;
import org.etcdmedic.report.ReportText;
import org.etcdmedic.ticketing.Facts;
import org.etcdmedic.ticketing.Severities;
import org.etcdmedic.ticketing.Ticket;
import org.etcdmedic.ticketing.target.Action;
import org.etcdmedic.ticketing.target.Ending;
import org.etcdmedic.ticketing.target.Letter;
import org.etcdmedic.ticketing.target.Severity;
import org.etcdmedic.verdict.Judgement;
import org.etcdmedic.verdict.Verdict;

/** Writes letters: at delivery, so that they say the newest, and anew for each attempt. */
public final class WriteLetter {
    private final Diagnoses diagnoses;
    private final Alarms alarms;
    private final Severities severities;
    private final FindReport reports;
    private final Knowledge knowledge;
    private final Optional<String> link;

    /**
     * A writer.
     *
     * @param link base of links
     */
    public WriteLetter(
            Diagnoses diagnoses, Alarms alarms, FindReport reports, Knowledge knowledge, Optional<String> link) {
        this.diagnoses = diagnoses;
        this.alarms = alarms;
        this.severities = new Severities(diagnoses, alarms);
        this.reports = reports;
        this.knowledge = knowledge;
        this.link = link.map(base -> base.endsWith("/") ? base.substring(0, base.length() - 1) : base);
    }

    /** What a ticket says; empty when its diagnosis is gone. */
    public Optional<Letter> of(Ticket ticket) {
        return diagnoses
                .find(ticket.diagnosis())
                .map(diagnosis -> new Page(
                                diagnosis,
                                new Texts(Locale.forLanguageTag(ticket.language())),
                                ticket.newest(),
                                ticket.id().value())
                        .write());
    }

    /** What a first ticket about this diagnosis would say. */
    public Letter first(Diagnosis diagnosis, Locale language, UUID ticket) {
        Letter.Event event = diagnosis.judgement().isPresent() ? Letter.Event.COMPLETED : Letter.Event.FAILED;
        return new Page(diagnosis, new Texts(language), new Ticket.Telling(1, event, Action.OPEN), ticket).write();
    }

    /** A letter that tells of nothing, to try whether a target can be reached. */
    public Letter test(Locale language, UUID ticket, Instant now) {
        var texts = new Texts(language);
        String title = texts.text("ticket.test.title");
        String summary = texts.text("ticket.test.summary");
        return new Letter(
                Letter.Event.TEST,
                ticket,
                1,
                texts.locale(),
                new Letter.Matter(
                        ticket,
                        "test",
                        "test",
                        Optional.empty(),
                        Severity.UNKNOWN,
                        Ending.NO_FAULT_FOUND,
                        Optional.empty(),
                        Optional.empty(),
                        Remediation.Actor.OPERATOR,
                        now,
                        now),
                new Letter.Words(
                        title,
                        summary,
                        texts.text("cli.actor.OPERATOR"),
                        texts.text("ticket.severity.UNKNOWN"),
                        List.of(),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        title + "\n\n" + summary,
                        "# " + title + "\n\n" + summary + "\n"),
                new Letter.Links(link, Optional.empty()));
    }

    /** One letter that is being written. */
    private final class Page {
        private final Diagnosis diagnosis;
        private final Texts texts;
        private final Ticket.Telling telling;
        private final UUID ticket;
        private final Facts facts;
        private final Optional<ReportText> report;

        Page(Diagnosis diagnosis, Texts texts, Ticket.Telling telling, UUID ticket) {
            this.diagnosis = diagnosis;
            this.texts = texts;
            this.telling = telling;
            this.ticket = ticket;
            this.facts = Facts.of(diagnosis, severities.of(diagnosis));
            Optional<DiagnosisReport> found = reports.withoutLines(diagnosis);
            this.report = found.map(known -> ReportText.of(known, texts.locale()));
        }

        Letter write() {
            var matter = new Letter.Matter(
                    diagnosis.id().value(),
                    facts.instance().value(),
                    diagnosis.node().value(),
                    diagnosis
                            .judgement()
                            .flatMap(judgement -> judgement.verdict().node())
                            .map(Object::toString),
                    facts.severity(),
                    facts.ending(),
                    facts.family().map(Enum::name),
                    facts.cause().map(Object::toString),
                    facts.owner(),
                    diagnosis.alarmedAt(),
                    endedAt());
            var body = new LetterBody(texts, title(), summary(), matter, links(), changed(), report);
            return new Letter(
                    telling.event(),
                    ticket,
                    telling.revision(),
                    texts.locale(),
                    matter,
                    new Letter.Words(
                            title(),
                            summary(),
                            texts.text("cli.actor." + facts.owner()),
                            texts.text("ticket.severity." + facts.severity()),
                            body.facts(),
                            body.steps(),
                            body.notLooked(),
                            changed(),
                            body.plain(),
                            body.markdown()),
                    links());
        }

        private Instant endedAt() {
            return switch (diagnosis.progress()) {
                case Diagnosis.Progress.Completed over -> over.completedAt();
                case Diagnosis.Progress.Failed over -> over.completedAt();
                case Diagnosis.Progress.Cancelled over -> over.completedAt();
                case Diagnosis.Progress.Queued ignored -> diagnosis.queuedAt();
                case Diagnosis.Progress.Running running -> running.startedAt();
            };
        }

        /** How sure, of what, and where: what stands in a list of tickets. */
        private String title() {
            String where = texts.text(
                    "ticket.where", facts.instance().value(), facts.node().value());
            return line(diagnosis
                    .judgement()
                    .map(Judgement::verdict)
                    .map(verdict -> texts.text(
                            "ticket.title", texts.text("cli.outcome." + verdict.outcome()), what(verdict), where))
                    .orElseGet(() -> texts.text("ticket.title.failed", where)));
        }

        private String what(Verdict verdict) {
            return knowledge
                    .findCause(verdict.cause())
                    .map(cause -> cause.title().in(texts.locale()))
                    .orElseGet(() -> verdict.cause().value());
        }

        private String summary() {
            return report.map(ReportText::summary)
                    .orElseGet(() -> line(
                            diagnosis.progress() instanceof Diagnosis.Progress.Failed failed
                                    ? texts.text("ticket.failed", failed.reason())
                                    : texts.text("ticket.no-verdict")));
        }

        private Letter.Links links() {
            return new Letter.Links(
                    link.map(base -> base + "/ui/diagnoses/" + diagnosis.id()),
                    link.map(base -> base + "/diagnoses/" + diagnosis.id() + "/report"));
        }

        private Optional<String> changed() {
            if (telling.event() == Letter.Event.CLEARED) {
                return Optional.of(texts.text("ticket.changed.CLEARED"));
            }
            if (telling.revision() == 1) {
                return alarms.clearedAt(diagnosis.id())
                        .map(at -> texts.text("ticket.changed.CLEARED_BEFORE", ReportStamp.of(at)));
            }
            return Optional.of(diagnosis
                    .rerun()
                    .map(rerun -> texts.text("ticket.changed." + compared(rerun.of())))
                    .orElseGet(() -> texts.text("ticket.changed.REPEATED", ReportStamp.of(diagnosis.alarmedAt()))));
        }

        private Comparison.Result compared(DiagnosisId before) {
            return diagnoses
                    .find(before)
                    .flatMap(Diagnosis::judgement)
                    .flatMap(then -> diagnosis.judgement().map(now -> Comparison.of(then, now)))
                    .orElseGet(Comparison::nothing)
                    .result();
        }

        private static String line(String text) {
            return EntryName.line(text);
        }
    }
}
