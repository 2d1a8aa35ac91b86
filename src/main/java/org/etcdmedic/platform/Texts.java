package org.etcdmedic.platform;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** The service's own words in the reader's language; API, command line and report read the same files. */
public final class Texts {
    private final Locale locale;
    private final ResourceBundle bundle;

    /** The words for this reader: Chinese for any Chinese locale, English for all others. */
    public Texts(Locale locale) {
        this.locale = locale;
        this.bundle = ResourceBundle.getBundle(
                "messages",
                locale.getLanguage().equals("zh") ? locale : Locale.ROOT,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /** Whose language it is. */
    public Locale locale() {
        return locale;
    }

    /** Whether there is such a text. */
    public boolean knows(String key) {
        return bundle.containsKey(key);
    }

    /** A text with its values; those are never read as a pattern. */
    public String text(String key, Object... values) {
        return values.length == 0
                ? bundle.getString(key)
                : new MessageFormat(bundle.getString(key), Locale.ROOT).format(values);
    }
}
