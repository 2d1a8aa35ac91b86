package org.etcdmedic.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.etcdmedic.bundle.BundleRefused;
import org.etcdmedic.bundle.EntryName;
import org.etcdmedic.platform.Texts;

/** The command line's own words, in the reader's language; the same files as the API's. */
final class Words {
    private static final int LISTED = 10;

    /** In the order in which every program of the system looks at them. */
    private static final List<String> LANGUAGE_VARIABLES = List.of("LC_ALL", "LC_MESSAGES", "LANG");

    private final Texts texts;

    Words(Locale locale) {
        this.texts = new Texts(locale);
    }

    /** The words for somebody who wishes this language, or whose environment is set to one. */
    static Words of(Optional<String> wish, Map<String, String> environment) {
        String language = wish.orElseGet(() -> LANGUAGE_VARIABLES.stream()
                .map(name -> environment.getOrDefault(name, ""))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse(""));
        return new Words(language.startsWith("zh") ? Locale.SIMPLIFIED_CHINESE : Locale.ENGLISH);
    }

    Locale locale() {
        return texts.locale();
    }

    /** A text with its values; those are never read as a pattern. */
    String text(String key, Object... values) {
        return texts.text(key, values);
    }

    /** What a word of the contract is called; one that only a newer service knows is shown as it is. */
    String word(String family, String word) {
        return texts.knows(family + word) ? texts.text(family + word) : EntryName.line(word);
    }

    /** The key of a text that there is one of for each word of the contract; a strange word gets that of another one. */
    String key(String family, String word, String otherwise) {
        return family + (texts.knows(family + word) ? word : otherwise);
    }

    /** Why a bundle is refused, in a few lines. */
    List<String> refusal(BundleRefused refused) {
        var lines = new ArrayList<String>();
        String reason = text("bundle.refused." + refused.reason());
        lines.add(refused.detail().isEmpty() ? reason : reason + text("cli.in-brackets", refused.detail()));
        lines.addAll(skipped(refused.skipped().stream()
                .map(part ->
                        new Diagnosed.Bundle.Skipped(part.path(), part.reason().name()))
                .toList()));
        return lines;
    }

    /** What was left aside and why, the first ones by name. */
    List<String> skipped(List<Diagnosed.Bundle.Skipped> skipped) {
        var lines = new ArrayList<String>();
        skipped.stream()
                .limit(LISTED)
                .forEach(part -> lines.add("  "
                        + text("cli.verdict", EntryName.line(part.path()), word("bundle.skipped.", part.reason()))));
        if (skipped.size() > LISTED) {
            lines.add("  " + text("cli.and-more", Integer.toString(skipped.size() - LISTED)));
        }
        return lines;
    }
}
