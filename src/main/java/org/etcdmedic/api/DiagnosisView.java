package org.etcdmedic.api;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.etcdmedic.diagnosis.Diagnosis;
import org.etcdmedic.diagnosis.Diagnosis.Progress;
import org.etcdmedic.diagnosis.Listed;
import org.etcdmedic.diagnosis.Mode;
import org.etcdmedic.diagnosis.Status;
import org.etcdmedic.evidence.Contact;
import org.etcdmedic.evidence.EtcdHealth;
import org.etcdmedic.evidence.Reading;
import org.etcdmedic.evidence.Source;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.knowledge.Family;
import org.etcdmedic.knowledge.Remediation;
import org.etcdmedic.verdict.Classification;
import org.etcdmedic.verdict.Contribution;
import org.etcdmedic.verdict.DecidedBy;
import org.etcdmedic.verdict.Finding;
import org.etcdmedic.verdict.Judgement;
import org.etcdmedic.verdict.Nutshell;
import org.etcdmedic.verdict.Quorum;
import org.etcdmedic.verdict.ReachMatrix;
import org.etcdmedic.verdict.Reasons;
import org.etcdmedic.verdict.Step;
import org.etcdmedic.verdict.Verdict;
import org.jspecify.annotations.Nullable;

/** A diagnosis on the wire, in one language; its schema is {@code Diagnosis} in the contract. */
record DiagnosisView(
        UUID id,
        String instanceId,
        String nodeId,
        @Nullable String vmId,
        Status status,
        Mode mode,
        Instant alarmedAt,
        Instant queuedAt,
        @Nullable Instant startedAt,
        @Nullable Instant completedAt,
        @Nullable Long alarms,
        @Nullable String failure,
        @Nullable VerdictView verdict,
        @Nullable List<ClassificationView> classifications,
        @Nullable List<FindingView> findings,
        @Nullable List<StepView> remediation,
        @Nullable QuorumView quorum,
        @Nullable List<NotEvaluatedView> notEvaluated,
        @Nullable List<GapView> gaps,
        @Nullable String knowledgeVersion,
        @Nullable List<ReachView> reachability,
        @Nullable BundleView bundle,
        @Nullable RerunView rerun) {

    /** The judgement in a nutshell. */
    record VerdictView(
            Verdict.Outcome outcome,
            Family family,
            String cause,
            double confidence,
            String summary,
            @Nullable String nodeId,
            List<String> effects,
            List<String> others,
            List<RepairView> repair) {
        static VerdictView of(Nutshell nutshell, Locale locale) {
            Verdict verdict = nutshell.verdict();
            return new VerdictView(
                    verdict.outcome(),
                    verdict.family(),
                    verdict.cause().value(),
                    rounded(verdict.confidence()),
                    verdict.summary().in(locale),
                    verdict.node().map(NodeId::value).orElse(null),
                    verdict.effects().stream().map(CauseCode::value).toList(),
                    verdict.others().stream().map(CauseCode::value).toList(),
                    nutshell.repairs().stream().map(RepairView::of).toList());
        }
    }

    /** A cause that needs repair, in the order of repair. */
    record RepairView(String cause, String nodeId) {
        static RepairView of(Nutshell.Repair repair) {
            return new RepairView(repair.cause().value(), repair.node().value());
        }
    }

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
                    rounded(c.confidence()),
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
            @Nullable String nodeId) {
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
                    s.node().map(NodeId::value).orElse(null));
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

    /** The whole of it; {@code alarms} is how many alarms it looks after. */
    static DiagnosisView of(Diagnosis diagnosis, long alarms, Locale locale) {
        return switch (diagnosis.progress()) {
            case Progress.Queued ignored -> open(diagnosis, alarms, null);
            case Progress.Running(Instant startedAt) -> open(diagnosis, alarms, startedAt);
            case Progress.Completed(Instant startedAt, Instant completedAt, Judgement j) ->
                over(diagnosis, alarms, startedAt, completedAt, null, j, locale);
            case Progress.Failed(var startedAt, Instant completedAt, String reason) ->
                over(diagnosis, alarms, startedAt.orElse(null), completedAt, reason, null, locale);
            case Progress.Cancelled(var startedAt, Instant completedAt) ->
                over(diagnosis, alarms, startedAt.orElse(null), completedAt, null, null, locale);
        };
    }

    private static DiagnosisView open(Diagnosis d, long alarms, @Nullable Instant startedAt) {
        return over(d, alarms, startedAt, null, null, null, Locale.ENGLISH);
    }

    private static DiagnosisView over(
            Diagnosis d,
            long alarms,
            @Nullable Instant startedAt,
            @Nullable Instant completedAt,
            @Nullable String failure,
            @Nullable Judgement j,
            Locale locale) {
        return new DiagnosisView(
                d.id().value(),
                d.instance().value(),
                d.node().value(),
                d.vmId(),
                d.progress().status(),
                d.mode(),
                d.alarmedAt(),
                d.queuedAt(),
                startedAt,
                completedAt,
                alarms,
                failure,
                j == null ? null : VerdictView.of(j.nutshell(), locale),
                j == null
                        ? null
                        : j.classifications().stream()
                                .map(c -> ClassificationView.of(c, locale))
                                .toList(),
                j == null
                        ? null
                        : j.findings().stream()
                                .map(f -> FindingView.of(f, locale))
                                .toList(),
                j == null
                        ? null
                        : j.remediation().stream()
                                .map(s -> StepView.of(s, locale))
                                .toList(),
                j == null ? null : j.quorum().map(QuorumView::of).orElse(null),
                j == null
                        ? null
                        : j.notEvaluated().stream()
                                .map(n -> new NotEvaluatedView(
                                        n.check(), n.node().value(), n.reason().in(locale)))
                                .toList(),
                j == null
                        ? null
                        : j.gaps().orElse(List.of()).stream()
                                .map(gap -> GapView.of(gap, locale))
                                .toList(),
                j == null ? null : j.knowledgeVersion(),
                j == null
                        ? null
                        : j.reachability().map(ReachMatrix::paths).orElse(List.of()).stream()
                                .map(ReachView::of)
                                .toList(),
                null,
                null);
    }

    /** The same with what was read of the bundle that it judges. */
    DiagnosisView with(BundleView read) {
        return new DiagnosisView(
                id,
                instanceId,
                nodeId,
                vmId,
                status,
                mode,
                alarmedAt,
                queuedAt,
                startedAt,
                completedAt,
                alarms,
                failure,
                verdict,
                classifications,
                findings,
                remediation,
                quorum,
                notEvaluated,
                gaps,
                knowledgeVersion,
                reachability,
                read,
                rerun);
    }

    /** The same with what it says of the diagnosis that it repeats. */
    DiagnosisView with(RerunView repeated) {
        return new DiagnosisView(
                id,
                instanceId,
                nodeId,
                vmId,
                status,
                mode,
                alarmedAt,
                queuedAt,
                startedAt,
                completedAt,
                alarms,
                failure,
                verdict,
                classifications,
                findings,
                remediation,
                quorum,
                notEvaluated,
                gaps,
                knowledgeVersion,
                reachability,
                bundle,
                repeated);
    }

    /** Without its lists, as it stands in a page of many. */
    static DiagnosisView of(Listed d, Locale locale) {
        return new DiagnosisView(
                d.id().value(),
                d.instance().value(),
                d.node().value(),
                d.vmId(),
                d.course().status(),
                d.mode(),
                d.alarmedAt(),
                d.queuedAt(),
                d.course().startedAt().orElse(null),
                d.course().completedAt().orElse(null),
                null,
                d.course().failure().orElse(null),
                d.nutshell().map(n -> VerdictView.of(n, locale)).orElse(null),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static double rounded(double confidence) {
        return Math.round(confidence * 100) / 100.0;
    }
}
