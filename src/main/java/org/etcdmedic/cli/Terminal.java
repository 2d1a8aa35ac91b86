package org.etcdmedic.cli;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Where a command reads and prints.
 *
 * @param out for results, and nothing else
 * @param error for progress and for what went wrong
 * @param outIsTerminal whether somebody looks at the results
 * @param errorIsTerminal whether somebody looks at the progress
 * @param environment variables of the process
 * @param clock what time it is
 */
record Terminal(
        PrintWriter out,
        PrintWriter error,
        boolean outIsTerminal,
        boolean errorIsTerminal,
        Map<String, String> environment,
        InstantSource clock) {
    private static final Pattern DEVICE = Pattern.compile("/dev/(?:pts/\\d+|tty.*|console)");

    /** That of this process. */
    static Terminal own() {
        Map<String, String> environment = System.getenv();
        // A terminal that calls itself dumb knows no escapes.
        boolean able = !"dumb".equals(environment.get("TERM"));
        return new Terminal(
                new PrintWriter(System.out, false, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                able && isTerminal(1),
                able && isTerminal(2),
                environment,
                InstantSource.system());
    }

    /** Java tells it of input and output together; each by itself is what the kernel says. */
    @SuppressWarnings("SystemConsoleNull") // its own documentation still allows for null
    private static boolean isTerminal(int descriptor) {
        try {
            return DEVICE.matcher(Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                            .toString())
                    .matches();
        } catch (IOException | UnsupportedOperationException noSuchFiles) {
            Console console = System.console();
            return console != null && console.isTerminal();
        }
    }
}
