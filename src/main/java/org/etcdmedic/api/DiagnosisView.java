package org.etcdmedic.api;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.etcdmedic.diagnosis.Diagnosis;
import org.etcdmedic.diagnosis.Diagnosis.Progress;
import org.etcdmedic.diagnosis.Mode;
import org.etcdmedic.diagnosis.Status;
import org.etcdmedic.evidence.Contact;
import org.etcdmedic.evidence.EtcdHealth;
import org.etcdmedic.evidence.Source;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.knowledge.Family;
import org.etcdmedic.knowledge.Remediation;
import org.etcdmedic.verdict.Classification;
import org.etcdmedic.verdict.Finding;
import org.etcdmedic.verdict.Judgement;
import org.etcdmedic.verdict.Quorum;
import org.etcdmedic.verdict.ReachMatrix;
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
        @Nullable Quorum quorum,
        @Nullable List<NotEvaluatedView> notEvaluated,
        @Nullable String knowledgeVersion,
        @Nullable List<ReachView> reachability,
        @Nullable BundleView bundle) {

    /** The judgement in a nutshell. */
    record VerdictView(
            Verdict.Outcome outcome,
            Family family,
            String cause,
            double confidence,
            String summary,
            @Nullable String nodeId,
            List<String> effects,
            List<String> others) {
        static VerdictView of(Verdict verdict, Locale locale) {
            return new VerdictView(
                    verdict.outcome(),
                    verdict.family(),
                    verdict.cause().value(),
                    rounded(verdict.confidence()),
                    verdict.summary().in(locale),
                    verdict.node().map(NodeId::value).orElse(null),
                    verdict.effects().stream().map(CauseCode::value).toList(),
                    verdict.others().stream().map(CauseCode::value).toList());
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
            List<String> findings) {
        static ClassificationView of(Classification c) {
            return new ClassificationView(
                    c.cause().value(),
                    c.family(),
                    c.node().value(),
                    c.state(),
                    rounded(c.confidence()),
                    c.explainedBy().map(CauseCode::value).orElse(null),
                    c.findings());
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
            String verify) {
        static StepView of(Step s, Locale locale) {
            return new StepView(
                    s.id(),
                    s.order(),
                    s.action().in(locale),
                    s.command().orElse(null),
                    s.actor(),
                    s.risk(),
                    s.verify().in(locale));
        }
    }

    /** A row that could not be looked at. */
    record NotEvaluatedView(String check, String nodeId, String reason) {}

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
                j == null ? null : VerdictView.of(j.verdict(), locale),
                j == null
                        ? null
                        : j.classifications().stream()
                                .map(ClassificationView::of)
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
                j == null ? null : j.quorum().orElse(null),
                j == null
                        ? null
                        : j.notEvaluated().stream()
                                .map(n -> new NotEvaluatedView(
                                        n.check(), n.node().value(), n.reason().in(locale)))
                                .toList(),
                j == null ? null : j.knowledgeVersion(),
                j == null
                        ? null
                        : j.reachability().map(ReachMatrix::paths).orElse(List.of()).stream()
                                .map(ReachView::of)
                                .toList(),
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
                knowledgeVersion,
                reachability,
                read);
    }

    /** The same without its lists, as it stands in a page of many. */
    DiagnosisView summary() {
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
                null,
                failure,
                verdict,
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
