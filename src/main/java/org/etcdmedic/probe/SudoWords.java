package org.etcdmedic.probe;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What sudo itself says on standard error, in the C locale: it refuses, or it warns and does as it was asked. */
public final class SudoWords {
    /** A host name that does not resolve, a limit that could not be set: no reason why something was not answered. */
    private static final String WARNING = "unable to (?:resolve|send)|setrlimit";

    private static final Pattern WARNS = Pattern.compile("sudo: (?:" + WARNING + ").*");

    private static final Pattern REFUSES = Pattern.compile(
            "^sudo: (?!" + WARNING + ")|is not allowed to |not in the sudoers file|may not run sudo",
            Pattern.MULTILINE);

    private SudoWords() {}

    /** Whether it refuses. */
    public static boolean refuse(String said) {
        return REFUSES.matcher(said).find();
    }

    /** What was said besides warnings. */
    public static String withoutWarnings(String said) {
        return said.lines()
                .filter(line -> !WARNS.matcher(line.strip()).matches())
                .collect(Collectors.joining("\n"));
    }
}
