package org.etcdmedic.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.etcdmedic.bundle.BundleRefused;
import org.etcdmedic.bundle.Skipped;
import org.etcdmedic.platform.Texts;

/** The command line's own words, in the reader's language; the same files as the API's. */
final class Words {
    private static final int LISTED = 10;

    private final Texts texts;

    Words(Locale locale) {
        this.texts = new Texts(locale);
    }

    Locale locale() {
        return texts.locale();
    }

    /** A text with its values; those are never read as a pattern. */
    String text(String key, Object... values) {
        return texts.text(key, values);
    }

    /** Why a bundle is refused, in a few lines. */
    List<String> refusal(BundleRefused refused) {
        var lines = new ArrayList<String>();
        String reason = text("bundle.refused." + refused.reason());
        lines.add(refused.detail().isEmpty() ? reason : reason + " (" + refused.detail() + ")");
        lines.addAll(skipped(refused.skipped()));
        return lines;
    }

    /** What was left aside and why, the first ones by name. */
    List<String> skipped(List<Skipped> skipped) {
        var lines = new ArrayList<String>();
        skipped.stream()
                .limit(LISTED)
                .forEach(part -> lines.add("  " + part.path() + ": " + text("bundle.skipped." + part.reason())));
        if (skipped.size() > LISTED) {
            lines.add("  " + text("cli.and-more", skipped.size() - LISTED));
        }
        return lines;
    }
}
