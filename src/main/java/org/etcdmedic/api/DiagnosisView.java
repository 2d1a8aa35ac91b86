package org.etcdmedic.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.etcdmedic.diagnosis.Diagnosis;
import org.etcdmedic.memory.History;
import org.etcdmedic.ticketing.Ticket;
import org.jspecify.annotations.Nullable;

/** A diagnosis on the wire, in one language; its schema is {@code Diagnosis} in the contract. */
record DiagnosisView(
        @JsonUnwrapped CaseView about,
        long alarms,
        @Nullable ProgressView progress,
        @JsonUnwrapped @Nullable JudgementView judgement,
        @Nullable BundleView bundle,
        @Nullable RerunView rerun,
        @Nullable HistoryView history,
        @Nullable Instant alarmsClearedAt,
        @Nullable List<TicketView.OfDiagnosis> tickets) {
    /** The whole of it; {@code alarms} is how many alarms it looks after. */
    static DiagnosisView of(Diagnosis diagnosis, long alarms, Locale locale) {
        return new DiagnosisView(
                CaseView.of(diagnosis, locale),
                alarms,
                null,
                diagnosis
                        .judgement()
                        .map(judgement -> JudgementView.of(judgement, locale))
                        .orElse(null),
                null,
                null,
                null,
                null,
                null);
    }

    /** The same with when the last of its alarms was cleared; empty when one still stands. */
    DiagnosisView with(Optional<Instant> cleared) {
        return new DiagnosisView(
                about, alarms, progress, judgement, bundle, rerun, history, cleared.orElse(null), tickets);
    }

    /** The same with how far it is. */
    DiagnosisView with(ProgressView live) {
        return new DiagnosisView(about, alarms, live, judgement, bundle, rerun, history, alarmsClearedAt, tickets);
    }

    /** The same with what was read of the bundle that it judges. */
    DiagnosisView with(BundleView read) {
        return new DiagnosisView(about, alarms, progress, judgement, read, rerun, history, alarmsClearedAt, tickets);
    }

    /** The same with what it says of the diagnosis that it repeats. */
    DiagnosisView with(RerunView repeated) {
        return new DiagnosisView(
                about, alarms, progress, judgement, bundle, repeated, history, alarmsClearedAt, tickets);
    }

    /** The same with what is remembered of its fault, and of each step whether it helped. */
    DiagnosisView with(History remembered, Locale locale) {
        return new DiagnosisView(
                about,
                alarms,
                progress,
                judgement == null ? null : judgement.with(remembered, locale),
                bundle,
                rerun,
                HistoryView.of(remembered, locale),
                alarmsClearedAt,
                tickets);
    }

    /** The same with the tickets that tell of it. */
    DiagnosisView with(List<Ticket> owed) {
        return owed.isEmpty()
                ? this
                : new DiagnosisView(
                        about,
                        alarms,
                        progress,
                        judgement,
                        bundle,
                        rerun,
                        history,
                        alarmsClearedAt,
                        owed.stream().map(TicketView.OfDiagnosis::of).toList());
    }
}
