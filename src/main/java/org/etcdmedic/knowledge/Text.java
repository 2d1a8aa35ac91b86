package org.etcdmedic.knowledge;

import java.util.Locale;

/**
 * One text in both languages. May hold {@code {{variables}}} before it is filled in.
 *
 * @param en English
 * @param zhCn simplified Chinese
 */
public record Text(String en, String zhCn) {
    /** The text for a reader: Chinese for any Chinese locale, English for all others. */
    public String in(Locale locale) {
        return locale.getLanguage().equals("zh") ? zhCn : en;
    }
}
