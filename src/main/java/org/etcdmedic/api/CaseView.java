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
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.knowledge.Family;
import org.etcdmedic.verdict.Nutshell;
import org.etcdmedic.verdict.Verdict;
import org.jspecify.annotations.Nullable;

/** What a diagnosis is about and how far it is, as it also stands in a page of many; its schema is {@code DiagnosisSummary}. */
record CaseView(
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
        @Nullable String failure,
        @Nullable VerdictView verdict) {

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
            List<RepairView> repair,
            @Nullable String knowledgeVersion) {
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
                    nutshell.repairs().stream().map(RepairView::of).toList(),
                    nutshell.knowledgeVersion());
        }
    }

    /** A cause that needs repair, in the order of repair. */
    record RepairView(String cause, String nodeId) {
        static RepairView of(Nutshell.Repair repair) {
            return new RepairView(repair.cause().value(), repair.node().value());
        }
    }

    static CaseView of(Diagnosis d, Locale locale) {
        Progress progress = d.progress();
        return new CaseView(
                d.id().value(),
                d.instance().value(),
                d.node().value(),
                d.vmId(),
                progress.status(),
                d.mode(),
                d.alarmedAt(),
                d.queuedAt(),
                startedAt(progress),
                completedAt(progress),
                progress instanceof Progress.Failed failed ? failed.reason() : null,
                d.judgement()
                        .map(judgement -> VerdictView.of(judgement.nutshell(), locale))
                        .orElse(null));
    }

    static CaseView of(Listed d, Locale locale) {
        return new CaseView(
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
                d.course().failure().orElse(null),
                d.nutshell().map(n -> VerdictView.of(n, locale)).orElse(null));
    }

    private static @Nullable Instant startedAt(Progress progress) {
        return switch (progress) {
            case Progress.Queued ignored -> null;
            case Progress.Running running -> running.startedAt();
            case Progress.Completed completed -> completed.startedAt();
            case Progress.Failed failed -> failed.startedAt().orElse(null);
            case Progress.Cancelled cancelled -> cancelled.startedAt().orElse(null);
        };
    }

    private static @Nullable Instant completedAt(Progress progress) {
        return switch (progress) {
            case Progress.Queued ignored -> null;
            case Progress.Running ignored -> null;
            case Progress.Completed completed -> completed.completedAt();
            case Progress.Failed failed -> failed.completedAt();
            case Progress.Cancelled cancelled -> cancelled.completedAt();
        };
    }

    static double rounded(double confidence) {
        return Math.round(confidence * 100) / 100.0;
    }
}
