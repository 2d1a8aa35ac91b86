package org.etcdmedic.api;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.memory.History;
import org.etcdmedic.memory.HistoryText;
import org.etcdmedic.platform.Texts;
import org.etcdmedic.verdict.Verdict;
import org.jspecify.annotations.Nullable;

/** What is remembered of a fault; its schema is {@code History} in the contract. */
record HistoryView(
        String fingerprint,
        String kindFingerprint,
        String summary,
        Duration window,
        Instant since,
        int occurrences,
        int sightings,
        List<PreviousView> previous,
        boolean more,
        @Nullable CorrectionView correction) {
    /** The newest are told with the diagnosis itself; the others are read by themselves. */
    private static final int TOLD = 5;

    /** A diagnosis that found it before. */
    record PreviousView(
            UUID id,
            Instant alarmedAt,
            Instant completedAt,
            Verdict.Outcome outcome,
            @Nullable Duration heldFor,
            History.@Nullable Basis heldSince,
            List<String> helped,
            @Nullable FeedbackView feedback) {
        static PreviousView of(History.Previous one) {
            return new PreviousView(
                    one.sighting().id().value(),
                    one.sighting().alarmedAt(),
                    one.sighting().completedAt(),
                    one.sighting().outcome(),
                    // A duration of RFC 3339 knows no fractions.
                    one.held()
                            .map(held -> held.lasted().truncatedTo(ChronoUnit.SECONDS))
                            .orElse(null),
                    one.held().map(History.Held::basis).orElse(null),
                    one.feedback().map(said -> said.statement().helped()).orElse(List.of()),
                    one.feedback().map(said -> FeedbackView.of(said, true)).orElse(null));
        }
    }

    /** What somebody said last that it was instead. */
    record CorrectionView(UUID diagnosisId, String actualCause, Instant at, String by, String text) {}

    /** How often a step helped before. */
    record HelpView(int count, Instant last, UUID diagnosisId, History.Where where, String text) {
        static HelpView of(History.Help help, Locale locale) {
            return new HelpView(
                    help.times(),
                    help.last(),
                    help.diagnosis().value(),
                    help.where(),
                    new HistoryText(new Texts(locale)).help(help));
        }
    }

    static HistoryView of(History history, Locale locale) {
        var text = new HistoryText(new Texts(locale));
        return new HistoryView(
                history.fingerprint().value(),
                history.fingerprint().kind(),
                text.summary(history),
                history.window(),
                history.since(),
                history.occurrences(),
                history.sightings(),
                history.previous().stream().limit(TOLD).map(PreviousView::of).toList(),
                history.more() || history.previous().size() > TOLD,
                history.correction()
                        .map(said -> new CorrectionView(
                                said.diagnosis().value(),
                                said.statement()
                                        .actualCause()
                                        .map(CauseCode::value)
                                        .orElseThrow(),
                                said.at(),
                                said.by(),
                                text.correction(history).orElseThrow()))
                        .orElse(null));
    }
}
