package org.etcdmedic.api;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.etcdmedic.diagnosis.Diagnosis;
import org.etcdmedic.diagnosis.Sighting;
import org.etcdmedic.diagnosis.Status;
import org.etcdmedic.memory.History;
import org.etcdmedic.memory.HistoryText;
import org.etcdmedic.platform.Texts;
import org.jspecify.annotations.Nullable;

/** The diagnoses that found a fault before, newest first; its schema is {@code HistoryPage} in the contract. */
record HistoryPage(
        Status status,
        @Nullable String fingerprint,
        @Nullable String summary,
        List<HistoryView.PreviousView> items,
        @Nullable String next) {

    static HistoryPage of(
            Diagnosis diagnosis,
            Optional<History> history,
            Optional<PageCursor.Place> after,
            int limit,
            Locale locale) {
        List<History.Previous> rest = history.map(History::previous).orElse(List.of()).stream()
                .filter(one -> after.isEmpty() || isBehind(one.sighting(), after.get()))
                .toList();
        List<History.Previous> page = rest.stream().limit(limit).toList();
        return new HistoryPage(
                diagnosis.progress().status(),
                history.map(one -> one.fingerprint().value()).orElse(null),
                history.map(one -> new HistoryText(new Texts(locale)).summary(one))
                        .orElse(null),
                page.stream().map(HistoryView.PreviousView::of).toList(),
                rest.size() > limit ? cursor(page.getLast().sighting()) : null);
    }

    private static boolean isBehind(Sighting one, PageCursor.Place place) {
        int order = one.completedAt().compareTo(place.at());
        // Identifiers of one and the same instant: in which order they come does not matter, only that each comes once.
        return order < 0
                || (order == 0
                        && one.id().value().toString().compareTo(place.id().toString()) < 0);
    }

    private static String cursor(Sighting last) {
        return PageCursor.text(last.completedAt(), last.id().value());
    }
}
