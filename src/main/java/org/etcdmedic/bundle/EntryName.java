package org.etcdmedic.bundle;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The name of an entry, as an archive states it: whether it may be used, and how it is shown. */
public final class EntryName {
    private static final int SHOWN = 200;

    private EntryName() {}

    /** What is wrong with a name; empty when it names a place inside the bundle. */
    public static Optional<Skipped.Reason> wrong(String name, BundleLimits limits) {
        if (name.length() > limits.nameLength()) {
            return Optional.of(Skipped.Reason.NAME_TOO_LONG);
        }
        if (name.isBlank() || name.chars().anyMatch(c -> Character.isISOControl(c) || isUnseen(c))) {
            return Optional.of(Skipped.Reason.NAME_UNUSABLE);
        }
        String path = name.replace('\\', '/');
        if (path.startsWith("/") || path.matches("[A-Za-z]:.*")) {
            return Optional.of(Skipped.Reason.ABSOLUTE_NAME);
        }
        return List.of(path.split("/", -1)).contains("..") ? Optional.of(Skipped.Reason.CLIMBS_OUT) : Optional.empty();
    }

    /** The same place in one way of writing: slashes, and no empty steps. */
    public static String normal(String name) {
        var steps = new ArrayList<String>();
        for (String step : name.replace('\\', '/').split("/", -1)) {
            if (!step.isEmpty() && !step.equals(".")) {
                steps.add(step);
            }
        }
        return String.join("/", steps);
    }

    /** A name that can be printed anywhere: what could steer a terminal or turn text around is shown as a code. */
    public static String shown(String name) {
        var shown = new StringBuilder();
        name.codePoints().limit(SHOWN).forEach(c -> {
            if (Character.isISOControl(c) || isUnseen(c) || !Character.isDefined(c)) {
                shown.append(String.format(Locale.ROOT, "\\u%04x", c));
            } else {
                shown.appendCodePoint(c);
            }
        });
        return name.codePointCount(0, name.length()) > SHOWN ? shown + "…" : shown.toString();
    }

    /** A line of foreign text that can be printed on a terminal: the same, at whatever length. */
    public static String line(String text) {
        var shown = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (c == '\t') {
                shown.append(' ');
            } else if (Character.isISOControl(c) || isUnseen(c)) {
                shown.append(String.format(Locale.ROOT, "\\u%04x", c));
            } else {
                shown.appendCodePoint(c);
            }
        });
        return shown.toString();
    }

    /** Characters that print nothing themselves and change what others look like (bidirectional marks, joiners). */
    private static boolean isUnseen(int c) {
        int type = Character.getType(c);
        return type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }
}
