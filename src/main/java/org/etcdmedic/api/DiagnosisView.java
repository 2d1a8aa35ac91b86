package org.etcdmedic.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Locale;
import org.etcdmedic.diagnosis.Diagnosis;
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
                null);
    }

    /** The same with how far it is. */
    DiagnosisView with(ProgressView live) {
        return new DiagnosisView(about, alarms, live, judgement, bundle, rerun, tickets);
    }

    /** The same with what was read of the bundle that it judges. */
    DiagnosisView with(BundleView read) {
        return new DiagnosisView(about, alarms, progress, judgement, read, rerun, tickets);
    }

    /** The same with what it says of the diagnosis that it repeats. */
    DiagnosisView with(RerunView repeated) {
        return new DiagnosisView(about, alarms, progress, judgement, bundle, repeated, tickets);
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
                        owed.stream().map(TicketView.OfDiagnosis::of).toList());
    }
}
