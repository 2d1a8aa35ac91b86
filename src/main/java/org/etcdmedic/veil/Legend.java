package org.etcdmedic.veil;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.etcdmedic.veil.Pseudonym.Kind;

/** What each pseudonym that was written stands for. It is always whole: what it cannot hold is not written. */
final class Legend {
    private final Map<String, Pseudonym> used = new LinkedHashMap<>();

    /** Notes a pseudonym that goes into a text, and returns it; a word that stands for itself is none. */
    String noted(Kind kind, String pseudonym, String original) {
        if (!pseudonym.equals(original)) {
            used.putIfAbsent(pseudonym, new Pseudonym(kind, pseudonym, original));
            TooManyNames.refuseAbove(used.size());
        }
        return pseudonym;
    }

    String noted(Pseudonym name) {
        return noted(name.kind(), name.pseudonym(), name.original());
    }

    /** All until now, in the order of the pseudonyms. */
    List<Pseudonym> used() {
        return used.values().stream()
                .sorted(Comparator.comparing(Pseudonym::kind).thenComparing(Pseudonym::pseudonym))
                .toList();
    }
}
