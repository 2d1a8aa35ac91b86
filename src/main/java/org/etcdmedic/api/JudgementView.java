package org.etcdmedic.api;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.etcdmedic.evidence.Contact;
import org.etcdmedic.evidence.EtcdHealth;
import org.etcdmedic.evidence.Reading;
import org.etcdmedic.evidence.Source;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.knowledge.Family;
import org.etcdmedic.knowledge.Remediation;
import org.etcdmedic.memory.History;
import org.etcdmedic.verdict.Classification;
import org.etcdmedic.verdict.Contribution;
import org.etcdmedic.verdict.DecidedBy;
import org.etcdmedic.verdict.Finding;
import org.etcdmedic.verdict.Judgement;
import org.etcdmedic.verdict.Quorum;
import org.etcdmedic.verdict.ReachMatrix;
import org.etcdmedic.verdict.Reasons;
import org.etcdmedic.verdict.Step;
import org.jspecify.annotations.Nullable;

/** All that a judgement holds, in one language. */
record JudgementView(
        List<ClassificationView> classifications,
        List<FindingView> findings,
        List<StepView> remediation,
        @Nullable QuorumView quorum,
        List<NotEvaluatedView> notEvaluated,
        List<GapView> gaps,
        String knowledgeVersion,
        List<ReachView> reachability) {

    /** How many members work, and whether they are a majority. */
    record QuorumView(int members, int healthy, boolean held) {
        static QuorumView of(Quorum quorum) {
            return new QuorumView(quorum.members(), quorum.healthy(), quorum.held());
        }
    }

    /** What is said of one cause. */
    record ClassificationView(
            String cause,
            Family family,
            String nodeId,
            Classification.State state,
            double confidence,
            @Nullable String explainedBy,
            List<String> findings,
            List<Contribution> contributions,
            @Nullable String basis,
            List<String> why,
            List<String> whyNot,
            @Nullable DecidedByView decidedBy) {
        static ClassificationView of(Classification c, Locale locale) {
            Reasons reasons = c.reasons().orElse(Reasons.UNTOLD);
            return new ClassificationView(
                    c.cause().value(),
                    c.family(),
                    c.node().value(),
                    c.state(),
                    CaseView.rounded(c.confidence()),
                    c.explainedBy().map(CauseCode::value).orElse(null),
                    c.findings(),
                    reasons.contributions(),
                    reasons.basis().map(text -> text.in(locale)).orElse(null),
                    reasons.why().stream().map(text -> text.in(locale)).toList(),
                    reasons.whyNot().stream().map(text -> text.in(locale)).toList(),
                    reasons.decidedBy()
                            .map(decided -> DecidedByView.of(decided, locale))
                            .orElse(null));
        }
    }

    /** The one answer that decided, or would decide. */
    record DecidedByView(
            String check,
            @Nullable String probe,
            String nodeId,
            DecidedBy.How how,
            Reading.@Nullable Gap reason,
            String text,
            @Nullable String command) {
        static DecidedByView of(DecidedBy d, Locale locale) {
            return new DecidedByView(
                    d.check(),
                    d.probe().orElse(null),
                    d.node().value(),
                    d.how(),
                    d.gap().orElse(null),
                    d.text().in(locale),
                    d.command().orElse(null));
        }
    }

    /** One observation. */
    record FindingView(
            String id,
            String check,
            String kind,
            Finding.State state,
            String nodeId,
            String statement,
            @Nullable Instant at,
            List<ReferenceView> evidence) {
        static FindingView of(Finding f, Locale locale) {
            return new FindingView(
                    f.id(),
                    f.check(),
                    f.kind(),
                    f.state(),
                    f.node().value(),
                    f.statement().in(locale),
                    f.at().orElse(null),
                    f.evidence().stream().map(ReferenceView::of).toList());
        }
    }

    /** Lines of one piece of evidence. */
    record ReferenceView(UUID id, List<Integer> lines) {
        static ReferenceView of(Source source) {
            return new ReferenceView(source.capture(), List.of(source.firstLine(), source.lastLine()));
        }
    }

    /** One step of the repair. */
    record StepView(
            String id,
            int order,
            String action,
            @Nullable String command,
            Remediation.Actor actor,
            Remediation.Risk risk,
            String verify,
            @Nullable String cause,
            @Nullable String nodeId,
            HistoryView.@Nullable HelpView helpedBefore) {
        static StepView of(Step s, Locale locale) {
            return new StepView(
                    s.id(),
                    s.order(),
                    s.action().in(locale),
                    s.command().orElse(null),
                    s.actor(),
                    s.risk(),
                    s.verify().in(locale),
                    s.cause().map(CauseCode::value).orElse(null),
                    s.node().map(NodeId::value).orElse(null),
                    null);
        }

        /** The same with what is known of its use; its place in the order stays what its risk made it. */
        StepView with(Optional<History> history, Locale locale) {
            return history.flatMap(remembered -> remembered.help(id))
                    .map(help -> new StepView(
                            id,
                            order,
                            action,
                            command,
                            actor,
                            risk,
                            verify,
                            cause,
                            nodeId,
                            HistoryView.HelpView.of(help, locale)))
                    .orElse(this);
        }
    }

    /** A row that could not be looked at. */
    record NotEvaluatedView(String check, String nodeId, String reason) {}

    /** Rows of one node that could not be looked at for one and the same reason. */
    record GapView(String nodeId, List<String> checks, String reason) {
        static GapView of(Judgement.Gap gap, Locale locale) {
            return new GapView(gap.node().value(), gap.checks(), gap.reason().in(locale));
        }
    }

    /** Who reaches whom. */
    record ReachView(
            String from,
            String to,
            ReachMatrix.Plane plane,
            Contact ping,
            Contact peerPort,
            Contact clientPort,
            Contact ssh,
            EtcdHealth.@Nullable Word etcd) {
        static ReachView of(ReachMatrix.Path row) {
            return new ReachView(
                    row.from(),
                    row.to(),
                    row.plane(),
                    row.ping(),
                    row.peerPort(),
                    row.clientPort(),
                    row.ssh(),
                    row.etcd());
        }
    }

    /** The same with what is known of its steps. */
    JudgementView with(History remembered, Locale locale) {
        return new JudgementView(
                classifications,
                findings,
                remediation.stream()
                        .map(step -> step.with(Optional.of(remembered), locale))
                        .toList(),
                quorum,
                notEvaluated,
                gaps,
                knowledgeVersion,
                reachability);
    }

    static JudgementView of(Judgement j, Locale locale) {
        return new JudgementView(
                j.classifications().stream()
                        .map(c -> ClassificationView.of(c, locale))
                        .toList(),
                j.findings().stream().map(f -> FindingView.of(f, locale)).toList(),
                j.remediation().stream().map(s -> StepView.of(s, locale)).toList(),
                j.quorum().map(QuorumView::of).orElse(null),
                j.notEvaluated().stream()
                        .map(n -> new NotEvaluatedView(
                                n.check(), n.node().value(), n.reason().in(locale)))
                        .toList(),
                j.gaps().orElse(List.of()).stream()
                        .map(gap -> GapView.of(gap, locale))
                        .toList(),
                j.knowledgeVersion(),
                j.reachability().map(ReachMatrix::paths).orElse(List.of()).stream()
                        .map(ReachView::of)
                        .toList());
    }
}
