package org.etcdmedic.api;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.etcdmedic.diagnosis.Comparison;
import org.etcdmedic.diagnosis.Diagnosis;
import org.etcdmedic.diagnosis.Diagnosis.Progress;
import org.etcdmedic.diagnosis.Rerun;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.verdict.Classification;
import org.etcdmedic.verdict.Judgement;
import org.jspecify.annotations.Nullable;

/**
 * What a diagnosis repeats and what has become of the cause that was named then; its schema is {@code Rerun} in the contract.
 *
 * @param comparison absent until the diagnosis is completed
 */
record RerunView(
        UUID of,
        @Nullable Instant since,
        Comparison.@Nullable Result comparison,
        @Nullable String cause,
        Classification.@Nullable State causeNow,
        @Nullable String text) {

    static RerunView of(Rerun rerun, Diagnosis now, Optional<Diagnosis> before, Messages messages) {
        Optional<Comparison> comparison = judgement(now)
                .map(after -> before.flatMap(RerunView::judgement)
                        .map(earlier -> Comparison.of(earlier, after))
                        .orElseGet(Comparison::nothing));
        return new RerunView(
                rerun.of().value(),
                rerun.since().orElse(null),
                comparison.map(Comparison::result).orElse(null),
                comparison.flatMap(Comparison::cause).map(CauseCode::value).orElse(null),
                comparison.flatMap(Comparison::now).orElse(null),
                comparison.map(c -> messages.text("rerun." + c.result())).orElse(null));
    }

    private static Optional<Judgement> judgement(Diagnosis diagnosis) {
        return diagnosis.progress() instanceof Progress.Completed over
                ? Optional.of(over.judgement())
                : Optional.empty();
    }
}
