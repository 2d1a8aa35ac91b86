package org.etcdmedic.ticketing.target;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;

/** How bad the alarm is, as its sender says; worst first. */
public enum Severity {
    /** Act now. */
    CRITICAL,
    /** Act soon. */
    MAJOR,
    /** Act some time. */
    MINOR,
    /** Have a look. */
    WARNING,
    /** The sender does not say, or in a word that is not known: guessing could wake somebody or nobody. */
    UNKNOWN;

    /** The words of X.733 and of Huawei's alarm consoles. Numbers count upwards here and downwards there, so none is read. */
    private static final Map<String, Severity> WORDS = Map.ofEntries(
            Map.entry("critical", CRITICAL),
            Map.entry("紧急", CRITICAL),
            Map.entry("major", MAJOR),
            Map.entry("重要", MAJOR),
            Map.entry("minor", MINOR),
            Map.entry("次要", MINOR),
            Map.entry("warning", WARNING),
            Map.entry("info", WARNING),
            Map.entry("informational", WARNING),
            Map.entry("提示", WARNING));

    /** What a sender's word means. */
    public static Severity of(String word) {
        return WORDS.getOrDefault(word.strip().toLowerCase(Locale.ROOT), UNKNOWN);
    }

    /** The worst of what several alarms say. */
    public static Severity worst(Collection<String> words) {
        return words.stream().map(Severity::of).min(Severity::compareTo).orElse(UNKNOWN);
    }
}
