package org.etcdmedic.veil;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes certificates and other PEM blocks out of texts: they carry names inside, where nobody can see them. */
final class Certificates {
    private static final Pattern PEM = Pattern.compile("-----BEGIN [A-Z0-9 ]{1,40}+-----");
    private static final Pattern PEM_LINE = Pattern.compile("\\s*+[A-Za-z0-9+/=]{1,128}+\\s*+");
    private static final String NOT_SHOWN = "[certificate]";

    private Certificates() {}

    /** The text without what stands between the marks of the blocks, with as many lines as before. */
    static String takenOutOf(String text) {
        if (!text.contains("-----BEGIN ")) {
            return text;
        }
        String[] lines = text.split("\n", -1);
        boolean inside = false;
        for (int i = 0; i < lines.length; i++) {
            if (inside && PEM_LINE.matcher(lines[i]).matches()) {
                lines[i] = NOT_SHOWN;
                continue;
            }
            Matcher begin = PEM.matcher(lines[i]);
            inside = begin.find();
            if (inside
                    && lines[i].length() > begin.end()
                    && !lines[i].substring(begin.end()).isBlank()) {
                // Written into one line, as JSON does.
                int end = lines[i].lastIndexOf("-----END ");
                lines[i] = lines[i].substring(0, begin.end())
                        + NOT_SHOWN
                        + (end > begin.end() ? lines[i].substring(end) : "");
                inside = false;
            }
        }
        return String.join("\n", lines);
    }
}
