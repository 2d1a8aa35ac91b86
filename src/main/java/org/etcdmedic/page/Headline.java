package org.etcdmedic.page;

import java.util.Locale;
import java.util.Optional;
import org.etcdmedic.bundle.EntryName;
import org.etcdmedic.knowledge.Cause;
import org.etcdmedic.knowledge.Knowledge;
import org.etcdmedic.verdict.Verdict;

/**
 * A verdict as it is read at a glance. A verdict's summary begins with a sentence of its own that names the cause and the node;
 * that one is the headline, and it is not told twice.
 *
 * @param title cause and node in one line; empty where no cause was named
 * @param rest what else the verdict says
 */
record Headline(Optional<String> title, String rest) {
    /** A first sentence is no longer than this. */
    private static final int LONGEST = 240;

    static Headline of(Verdict verdict, Knowledge knowledge, Locale locale) {
        String summary = EntryName.line(verdict.summary().in(locale));
        if (!named(verdict)) {
            return new Headline(Optional.empty(), summary);
        }
        String title = knowledge
                .findCause(verdict.cause())
                .map(Cause::title)
                .map(text -> text.in(locale))
                .orElse(verdict.cause().value());
        String stop = locale.getLanguage().equals("zh") ? "。" : ". ";
        int end = summary.indexOf(stop, title.length());
        return summary.startsWith(title) && end > 0 && end < LONGEST && end + stop.length() < summary.length()
                ? new Headline(Optional.of(summary.substring(0, end)), summary.substring(end + stop.length()))
                : new Headline(Optional.of(title), summary);
    }

    /** Whether a cause was named. */
    static boolean named(Verdict verdict) {
        return switch (verdict.outcome()) {
            case CONFIRMED, LIKELY -> true;
            case UNDETERMINED, NO_FAULT_FOUND -> false;
        };
    }
}
