package org.etcdmedic.verdict;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.etcdmedic.knowledge.Phrase;
import org.etcdmedic.knowledge.Text;

/** How rows of the runbook are named to people: by their id and a few words. */
final class Rows {
    private static final String ROW = "row-";

    private final Map<String, Text> names;

    Rows(List<Phrase> phrases) {
        this.names = phrases.stream()
                .filter(phrase -> phrase.id().startsWith(ROW))
                .collect(Collectors.toMap(Phrase::id, Phrase::text));
    }

    Text name(String row) {
        return names.getOrDefault(ROW + row.toLowerCase(Locale.ROOT), Phrases.word(row));
    }

    Text names(List<String> rows) {
        return Phrases.enumeration(rows.stream().distinct().map(this::name).toList());
    }
}
