package org.etcdmedic.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.etcdmedic.evidence.ExecutableFact.FileFact;

/**
 * Reads a line of {@code stat -c "stat %a %U %G %s %Y %F"}, with or without the type at its end:
 *
 * <pre>
 * stat 700 Ruby dbgrp 4096 1795395255 directory
 * </pre>
 */
final class StatLine {
    private StatLine() {}

    /** The attributes; empty when the line is another one or is damaged. */
    static Optional<FileFact> parse(String line) {
        List<String> words = Words.of(line, 7);
        if (words.size() < 6 || !words.getFirst().equals("stat")) {
            return Optional.empty();
        }
        Optional<Integer> mode = mode(words.get(1));
        var bytes = Words.number(words.get(4));
        Optional<Instant> modifiedAt = IdentityParser.instant(words.get(5));
        if (mode.isEmpty() || bytes.isEmpty() || modifiedAt.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new FileFact(
                mode.get(),
                words.get(2),
                words.get(3),
                bytes.getAsLong(),
                modifiedAt.get(),
                words.size() < 7 ? "" : words.get(6)));
    }

    /** {@code %a} is octal without a leading zero. */
    private static Optional<Integer> mode(String octal) {
        boolean fits =
                octal.length() <= 5 && Words.digits(octal) && octal.chars().allMatch(c -> c < '8');
        return fits ? Optional.of(Integer.parseInt(octal, 8)) : Optional.empty();
    }
}
