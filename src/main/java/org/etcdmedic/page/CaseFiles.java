package org.etcdmedic.page;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.etcdmedic.alarm.Alarms;
import org.etcdmedic.bundle.EntryName;
import org.etcdmedic.diagnosis.Comparison;
import org.etcdmedic.diagnosis.Diagnoses;
import org.etcdmedic.diagnosis.Diagnosis;
import org.etcdmedic.diagnosis.Diagnosis.Progress;
import org.etcdmedic.diagnosis.LiveProgress;
import org.etcdmedic.diagnosis.Mode;
import org.etcdmedic.diagnosis.NodeProgress;
import org.etcdmedic.inventory.Instance;
import org.etcdmedic.inventory.Instances;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.knowledge.Knowledge;
import org.etcdmedic.page.picture.ReachGrid;
import org.etcdmedic.page.picture.StoryPicture;
import org.etcdmedic.platform.Texts;
import org.etcdmedic.report.DiagnosisReport;
import org.etcdmedic.report.FindReport;
import org.etcdmedic.report.ReportText;
import org.etcdmedic.ticketing.Tickets;
import org.etcdmedic.verdict.Classification;
import org.etcdmedic.verdict.Judgement;
import org.etcdmedic.verdict.Moment;
import org.etcdmedic.verdict.Nutshell;
import org.etcdmedic.verdict.Timeline;
import org.etcdmedic.verdict.Verdict;
import org.springframework.stereotype.Component;

/** Puts together what the page shows of a diagnosis. */
@Component
class CaseFiles {
    private final Diagnoses diagnoses;
    private final Alarms alarms;
    private final Instances instances;
    private final FindReport reports;
    private final Knowledge knowledge;
    private final MemoryCards cards;
    private final Tickets tickets;

    CaseFiles(
            Diagnoses diagnoses,
            Alarms alarms,
            Instances instances,
            FindReport reports,
            Knowledge knowledge,
            MemoryCards cards,
            Tickets tickets) {
        this.diagnoses = diagnoses;
        this.alarms = alarms;
        this.instances = instances;
        this.reports = reports;
        this.knowledge = knowledge;
        this.cards = cards;
        this.tickets = tickets;
    }

    CaseFile of(Diagnosis diagnosis, Locale locale) {
        Progress progress = diagnosis.progress();
        Optional<Judgement> judgement = diagnosis.judgement();
        return new CaseFile(
                diagnosis.id().value(),
                judgement
                        .map(j -> j.verdict().outcome().name())
                        .orElse(progress.status().name()),
                progress.status().open(),
                instances
                        .find(diagnosis.instance())
                        .map(Instance::name)
                        .orElse(diagnosis.instance().value()),
                diagnosis.instance().value(),
                diagnosis.node().value(),
                diagnosis.mode() == Mode.OFFLINE,
                diagnosis.alarmedAt(),
                startedAt(progress),
                completedAt(progress),
                progress instanceof Progress.Failed failed
                        ? Optional.of(EntryName.line(failed.reason()))
                        : Optional.empty(),
                alarms.count(diagnosis.id()),
                progress.status().open() ? nodes(diagnosis) : List.of(),
                diagnosis.rerun().map(rerun -> new CaseFile.Again(rerun.of().value(), again(diagnosis))),
                reports.of(diagnosis).map(report -> outcome(report, locale)),
                judgement.map(j -> pictures(diagnosis, j, locale)),
                tickets.of(List.of(diagnosis.id())).stream()
                        .map(CaseFile.Told::of)
                        .toList());
    }

    private List<NodeProgress> nodes(Diagnosis diagnosis) {
        return Optional.ofNullable(diagnoses.live(List.of(diagnosis.id())).get(diagnosis.id()))
                .map(LiveProgress::nodes)
                .orElse(List.of());
    }

    /** What has become of the cause that the diagnosis before had named. */
    private Optional<String> again(Diagnosis diagnosis) {
        return diagnosis
                .judgement()
                .map(now -> diagnosis
                        .rerun()
                        .flatMap(rerun -> diagnoses.find(rerun.of()))
                        .flatMap(Diagnosis::judgement)
                        .map(before -> Comparison.of(before, now))
                        .orElseGet(Comparison::nothing)
                        .result()
                        .name());
    }

    private CaseFile.Outcome outcome(DiagnosisReport report, Locale locale) {
        Verdict verdict = report.judgement().verdict();
        Map<Integer, UUID> pieces = report.evidence().stream()
                .collect(Collectors.toMap(
                        DiagnosisReport.Piece::number, piece -> piece.capture().id()));
        ReportText text = ReportText.of(report, locale);
        Headline headline = Headline.of(verdict, knowledge, locale);
        return new CaseFile.Outcome(
                headline.title().orElseGet(() -> new Texts(locale).text("page.state." + verdict.outcome())),
                headline.rest(),
                Headline.named(verdict) ? Optional.of(verdict.cause().value()) : Optional.empty(),
                faulty(report.judgement()),
                Math.round(verdict.confidence() * 100),
                report.judgement()
                        .quorum()
                        .map(quorum -> new CaseFile.Members(quorum.members(), quorum.healthy(), quorum.held())),
                others(report.alsoTrue(), locale),
                others(report.possible(), locale),
                others(report.ruledOut(), locale),
                text,
                cards.of(report, locale),
                pieces);
    }

    /** A cause may be true of several nodes; the verdict's own stands first. */
    private static List<String> faulty(Judgement judgement) {
        Verdict verdict = judgement.verdict();
        return Stream.concat(
                        verdict.node().stream(),
                        judgement.nutshell().repairs().stream()
                                .filter(repair -> repair.cause().equals(verdict.cause()))
                                .map(Nutshell.Repair::node))
                .map(NodeId::value)
                .distinct()
                .toList();
    }

    private List<CaseFile.Other> others(List<Classification> causes, Locale locale) {
        return causes.stream()
                .map(one -> new CaseFile.Other(
                        one.cause().value(),
                        title(one.cause(), locale),
                        one.node().value(),
                        one.explainedBy().map(by -> title(by, locale)),
                        one.reasons()
                                .flatMap(reasons -> reasons.whyNot().stream().findFirst())
                                .map(why -> EntryName.line(why.in(locale)))))
                .toList();
    }

    private String title(CauseCode code, Locale locale) {
        return knowledge.findCause(code).map(cause -> cause.title().in(locale)).orElse(code.value());
    }

    private CaseFile.Pictures pictures(Diagnosis diagnosis, Judgement judgement, Locale locale) {
        List<Moment> moments = judgement.timeline().map(Timeline::moments).orElse(List.of());
        return new CaseFile.Pictures(
                StoryPicture.of(moments, sent(diagnosis), locale),
                judgement.timeline().map(Timeline::leftOut).orElse(0),
                judgement.reachability().flatMap(ReachGrid::of));
    }

    private List<StoryPicture.Sent> sent(Diagnosis diagnosis) {
        List<StoryPicture.Sent> kept = alarms.of(diagnosis.id()).stream()
                .flatMap(alarm ->
                        alarm
                                .occurredAt()
                                .map(at -> new StoryPicture.Sent(at, alarm.state() == Alarms.State.JOINED))
                                .stream())
                .toList();
        return kept.isEmpty() ? List.of(new StoryPicture.Sent(diagnosis.alarmedAt(), false)) : kept;
    }

    private static Optional<Instant> startedAt(Progress progress) {
        return switch (progress) {
            case Progress.Queued ignored -> Optional.empty();
            case Progress.Running running -> Optional.of(running.startedAt());
            case Progress.Completed completed -> Optional.of(completed.startedAt());
            case Progress.Failed failed -> failed.startedAt();
            case Progress.Cancelled cancelled -> cancelled.startedAt();
        };
    }

    private static Optional<Instant> completedAt(Progress progress) {
        return switch (progress) {
            case Progress.Queued ignored -> Optional.empty();
            case Progress.Running ignored -> Optional.empty();
            case Progress.Completed completed -> Optional.of(completed.completedAt());
            case Progress.Failed failed -> Optional.of(failed.completedAt());
            case Progress.Cancelled cancelled -> Optional.of(cancelled.completedAt());
        };
    }
}
