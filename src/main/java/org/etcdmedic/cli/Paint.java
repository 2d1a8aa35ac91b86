package org.etcdmedic.cli;

import picocli.CommandLine.Help.Ansi;

/** Colours for the output of commands. Nothing depends on them: what they set apart has a mark of its own. */
enum Paint {
    ON(Ansi.ON),
    OFF(Ansi.OFF);

    private final Ansi ansi;

    Paint(Ansi ansi) {
        this.ansi = ansi;
    }

    /**
     * What is wanted: by the option, else as the terminal and {@code NO_COLOR} have it.
     *
     * @param wish {@code always}, {@code never}, or whatever else for neither
     */
    static Paint by(String wish, Terminal terminal) {
        return switch (wish) {
            case "always" -> ON;
            case "never" -> OFF;
            default ->
                terminal.outIsTerminal()
                                && terminal.environment()
                                        .getOrDefault("NO_COLOR", "")
                                        .isEmpty()
                        ? ON
                        : OFF;
        };
    }

    Ansi ansi() {
        return ansi;
    }

    String heading(String text) {
        return in(text, Ansi.Style.bold);
    }

    String command(String text) {
        return in(text, Ansi.Style.fg_cyan);
    }

    String quotation(String text) {
        return in(text, Ansi.Style.faint);
    }

    /** How sure a verdict is, or what became of a diagnosis without one. */
    String outcome(String outcome, String text) {
        return switch (outcome) {
            case "CONFIRMED", "FAILED" -> in(text, Ansi.Style.bold, Ansi.Style.fg_red);
            case "LIKELY", "UNDETERMINED", "CANCELLED" -> in(text, Ansi.Style.bold, Ansi.Style.fg_yellow);
            case "NO_FAULT_FOUND" -> in(text, Ansi.Style.bold, Ansi.Style.fg_green);
            default -> heading(text);
        };
    }

    private String in(String text, Ansi.Style... styles) {
        return this == OFF ? text : Ansi.Style.on(styles) + text + Ansi.Style.reset.on();
    }
}
