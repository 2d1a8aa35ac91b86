package org.etcdmedic.testing;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.annotation.Configuration;

/**
 * A program with the service's own settings for its log that logs what no program should: texts of a node as an exception's message and
 * below it, and as a field of the case.
 */
public final class HostileLines {
    /** Begins each line that a node tries to write into our log. */
    public static final String FORGED = "2026-11-23T00:00:00.000Z ERROR 1 --- forged";

    /** Breaks out of lines, of quotes and of texts, steers a terminal, and is longer than any line should be. */
    public static final String TEXT = "a\n" + FORGED + " LF\r\n" + FORGED + " CRLF\r" + FORGED + " CR\u2028" + FORGED
            + " LS\u2029" + FORGED + " PS\u0085" + FORGED + " NEL\u000b" + FORGED + " VT\f" + FORGED + " FF\n\n"
            + FORGED
            + " twice\n\t" + FORGED + " tab\n \n" + FORGED
            + " blank \u001b[2J\u001b]0;owned\u0007 \u009b31m \b \u0000 \u007f"
            + " \"}, {\"log.level\": \"FORGED\"} \\\" \\n 100% {} " + "long ".repeat(20_000) + "\n" + FORGED + " end\n";

    /** What it is started with in place of the service. */
    @Configuration(proxyBeanMethods = false)
    static class Nothing {}

    private HostileLines() {}

    /** Logs, and ends. */
    public static void main(String... arguments) {
        var application = new SpringApplication(Nothing.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        try (var context = application.run(arguments)) {
            Logger log = LoggerFactory.getLogger(context.getId() + ".HostileLines");
            var below = new IllegalStateException("below " + TEXT);
            var mistake = new IllegalArgumentException("above " + TEXT, below);
            mistake.addSuppressed(new NumberFormatException("beside " + TEXT));
            try (var _ = MDC.putCloseable("node", "node-1")) {
                log.error("it could not be judged", mistake);
            }
            log.info("the line after it");
        }
    }
}
