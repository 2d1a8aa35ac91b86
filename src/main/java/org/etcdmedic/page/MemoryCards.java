package org.etcdmedic.page;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.etcdmedic.bundle.EntryName;
import org.etcdmedic.diagnosis.Diagnosis;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.knowledge.Knowledge;
import org.etcdmedic.memory.Feedback;
import org.etcdmedic.memory.Feedbacks;
import org.etcdmedic.memory.History;
import org.etcdmedic.report.DiagnosisReport;
import org.etcdmedic.verdict.Judgement;
import org.springframework.stereotype.Component;

/** Puts together what the page shows of the memory. */
@Component
class MemoryCards {
    /** What is read at a glance; all of it is a link away. */
    private static final int BEFORE = 5;

    private static final int SAID = 5;

    private final Feedbacks feedbacks;
    private final Knowledge knowledge;

    MemoryCards(Feedbacks feedbacks, Knowledge knowledge) {
        this.feedbacks = feedbacks;
        this.knowledge = knowledge;
    }

    MemoryCard of(DiagnosisReport report, Locale locale) {
        Diagnosis diagnosis = report.diagnosis();
        return new MemoryCard(
                report.history().map(History::previous).orElse(List.of()).stream()
                        .limit(BEFORE)
                        .map(MemoryCards::before)
                        .toList(),
                feedbacks.of(diagnosis.id(), SAID).stream()
                        .map(MemoryCards::answer)
                        .toList(),
                steps(report.judgement(), locale),
                causes(report.judgement(), locale));
    }

    private static MemoryCard.Before before(History.Previous one) {
        return new MemoryCard.Before(
                one.sighting().id().value(),
                one.sighting().alarmedAt(),
                one.feedback().map(said -> said.statement().verdict().name()),
                one.feedback().map(said -> said.statement().helped()).orElse(List.of()));
    }

    private static MemoryCard.Answer answer(Feedback said) {
        return new MemoryCard.Answer(
                said.statement().verdict().name(),
                said.by(),
                said.at(),
                said.statement().actualCause().map(CauseCode::value),
                said.statement().helped(),
                said.statement().note().map(EntryName::line));
    }

    private static List<MemoryCard.Choice> steps(Judgement judgement, Locale locale) {
        return judgement.remediation().stream()
                .map(step -> new MemoryCard.Choice(
                        step.id(), EntryName.line(step.action().in(locale))))
                .distinct()
                .toList();
    }

    /** Of the catalogue, but what the verdict says; that nobody knows comes first. */
    private List<MemoryCard.Choice> causes(Judgement judgement, Locale locale) {
        return Stream.concat(
                        knowledge.causes().stream()
                                .filter(cause -> cause.code().value().equals("UNDETERMINED")),
                        knowledge.causes().stream()
                                .filter(cause -> !cause.code().value().equals("UNDETERMINED")))
                .filter(cause -> !cause.code().equals(judgement.verdict().cause()))
                .map(cause -> new MemoryCard.Choice(
                        cause.code().value(), cause.title().in(locale)))
                .toList();
    }
}
