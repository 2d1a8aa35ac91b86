package org.etcdmedic.cli;

import java.io.PrintWriter;
import java.time.Duration;
import org.etcdmedic.bundle.EntryName;

/**
 * Tells how far long work is: on a terminal in one line that is written anew, elsewhere in a line for each change, so that a
 * log of it can be read.
 */
final class ProgressLine {
    private static final int WIDTH = 79;
    private static final String BEGIN_ANEW = "\r\u001b[K";

    private final PrintWriter error;
    private final boolean terminal;
    private String last = "";
    private boolean drawn;

    ProgressLine(Terminal terminal) {
        this.error = terminal.error();
        this.terminal = terminal.errorIsTerminal();
    }

    /** Whether it is written anew in one place. */
    boolean moves() {
        return terminal;
    }

    /**
     * How far it is.
     *
     * @param state what is done, without anything that changes with each look
     * @param elapsed for how long already
     */
    void state(String state, Duration elapsed) {
        String line = "[" + elapsed.toSeconds() + " s] " + EntryName.line(state);
        if (terminal) {
            error.print(BEGIN_ANEW + Columns.cut(line, WIDTH));
            error.flush();
            drawn = true;
        } else if (!state.equals(last)) {
            error.println(line);
        }
        last = state;
    }

    /** Something that stays to be read. */
    void note(String sentence) {
        clear();
        error.println(EntryName.line(sentence));
    }

    /** Takes the line away; what comes next stands in its place. */
    void clear() {
        if (drawn) {
            error.print(BEGIN_ANEW);
            error.flush();
            drawn = false;
        }
    }
}
