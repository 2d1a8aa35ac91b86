package org.etcdmedic.probe.ssh;

import java.util.Locale;

/** Makes words of a node or a library fit to be shown: one line, short, nothing that a terminal or a page would act on. */
final class Detail {
    private static final int LONGEST = 240;

    private Detail() {}

    static String of(String words) {
        var shown = new StringBuilder();
        String text = words.strip();
        for (int i = 0; i < text.length() && shown.length() < LONGEST; ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            switch (Character.getType(c)) {
                case Character.CONTROL,
                        Character.FORMAT,
                        Character.SURROGATE,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR ->
                    shown.append(c == '\n' ? " / " : String.format(Locale.ROOT, "\\x%02x", c));
                default -> shown.appendCodePoint(c);
            }
            if (shown.length() >= LONGEST && i < text.length()) {
                shown.append("...");
            }
        }
        return shown.toString();
    }

    /** What a throwable says, with its class when it says nothing. */
    static String of(Throwable problem) {
        String message = problem.getMessage();
        return message == null || message.isBlank() ? problem.getClass().getSimpleName() : of(message);
    }
}
