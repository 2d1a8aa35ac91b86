package org.etcdmedic.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.etcdmedic.probe.Capture;

/**
 * The text of one capture, cut into lines as an operator would number them.
 *
 * @param capture the capture's identifier
 * @param list the lines without their ends, whether those are LF or CRLF
 */
record Lines(UUID capture, List<String> list) {
    /** Copies the list. */
    Lines {
        list = List.copyOf(list);
    }

    /** The lines of what a node answered. */
    static Lines of(Capture.Answer answer) {
        return of(answer.id(), answer.text());
    }

    /** The lines of a text. */
    static Lines of(UUID capture, String text) {
        var lines = new ArrayList<String>();
        int from = 0;
        while (from < text.length()) {
            int end = text.indexOf('\n', from);
            int next = end < 0 ? text.length() : end + 1;
            if (end < 0) {
                end = text.length();
            }
            if (end > from && text.charAt(end - 1) == '\r') {
                end--;
            }
            lines.add(text.substring(from, end));
            from = next;
        }
        return new Lines(capture, lines);
    }

    /** How many there are, which is also the number of the last one. */
    int count() {
        return list.size();
    }

    /** The line with this number, from 1. */
    String at(int number) {
        return list.get(number - 1);
    }

    /** Where one of them stands. */
    Source source(int number) {
        return Source.line(capture, number);
    }

    /** Where some of them stand. */
    Source source(int first, int last) {
        return new Source(capture, first, last);
    }

    /** The whole text; an empty one counts as one empty line. */
    Source all() {
        return new Source(capture, 1, Math.max(1, count()));
    }

    /** What stands behind the label in the first line that has it, trimmed. */
    Optional<String> value(String label) {
        return list.stream().flatMap(line -> after(line, label).stream()).findFirst();
    }

    /** What stands behind a label and a blank, trimmed; empty when the line has another label. */
    static Optional<String> after(String line, String label) {
        if (!line.startsWith(label)
                || (line.length() > label.length() && !Character.isWhitespace(line.charAt(label.length())))) {
            return Optional.empty();
        }
        return Optional.of(line.substring(label.length()).strip());
    }

    /** At most so many characters of a text; what is longer ends in an ellipsis and never in half a character. */
    static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 2)) ? most - 2 : most - 1;
        return text.substring(0, end) + "…";
    }
}
